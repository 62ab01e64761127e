import { Logger } from '@nestjs/common';
import { describeError } from '../log/describe-error';
import { logRun } from '../metrics/run-log';
import { periodically } from '../periodically';
import { nextRun, runsBeyondShare, type RunKind } from './fair-share';
import type { JobQueue, QueueName } from './job-queue';
import { type Lease, LeaseLost, type Leases } from './leases';

/** How often to look without being woken: a wake may be lost or go to another process, and a worker may die. */
const LOOK_MS = 1_000;

interface Working {
  /** Null while the run is being taken. */
  lease: Lease | null;
  over: Promise<void>;
}

/** The runs of one kind that this process works on, each under its lease and in a slot of its own. */
export class LeasedRuns {
  private readonly log = new Logger(LeasedRuns.name);
  private readonly working = new Map<number, Working>();
  private filling: Promise<void> = Promise.resolve();
  private stopLooking: () => Promise<void> = () => Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly leases: Leases,
    private readonly kind: RunKind,
    private readonly job: (lease: Lease) => Promise<void>,
  ) {}

  /** Works on what waits, now and whenever the queue says that there is something, until `stop`. */
  async start(queue: JobQueue, name: QueueName): Promise<void> {
    this.stopLooking = periodically(LOOK_MS, this.log, async () => {
      await this.fill();
      await this.giveWay();
    });
    // The job only wakes: which run is the next one, the database says.
    await queue.consume(name, 1, () => this.fill());
  }

  /** Starts the runs that are next, as many as there is room for. */
  fill(): Promise<void> {
    this.filling = this.filling.catch(() => undefined).then(() => this.startWhatFits());
    return this.filling;
  }

  /**
   * Takes the run and works on it until it has ended. Does nothing when this process or another worker has it, or when it
   * has ended already. Throws for faults: the run is taken again after a pause.
   */
  run(runId: number): Promise<void> {
    if (this.working.has(runId)) return Promise.resolve();
    const entry: Working = { lease: null, over: Promise.resolve() };
    this.working.set(runId, entry);
    entry.over = this.work(runId, entry).finally(() => this.working.delete(runId));
    return entry.over;
  }

  /** Stops every run at its next step and takes no more; another worker goes on. Waits until they have stopped. */
  async stop(): Promise<void> {
    this.isStopped = true;
    for (const { lease } of this.working.values()) lease?.abort(new LeaseLost());
    await this.stopLooking();
    await Promise.allSettled([this.filling, ...[...this.working.values()].map(({ over }) => over)]);
  }

  private async startWhatFits(): Promise<void> {
    // One place more than slots, for a quick run.
    while (!this.isStopped && this.working.size <= this.kind.slots) {
      const isFull = this.working.size === this.kind.slots;
      const id = await nextRun(this.leases.dataSource, this.kind, [...this.working.keys()], isFull);
      if (id === null || this.isStopped) return;
      void this.runAndFill(id);
    }
  }

  private async runAndFill(id: number): Promise<void> {
    try {
      await this.run(id);
    } catch (error) {
      this.log.error(`${this.kind.table} ${id}: ${describeError(error)}`);
    }
    await this.fill().catch((error: unknown) => this.log.warn(describeError(error)));
  }

  /** Hands over, at its next checkpoint, a run of an account that has more than its share while another account waits. */
  private async giveWay(): Promise<void> {
    if (!this.kind.canGoOn || this.working.size < this.kind.slots) return;
    const ids = await runsBeyondShare(this.leases.dataSource, this.kind, [...this.working.keys()]);
    for (const id of ids) this.working.get(id)?.lease?.abort(new LeaseLost());
  }

  private async work(runId: number, entry: Working): Promise<void> {
    const { table } = this.kind;
    const lease = await this.leases.take(table, runId);
    if (lease === null) return;
    if (this.isStopped) {
      await lease.end('hand_over');
      return;
    }
    entry.lease = lease;
    const kind = table === 'imports' ? 'import' : 'export';
    const fields = { run_id: runId, fence: lease.fence, attempts: lease.attempts };
    logRun(kind, 'taken', fields);
    let how: 'over' | 'hand_over' | 'later' = 'later';
    try {
      await this.job(lease);
      how = 'over';
    } catch (error) {
      // Expected: another worker has the run, or this process hands it over.
      if (!(error instanceof LeaseLost) && !lease.signal.aborted) {
        logRun(kind, 'fault', { ...fields, error: describeError(error) });
        throw error;
      }
      how = 'hand_over';
      logRun(kind, 'handed_over', fields);
    } finally {
      await lease.end(how);
    }
  }
}
