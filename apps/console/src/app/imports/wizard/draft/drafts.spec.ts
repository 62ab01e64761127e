import { TestBed } from '@angular/core/testing';
import { SessionStore } from '../../../session/session-store';
import { provideConsole } from '../../../testing';
import { Drafts } from './drafts';
import { freshDecisions } from '../wizard-state';

const STATE = {
  step: 'file',
  choice: {},
  existing: 'update',
  decisions: freshDecisions({ roles: [], defaults: {} }),
  remembered: null,
} as const;

/** The test's browser has no IndexedDB: that is what a blocked storage looks like. */
describe('Drafts without storage', () => {
  let drafts: Drafts;
  beforeEach(() => {
    sessionStorage.clear();
    const session = { user: () => ({ id: 1 }), account: () => ({ id: 2 }) };
    TestBed.configureTestingModule({
      providers: [provideConsole(), { provide: SessionStore, useValue: session }, Drafts],
    });
    drafts = TestBed.inject(Drafts);
  });

  it('finds nothing, and says nothing before there is something to lose', async () => {
    expect(await drafts.load()).toBeNull();
    expect(drafts.trouble()).toBeNull();
  });

  it('says that the work is not kept, and tries again with the next file only', async () => {
    const source = { text: 'a\tb' };
    await drafts.save(source, STATE);
    expect(drafts.trouble()).toBe('unavailable');
    expect(drafts.isSaved(source)).toBe(true);
    expect(drafts.isOfThisTab()).toBe(false);
    await drafts.discard();
    expect(drafts.trouble()).toBeNull();
  });
});
