import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { routes } from './app.routes';
import { profileOf, provideConsole, server, settled } from './testing';

describe('the address /', () => {
  beforeEach(() => {
    localStorage.clear();
    TestBed.configureTestingModule({ providers: [provideConsole(), provideRouter(routes)] });
  });

  it('leads people who are not signed in to the sign-in page', async () => {
    const arrived = TestBed.inject(Router).navigateByUrl('/');
    await settled();
    const problem = { code: 'sign_in_required', detail: '' };
    server().expectOne('/api/v1/profile').flush(problem, { status: 401, statusText: '' });
    await arrived;
    expect(TestBed.inject(Router).url).toBe('/sign-in');
  });

  it('leads the others to the contacts of their account', async () => {
    const arrived = TestBed.inject(Router).navigateByUrl('/');
    await settled();
    server().expectOne('/api/v1/profile').flush(profileOf('agent'));
    await arrived;
    expect(TestBed.inject(Router).url).toBe('/accounts/1/contacts');
  });
});
