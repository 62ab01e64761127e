import { inject, Injectable, InjectionToken, type OnDestroy } from '@angular/core';
import type { TableCall, TableCalls, TableProblem, WorkerAnswer, WorkerRequest } from './wizard-types';

/** Starts the worker that reads and checks tables. A token, so that a test can stand in for the browser. */
export const START_TABLE_WORKER = new InjectionToken<() => Worker>('START_TABLE_WORKER', {
  providedIn: 'root',
  factory: () => () =>
    new Worker(new URL('./worker/table.worker', import.meta.url), { type: 'module', name: 'table' }),
});

/** How long a worker may be silent while it is asked for something, in milliseconds. */
export const TABLE_STALL_MS = new InjectionToken<number>('TABLE_STALL_MS', {
  providedIn: 'root',
  factory: () => 30_000,
});

/** The worker's no, or that there is none. `isSuperseded`: nobody waits for the answer, because a newer call replaced it. */
export class TableFailure extends Error {
  override readonly name = 'TableFailure';

  constructor(
    readonly problem: TableProblem,
    readonly isSuperseded = false,
  ) {
    super(problem.code);
  }
}

export interface CallOptions {
  /** The share that is done, from 0 to 1; it may repeat. */
  readonly onProgress?: (share: number) => void;
}

interface Pending {
  readonly request: WorkerRequest;
  readonly onProgress: ((share: number) => void) | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (failure: TableFailure) => void;
}

/**
 * The page's side of the table worker. One call at a time is with the worker, the others wait in their order, so that a
 * page of rows always shows the review that was asked for before it. A worker that says nothing for half a minute is ended:
 * its table is lost, and the next `open` starts another one. Provide it with the page whose table it is: it ends with it.
 */
@Injectable()
export class TableClient implements OnDestroy {
  private readonly startWorker = inject(START_TABLE_WORKER);
  private readonly stallMs = inject(TABLE_STALL_MS);
  private worker: Worker | null = null;
  private running: Pending | null = null;
  private waiting: readonly Pending[] = [];
  private stall: ReturnType<typeof setTimeout> | undefined;
  private lastId = 0;

  /**
   * Asks the worker. A new `open` replaces everything that was asked about the table before, running or waiting; a new
   * `review` replaces one that still waits. Rejects with `TableFailure` alone.
   */
  call<Call extends TableCall>(
    call: Call,
    argument: Parameters<TableCalls[Call]>[0],
    options: CallOptions = {},
  ): Promise<ReturnType<TableCalls[Call]>> {
    return new Promise((resolve, reject) => {
      const request = { id: ++this.lastId, call, argument } as WorkerRequest;
      if (call === 'open') this.makeRoom();
      if (call === 'review') this.drop(({ request }) => request.call === 'review', superseded());
      if (call !== 'open' && this.worker === null) return reject(failure('worker_failed'));
      this.waiting = [
        ...this.waiting,
        { request, onProgress: options.onProgress, resolve: resolve as (value: unknown) => void, reject },
      ];
      this.next();
    });
  }

  /** Ends the worker and everything that was asked of it. */
  terminate(): void {
    this.end(superseded());
  }

  ngOnDestroy(): void {
    this.terminate();
  }

  /** A worker in the middle of a file cannot be stopped in any other way; an idle one is used again. */
  private makeRoom(): void {
    if (this.running !== null) this.terminate();
    this.worker ??= this.start();
  }

  private start(): Worker {
    const worker = this.startWorker();
    worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => this.hear(data);
    worker.onerror = (event) => {
      // A script that could not be loaded, or an error that nothing in the worker expected.
      event.preventDefault();
      this.end(failure('worker_failed'));
    };
    worker.onmessageerror = () => this.end(failure('worker_failed'));
    return worker;
  }

  private next(): void {
    const [first, ...rest] = this.waiting;
    if (this.running !== null || this.worker === null || first === undefined) return;
    this.running = first;
    this.waiting = rest;
    this.watch();
    this.worker.postMessage(first.request);
  }

  private hear(answer: WorkerAnswer): void {
    const { running } = this;
    if (running === null || answer.id !== running.request.id) return;
    if (answer.kind === 'progress') {
      this.watch();
      running.onProgress?.(answer.share);
      return;
    }
    clearTimeout(this.stall);
    this.running = null;
    if (answer.kind === 'done') running.resolve(answer.value);
    else running.reject(new TableFailure(answer.problem));
    this.next();
  }

  private watch(): void {
    clearTimeout(this.stall);
    this.stall = setTimeout(() => this.end(failure('stalled')), this.stallMs);
  }

  private end(failure: TableFailure): void {
    clearTimeout(this.stall);
    this.worker?.terminate();
    this.worker = null;
    const { running } = this;
    this.running = null;
    running?.reject(failure);
    this.drop(() => true, failure);
  }

  private drop(isDropped: (pending: Pending) => boolean, failure: TableFailure): void {
    const dropped = this.waiting.filter(isDropped);
    this.waiting = this.waiting.filter((pending) => !isDropped(pending));
    for (const { reject } of dropped) reject(failure);
  }
}

const failure = (code: TableProblem['code'], isSuperseded = false): TableFailure =>
  new TableFailure({ code, line: null, params: {} }, isSuperseded);
const superseded = (): TableFailure => failure('worker_failed', true);
