import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { Role } from '@ponte/contracts';
import { SessionStore } from '../session/session-store';
import { profileOf, provideConsole, server } from '../testing';
import { NavLinks } from './nav-links';

describe('NavLinks', () => {
  it.each<[Role, string[]]>([
    [
      'administrator',
      [
        ...['Contatos', 'Importações', 'Exportações'],
        ...['Membros', 'Tokens de acesso', 'Auditoria', 'Privacidade', 'Conta'],
      ],
    ],
    ['agent', ['Contatos', 'Membros', 'Tokens de acesso']],
  ])('%s', async (role, expected) => {
    localStorage.clear();
    TestBed.configureTestingModule({ providers: [provideConsole(), provideRouter([])] });
    const loaded = TestBed.inject(SessionStore).load();
    server().expectOne('/api/v1/profile').flush(profileOf(role));
    await loaded;

    const fixture = TestBed.createComponent(NavLinks);
    await fixture.whenStable();
    const links = [...(fixture.nativeElement as HTMLElement).querySelectorAll('a')];
    expect(links.map((link) => link.textContent?.trim())).toEqual(expected);
    expect(links[0]?.getAttribute('href')).toBe('/accounts/1/contacts');
  });
});
