import { TestBed } from '@angular/core/testing';
import { START_TABLE_WORKER, TABLE_STALL_MS, TableClient, TableFailure } from './table-client';
import type { OpenRequest, WorkerAnswer, WorkerRequest } from './wizard-types';

/** What a worker does with messages, in the hands of the test: when it answers is what is tested here. */
class FakeWorker {
  static started: FakeWorker[] = [];
  readonly asked: WorkerRequest[] = [];
  isEnded = false;
  onmessage: ((event: MessageEvent<WorkerAnswer>) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  constructor() {
    FakeWorker.started.push(this);
  }
  postMessage(request: WorkerRequest): void {
    this.asked.push(request);
  }
  terminate(): void {
    this.isEnded = true;
  }
  say(answer: WorkerAnswer): void {
    this.onmessage?.(new MessageEvent('message', { data: answer }));
  }
  /** Answers what was asked last. */
  done(value: unknown): void {
    this.say({ id: this.asked.at(-1)?.id ?? 0, kind: 'done', value });
  }
}

const REQUEST: OpenRequest = { source: { text: 'a' }, choice: {}, locale: 'pt-BR' };
const PAGE = { offset: 0, limit: 1 };
const DECISIONS = {
  mapping: { roles: [], defaults: {} },
  repairs: [],
  areaCode: null,
  edits: [],
  duplicates: 'each',
  duplicatesOf: {},
} as const;

/** What became of a call, as words. */
async function outcomeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'done',
    (error: unknown) => {
      if (!(error instanceof TableFailure)) throw error;
      return error.isSuperseded ? 'superseded' : error.problem.code;
    },
  );
}

describe('TableClient', () => {
  let client: TableClient;
  beforeEach(() => {
    FakeWorker.started = [];
    vi.useFakeTimers();
    TestBed.configureTestingModule({
      providers: [
        TableClient,
        { provide: START_TABLE_WORKER, useValue: () => new FakeWorker() },
        { provide: TABLE_STALL_MS, useValue: 1000 },
      ],
    });
    client = TestBed.inject(TableClient);
  });
  afterEach(() => vi.useRealTimers());

  const worker = (): FakeWorker => FakeWorker.started.at(-1) ?? new FakeWorker();

  async function opened(): Promise<void> {
    const open = client.call('open', REQUEST);
    worker().done({});
    await open;
  }

  it('starts a worker with the first table and keeps it for the next', async () => {
    expect(FakeWorker.started).toHaveLength(0);
    await opened();
    await opened();
    expect(FakeWorker.started).toHaveLength(1);
    expect(worker().asked).toHaveLength(2);
  });

  it('tells the progress of the call that runs', async () => {
    const shares: number[] = [];
    const open = client.call('open', REQUEST, { onProgress: (share) => shares.push(share) });
    const [request] = worker().asked;
    worker().say({ id: request?.id ?? 0, kind: 'progress', share: 0.5 });
    worker().say({ id: 999, kind: 'progress', share: 0.9 });
    worker().done({ rows: 3 });
    expect(await open).toEqual({ rows: 3 });
    expect(shares).toEqual([0.5]);
  });

  it('asks one thing at a time, in order', async () => {
    await opened();
    const review = client.call('review', DECISIONS);
    const page = client.call('duplicates', PAGE);
    expect(worker().asked.map(({ call }) => call)).toEqual(['open', 'review']);
    worker().done({});
    await review;
    expect(worker().asked.map(({ call }) => call)).toEqual(['open', 'review', 'duplicates']);
    worker().done({ count: 0, items: [] });
    expect(await page).toEqual({ count: 0, items: [] });
  });

  it('gives the refusal of the worker, and goes on', async () => {
    const open = client.call('open', REQUEST);
    const problem = { code: 'no_rows', line: 3, params: { limit: 1 } } as const;
    worker().say({ id: worker().asked[0]?.id ?? 0, kind: 'refused', problem });
    await expect(open).rejects.toMatchObject({ problem, isSuperseded: false });
    await opened();
    expect(FakeWorker.started).toHaveLength(1);
  });

  it('drops a review that a newer one replaced before it began', async () => {
    await opened();
    const reviews = [1, 2, 3].map(() => outcomeOf(client.call('review', DECISIONS)));
    worker().done({});
    await Promise.resolve();
    worker().done({});
    expect(await Promise.all(reviews)).toEqual(['done', 'superseded', 'done']);
    expect(worker().asked.map(({ call }) => call)).toEqual(['open', 'review', 'review']);
  });

  it('ends a worker that says nothing, and starts another one for the next table', async () => {
    await opened();
    const calls = [outcomeOf(client.call('review', DECISIONS)), outcomeOf(client.call('duplicates', PAGE))];
    vi.advanceTimersByTime(999);
    expect(worker().isEnded).toBe(false);
    worker().say({ id: worker().asked[1]?.id ?? 0, kind: 'progress', share: 0.1 });
    vi.advanceTimersByTime(999);
    expect(worker().isEnded).toBe(false);
    vi.advanceTimersByTime(1);
    expect(worker().isEnded).toBe(true);
    expect(await Promise.all(calls)).toEqual(['stalled', 'stalled']);
    expect(await outcomeOf(client.call('duplicates', PAGE))).toBe('worker_failed');
    await opened();
    expect(FakeWorker.started).toHaveLength(2);
  });

  it('does not wait for a worker that has nothing to do', async () => {
    await opened();
    vi.advanceTimersByTime(60_000);
    expect(worker().isEnded).toBe(false);
  });

  it('ends a table that is being read for a newer one', async () => {
    const [first] = [outcomeOf(client.call('open', REQUEST))];
    const old = worker();
    const second = outcomeOf(client.call('open', REQUEST));
    expect(old.isEnded).toBe(true);
    expect(FakeWorker.started).toHaveLength(2);
    worker().done({});
    expect(await Promise.all([first, second])).toEqual(['superseded', 'done']);
  });

  it('knows of a worker that broke', async () => {
    const open = outcomeOf(client.call('open', REQUEST));
    worker().onerror?.(new Event('error'));
    expect(await open).toBe('worker_failed');
    expect(worker().isEnded).toBe(true);
  });

  it('ends with the page that it belongs to', async () => {
    await opened();
    const review = outcomeOf(client.call('review', DECISIONS));
    TestBed.resetTestingModule();
    expect(worker().isEnded).toBe(true);
    expect(await review).toBe('superseded');
  });
});
