import { TestBed } from '@angular/core/testing';
import type { ImportView } from '@ponte/contracts';
import { importOf, provideConsole, server, settled } from '../testing';
import { ImportLive, OPEN_EVENTS } from './import-live';

/** What the browser does, in the hands of the test. */
class FakeEvents extends EventTarget {
  static opened: FakeEvents[] = [];
  readonly CONNECTING = 0;
  readonly CLOSED = 2;
  readyState = 1;
  constructor(readonly url: string) {
    super();
    FakeEvents.opened.push(this);
  }
  close(): void {
    this.readyState = this.CLOSED;
  }
  say(run: ImportView): void {
    this.dispatchEvent(new MessageEvent('import', { data: JSON.stringify(run) }));
  }
  break(isForGood: boolean): void {
    this.readyState = isForGood ? this.CLOSED : this.CONNECTING;
    this.dispatchEvent(new Event('error'));
  }
}

const URL = '/api/v1/accounts/1/imports/5';

describe('ImportLive', () => {
  let live: ImportLive;
  beforeEach(() => {
    FakeEvents.opened = [];
    const openEvents = (url: string) => new FakeEvents(url);
    TestBed.configureTestingModule({
      providers: [provideConsole(), ImportLive, { provide: OPEN_EVENTS, useValue: openEvents }],
    });
    live = TestBed.inject(ImportLive);
  });
  afterEach(() => vi.useRealTimers());

  async function watch(first: Partial<ImportView>): Promise<FakeEvents | undefined> {
    void live.watch(1, 5);
    server().expectOne(URL).flush(importOf(first));
    await settled();
    return FakeEvents.opened.at(-1);
  }

  it('follows a running import and closes the connection at its end', async () => {
    const events = await watch({});
    expect(events?.url).toBe(`${URL}/events`);
    events?.say(importOf({ rows_per_second: 4000 }));
    expect(live.run()?.rows_per_second).toBe(4000);
    events?.say(importOf({ state: 'finished', mail: { state: 'sent', attempts: 1, sent_at: null } }));
    expect(live.isEnded()).toBe(true);
    expect(events?.readyState).toBe(events?.CLOSED);
    // The server closes its side too; that is no reason to come back.
    events?.break(true);
    expect(FakeEvents.opened).toHaveLength(1);
    expect(live.isConnected()).toBe(true);
  });

  it('opens no connection for an import that has ended', async () => {
    expect(
      await watch({ state: 'failed', mail: { state: 'sent', attempts: 1, sent_at: null } }),
    ).toBeUndefined();
  });

  it('says that the connection broke while the browser connects again', async () => {
    const events = await watch({});
    events?.break(false);
    expect(live.isConnected()).toBe(false);
    expect(FakeEvents.opened).toHaveLength(1);
    events?.say(importOf({}));
    expect(live.isConnected()).toBe(true);
  });

  it('asks again when the browser gave up, and keeps the figures meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    void live.watch(1, 5);
    server().expectOne(URL).flush(importOf({}));
    await vi.advanceTimersByTimeAsync(0);
    FakeEvents.opened[0]?.break(true);
    expect(live.run()).not.toBeNull();
    await vi.advanceTimersByTimeAsync(3000);
    server().expectOne(URL).flush(importOf({}));
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeEvents.opened).toHaveLength(2);
  });

  it('shows why there is nothing to follow', async () => {
    void live.watch(1, 5);
    const problem = { code: 'not_found', detail: 'Não há' };
    server().expectOne(URL).flush(problem, { status: 404, statusText: '' });
    await settled();
    expect(live.problem()?.code).toBe('not_found');
    expect(FakeEvents.opened).toHaveLength(0);
  });

  it('does not let a late answer undo the end', async () => {
    const events = await watch({});
    const cancelled = live.cancel();
    events?.say(importOf({ state: 'cancelled', mail: { state: 'sent', attempts: 1, sent_at: null } }));
    server()
      .expectOne(`${URL}/cancel`)
      .flush(importOf({ cancel_requested: true }));
    await cancelled;
    expect(live.run()?.state).toBe('cancelled');
  });
});
