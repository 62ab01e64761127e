import { describeError } from '../log/describe-error';
import { logRun } from '../metrics/run-log';
import { type Lease, LeaseLost, type Leases, type RunTable } from './leases';

/** The runs of one table that this process works on, each under its lease. */
export class LeasedRuns {
  private readonly active = new Set<Lease>();
  private isStopped = false;

  constructor(
    private readonly leases: Leases,
    private readonly table: RunTable,
  ) {}

  /**
   * Takes the run and works on it until it has ended. Does nothing when another worker has it or it has ended already.
   * Throws for faults; the sweeper brings the run back after a pause.
   */
  async work(runId: number, job: (lease: Lease) => Promise<void>): Promise<void> {
    const lease = await this.leases.take(this.table, runId);
    if (lease === null) return;
    if (this.isStopped) {
      await lease.end('hand_over');
      return;
    }
    this.active.add(lease);
    const { fence, attempts } = lease;
    const kind = this.table === 'imports' ? 'import' : 'export';
    logRun(kind, 'taken', { run_id: runId, fence, attempts });
    let how: 'over' | 'hand_over' | 'later' = 'later';
    try {
      await job(lease);
      how = 'over';
    } catch (error) {
      // Expected: another worker has the run, or this process is stopping and hands it over.
      if (!(error instanceof LeaseLost) && !lease.signal.aborted) {
        logRun(kind, 'fault', { run_id: runId, fence, attempts, error: describeError(error) });
        throw error;
      }
      how = 'hand_over';
      logRun(kind, 'handed_over', { run_id: runId, fence });
    } finally {
      this.active.delete(lease);
      await lease.end(how);
    }
  }

  /** Stops every run at its next step and takes no more; another worker goes on. */
  stop(): void {
    this.isStopped = true;
    for (const lease of this.active) lease.abort(new LeaseLost());
  }
}
