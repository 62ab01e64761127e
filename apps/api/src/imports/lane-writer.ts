import type { LaneState } from './import-lanes';

/** Rows of the first batch: somebody is looking, and wants to see that it moves. The next ones are twice as large each. */
const FIRST_ROWS = 500;

/**
 * Collects the rows of one lane to batches and has them written one after the other, while the next batch is collected.
 */
export class LaneWriter<Row> {
  private rows: Row[] = [];
  private size: number;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private state: LaneState,
    private readonly batchRows: number,
    private readonly write: (state: LaneState, rows: readonly Row[]) => Promise<LaneState>,
  ) {
    this.size = Math.min(FIRST_ROWS, batchRows);
  }

  /** The last row of the file that the lane has done when it was opened. */
  get position(): number {
    return this.state.position;
  }

  /** Takes a row; answers whether the batch is full and wants to be written. */
  add(row: Row): boolean {
    return this.rows.push(row) >= this.size;
  }

  /** Begins to write what was collected as soon as the batch before it is written; throws what befell that one. */
  async flush(): Promise<void> {
    await this.writing;
    if (this.rows.length === 0) return;
    const rows = this.rows;
    this.rows = [];
    this.size = Math.min(this.size * 2, this.batchRows);
    this.writing = this.write(this.state, rows).then((state) => void (this.state = state));
    // Reported when it is awaited, at the next batch or at the end.
    this.writing.catch(() => undefined);
  }

  /** Resolves when nothing is being written any more; throws what befell the last batch. */
  async settle(): Promise<void> {
    await this.writing;
  }
}
