import type { TableRow } from '../table';
import type { CellBatch } from './cell-batch';
import { ColumnPacker } from './column-packer';

/** So many rows that a page of them is little, and a pass over everything has few pieces. */
const BATCH_ROWS = 1024;
/** Batches of long cells and of many columns are closed before. */
const BATCH_BYTES = 4 * 1024 * 1024;
const BATCH_CELLS = 256 * 1024;

/** Packs row after row: the batch that is being filled stays in the same memory, and those that are full are copies. */
export class RowPacker {
  /** Full batches, for the caller to take out. */
  readonly batches: CellBatch[] = [];
  /** Columns of the rows so far. Whoever writes plain cells writes them here, and then keeps the row. */
  readonly columns: ColumnPacker[] = [];
  private readonly lines = new Int32Array(BATCH_ROWS);
  private readonly widths = new Uint16Array(BATCH_ROWS);
  private malformed: number[] = [];
  private count = 0;
  private bytes = 0;
  private widest = 0;

  /** Adds a row that somebody has read to strings. */
  add({ line, cells, isMalformed }: TableRow): void {
    this.widen(cells.length);
    for (let column = 0; column < cells.length; column++) this.columns[column]?.write(cells[column] ?? '');
    if (isMalformed) this.malformed.push(this.count);
    this.keep(line, cells.length);
  }

  /** Makes as many columns as a row needs. */
  widen(width: number): void {
    while (this.columns.length < width) this.columns.push(new ColumnPacker());
  }

  /** Keeps the cells that were written last to the first columns as a row. */
  keep(line: number, width: number): void {
    const row = this.count++;
    this.lines[row] = line;
    this.widths[row] = width;
    if (width > this.widest) this.widest = width;
    for (let at = 0; at < width; at++) {
      const column = this.columns[at];
      if (column === undefined) continue;
      this.bytes += column.next - column.start;
      column.keep(row);
    }
    const isFull =
      this.count === BATCH_ROWS || this.bytes > BATCH_BYTES || this.count * this.widest > BATCH_CELLS;
    if (isFull) this.close();
  }

  /** Makes a batch of the rows so far, if there are any. */
  close(): void {
    const { count, bytes, widest, malformed } = this;
    if (count === 0) return;
    const whole = new Uint8Array(bytes);
    let at = 0;
    const columns = this.columns.slice(0, widest).map((column) => {
      const from = at;
      at += column.size;
      return column.take(count, whole.subarray(from, at));
    });
    this.count = this.bytes = this.widest = 0;
    this.malformed = [];
    const [lines, widths] = [this.lines.slice(0, count), this.widths.slice(0, count)];
    this.batches.push({ lines, widths, columns, malformed });
  }
}
