import type { DataSource } from 'typeorm';
import type { Lease } from '../platform/queue/leases';
import { showLanes, type LaneState } from './import-lanes';
import { Pace } from './progress';

/**
 * Shows how far a run is, beside the batches and not in them: the lanes would wait for each other at the import's row. One
 * statement at a time; what is committed meanwhile is in the next one.
 */
export class PublishedProgress {
  private readonly pace: Pace;
  private readonly doneOf = new Map<number, number>();
  private publishing: Promise<void> | null = null;
  private isBehind = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly lease: Lease,
    lanes: readonly LaneState[],
  ) {
    for (const { lane, counts } of lanes) this.doneOf.set(lane, counts.done);
    this.pace = new Pace(this.done);
  }

  /** Notes that a lane has committed a batch. */
  tell({ lane, counts }: LaneState): void {
    this.doneOf.set(lane, counts.done);
    this.isBehind = true;
    this.publishing ??= this.publish();
  }

  /** Resolves when everything that was told is shown. */
  async settle(): Promise<void> {
    await this.publishing;
  }

  private get done(): number {
    return [...this.doneOf.values()].reduce((sum, done) => sum + done, 0);
  }

  private async publish(): Promise<void> {
    while (this.isBehind) {
      this.isBehind = false;
      try {
        await showLanes(this.dataSource, this.lease, this.pace.mark(this.done));
      } catch {
        // Expected while the database is away: the next batch shows it, or the end of the run.
      }
    }
    this.publishing = null;
  }
}
