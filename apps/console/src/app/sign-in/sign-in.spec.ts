import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { EntryDraft } from '../entry/entry-draft';
import { provideConsole, server, settled } from '../testing';
import { SignInPage } from './sign-in';

describe('SignInPage', () => {
  it('sends no code until one is asked for, then sends it with the password', async () => {
    TestBed.configureTestingModule({ providers: [provideConsole(), provideRouter([]), EntryDraft] });
    const fixture = TestBed.createComponent(SignInPage);
    await fixture.whenStable();
    const page = fixture.nativeElement as HTMLElement;
    const fill = (selector: string, value: string) => {
      const input = page.querySelector<HTMLInputElement>(selector);
      if (!input) throw new Error(`There is no ${selector}`);
      input.value = value;
      input.dispatchEvent(new Event('input'));
    };
    const send = () => page.querySelector('form')?.dispatchEvent(new Event('submit'));

    fill('input[type=email]', 'marina@example.com');
    fill('input[type=password]', 'ponte sobre o rio');
    send();
    const first = server().expectOne('/api/v1/auth/sign_in');
    expect(first.request.body).toEqual({ email: 'marina@example.com', password: 'ponte sobre o rio' });
    first.flush({ code: 'second_factor_needed', detail: '' }, { status: 401, statusText: '' });
    await settled();
    await fixture.whenStable();

    fill('input[autocomplete=one-time-code]', '123456');
    send();
    expect(server().expectOne('/api/v1/auth/sign_in').request.body).toEqual({
      email: 'marina@example.com',
      password: 'ponte sobre o rio',
      code: '123456',
    });
  });
});
