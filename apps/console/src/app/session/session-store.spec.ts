import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { profileOf, provideConsole, server, settled } from '../testing';
import { SessionApi } from './session-api';
import { SessionStore } from './session-store';

describe('SessionStore', () => {
  beforeEach(() => {
    localStorage.clear();
    TestBed.configureTestingModule({ providers: [provideConsole(), provideRouter([])] });
  });

  async function load(answer: () => void): Promise<SessionStore> {
    const session = TestBed.inject(SessionStore);
    const loaded = session.load();
    answer();
    await loaded;
    return session;
  }
  const profileCall = () => server().expectOne('/api/v1/profile');

  it('knows an administrator and what administrators may do', async () => {
    const session = await load(() => profileCall().flush(profileOf('administrator')));
    expect(session.state()).toBe('signed_in');
    expect(session.can('create', 'Import')).toBe(true);
    expect(session.can('delete', 'Contact')).toBe(true);
  });

  it('asks once', async () => {
    const session = await load(() => profileCall().flush(profileOf('agent')));
    await session.load();
    server().verify();
  });

  it('changes the rights with the account, and refuses an account of others', async () => {
    const session = await load(() => profileCall().flush(profileOf('administrator', 'agent')));
    expect(session.useAccount(2)).toBe(true);
    expect(session.account()?.id).toBe(2);
    expect(session.can('create', 'Import')).toBe(false);
    expect(session.can('update', 'Contact')).toBe(true);
    expect(session.useAccount(99)).toBe(false);
    expect(session.account()?.id).toBe(2);
  });

  it('starts in the account that was used last', async () => {
    localStorage.setItem('ponte.account', '2');
    const session = await load(() => profileCall().flush(profileOf('agent', 'administrator')));
    expect(session.account()?.id).toBe(2);
    expect(session.can('create', 'Import')).toBe(true);
  });

  it('tells nobody from nothing', async () => {
    const problem = { code: 'sign_in_required', detail: '' };
    const session = await load(() => profileCall().flush(problem, { status: 401, statusText: '' }));
    expect(session.state()).toBe('signed_out');

    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [provideConsole(), provideRouter([])] });
    const cut = await load(() => profileCall().error(new ProgressEvent('error')));
    expect(cut.state()).toBe('unreachable');
    expect(cut.problem()?.code).toBe('network');
  });

  it('may do nothing after it has ended, and leads to the sign-in page with the way back', async () => {
    const session = await load(() => profileCall().flush(profileOf('administrator')));
    const navigate = vi.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    const call = firstValueFrom(TestBed.inject(SessionApi).updateProfile({ name: 'M' })).catch(
      () => undefined,
    );
    profileCall().flush({ code: 'sign_in_required', detail: '' }, { status: 401, statusText: '' });
    await call;
    await settled();
    expect(session.state()).toBe('signed_out');
    expect(session.can('read', 'Contact')).toBe(false);
    expect(navigate).toHaveBeenCalledWith(['/sign-in'], { queryParams: { return_to: '/', expired: true } });
  });
});
