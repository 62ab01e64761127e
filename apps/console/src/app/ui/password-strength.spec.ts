import { TestBed } from '@angular/core/testing';
import { provideConsole } from '../testing';
import { filledSegments, PasswordStrength } from './password-strength';

describe('filledSegments', () => {
  it.each([
    [0, 0],
    [1, 1],
    [11, 1],
    [12, 2],
    [16, 3],
    [17, 3],
    [20, 4],
    [200, 4],
  ])('%i characters fill %i', (length, segments) => {
    expect(filledSegments(length)).toBe(segments);
  });
});

describe('PasswordStrength', () => {
  it.each<[password: string, isWeak: boolean, said: string]>([
    ['', false, '12 caracteres ou mais.'],
    ['ponte', false, 'Faltam 7 caracteres.'],
    ['ponte sobre', false, 'Falta 1 caractere.'],
    ['ponte sobre o rio', false, 'Bom tamanho: 17 caracteres.'],
    ['aaaaaaaaaaaaaaaaa', true, 'Senha fácil de adivinhar.'],
  ])('%s (weak: %s)', async (password, isWeak, said) => {
    TestBed.configureTestingModule({ providers: [provideConsole()] });
    const fixture = TestBed.createComponent(PasswordStrength);
    fixture.componentRef.setInput('password', password);
    fixture.componentRef.setInput('isWeak', isWeak);
    fixture.componentRef.setInput('describes', 'strength');
    await fixture.whenStable();
    expect((fixture.nativeElement as HTMLElement).querySelector('#strength')?.textContent).toContain(said);
  });
});
