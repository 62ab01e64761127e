import type { ImportEntity } from './import.entity';
import type { LaneState } from './import-lanes';
import type { JudgedRow } from './judge-rows';
import { LaneBatch } from './lane-batch';

/** Rows of the first batch: somebody is looking, and wants to see that it moves. The next ones are twice as large each. */
const FIRST_ROWS = 500;

/**
 * Collects the rows of one lane to batches and has them written one after the other, while the next batch is collected.
 */
export class LaneWriter {
  /** The batch that is collected, and the one that is written or was. */
  private batch: LaneBatch;
  private other: LaneBatch;
  private size: number;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private state: LaneState,
    run: ImportEntity,
    private readonly batchRows: number,
    private readonly write: (state: LaneState, batch: LaneBatch) => Promise<LaneState>,
  ) {
    this.batch = new LaneBatch(run);
    this.other = new LaneBatch(run);
    this.size = Math.min(FIRST_ROWS, batchRows);
  }

  /** The last row of the file that the lane has done. */
  get position(): number {
    return this.state.position;
  }

  /** Takes a row; answers whether the batch is full and wants to be written. */
  add(row: JudgedRow, mayBeKnown: boolean): boolean {
    this.batch.add(row, mayBeKnown);
    return this.batch.weight >= this.size;
  }

  /** Begins to write what was collected as soon as the batch before it is written; throws what befell that one. */
  async flush(): Promise<void> {
    await this.writing;
    const { batch } = this;
    if (batch.weight === 0) return;
    this.batch = this.other;
    this.other = batch;
    this.batch.clear();
    this.size = Math.min(this.size * 2, this.batchRows);
    this.writing = this.write(this.state, batch).then((state) => void (this.state = state));
    // Reported when it is awaited, at the next batch or at the end.
    this.writing.catch(() => undefined);
  }

  /** Resolves when nothing is being written any more; throws what befell the last batch. */
  async settle(): Promise<void> {
    await this.writing;
  }
}
