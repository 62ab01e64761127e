import { TableRefusal, type CellBatch, type TableRow } from '@ponte/tabular';
import { RowBatch } from './row-batch';
import { RowSet } from './row-set';

/** Rows of one batch, so that a page reads little and a pass over everything has few pieces. */
const BATCH_ROWS = 1024;

/** A batch of long cells is closed before its rows are complete: no string may become longer than the engine allows. */
const BATCH_UNITS = 4 * 1024 * 1024;

/**
 * UTF-16 units, or bytes, of all cells together. A workbook may name one long text in a million rows: what is small in
 * the file would not be small here.
 */
const MAX_UNITS = 1024 * 1024 * 1024;

/** A run of rows whose chosen columns are decoded: `columns[i][n]` is the cell of row `start + n`, blank where it has none. */
export interface ColumnBatch {
  readonly start: number;
  readonly rows: number;
  readonly columns: readonly (readonly string[])[];
  /** Rows with something in a column beyond the width that was asked about, counted from `start`. */
  readonly surplus: ReadonlySet<number>;
}

const NO_ROWS: ReadonlySet<number> = new Set();

/**
 * All rows of a table in flat memory, by column: a million rows take little more than their text. Written once in file
 * order, then read in passes over chosen columns or row by row. Rows count from 0. Throws `TableRefusal` when the text is
 * more than a worker can hold.
 */
export class RowStore {
  private readonly batches: RowBatch[] = [];
  private pending: TableRow[] = [];
  private pendingUnits = 0;
  private units = 0;
  private lines = new Int32Array(BATCH_ROWS);
  private readonly malformed = new RowSet();
  private count = 0;
  private widest = 0;
  private hidden = 0;

  constructor(private readonly maxUnits = MAX_UNITS) {}

  get rows(): number {
    return this.count;
  }

  /** Cells of the widest row. */
  get width(): number {
    return this.widest;
  }

  get hiddenRows(): number {
    return this.hidden;
  }

  get malformedRows(): number {
    return this.malformed.size;
  }

  append(rows: readonly TableRow[]): void {
    for (const row of rows) {
      if (row.isMalformed) this.malformed.add(this.count);
      if (row.isHidden) this.hidden++;
      if (row.cells.length > this.widest) this.widest = row.cells.length;
      for (const cell of row.cells) this.pendingUnits += cell.length;
      this.addLine(row.line);
      this.pending.push(row);
      if (this.pending.length === BATCH_ROWS || this.pendingUnits > BATCH_UNITS) this.close();
    }
  }

  /** Rows that are packed already, behind all rows before; the batch is kept as it is. */
  appendPacked(batch: CellBatch): void {
    this.close();
    for (const line of batch.lines) this.addLine(line);
    const start = this.count - batch.lines.length;
    for (const row of batch.malformed) this.malformed.add(start + row);
    if (batch.columns.length > this.widest) this.widest = batch.columns.length;
    for (const column of batch.columns) this.pendingUnits += column?.bytes.length ?? 0;
    this.add(RowBatch.of(start, batch));
  }

  /** After the last row, before the first is read. */
  finish(): void {
    this.close();
    this.lines = this.lines.slice(0, this.count);
  }

  line(row: number): number {
    return this.lines[row] ?? 0;
  }

  isMalformed(row: number): boolean {
    return this.malformed.has(row);
  }

  /** How many cells the row had. */
  widthOf(row: number): number {
    const batch = this.find(row);
    return batch?.widthOf(row - batch.start) ?? 0;
  }

  /** How many cells of the column are not blank. */
  filled(column: number): number {
    return this.batches.reduce((sum, batch) => sum + batch.filled(column), 0);
  }

  /** The batches in file order, for somebody who looks at their bytes. */
  get packed(): readonly RowBatch[] {
    return this.batches;
  }

  /** The rows' chosen columns, batch after batch. A column that the table does not have is blank. */
  *read(columns: readonly number[], width = Infinity): Generator<ColumnBatch> {
    for (const batch of this.batches) {
      const { start, rows } = batch;
      const surplus = batch.width > width ? batch.surplus(width) : NO_ROWS;
      yield { start, rows, columns: columns.map((column) => batch.read(column)), surplus };
    }
  }

  /** The cells of one row, as many as it had. */
  row(row: number): readonly string[] {
    const batch = this.find(row);
    return batch?.row(row - batch.start) ?? [];
  }

  private close(): void {
    if (this.pending.length === 0) return;
    this.add(RowBatch.pack(this.count - this.pending.length, this.pending));
    this.pending = [];
  }

  private add(batch: RowBatch): void {
    this.units += this.pendingUnits;
    this.pendingUnits = 0;
    if (this.units > this.maxUnits)
      throw new TableRefusal('too_large_unpacked', { params: { limit: this.maxUnits } });
    this.batches.push(batch);
  }

  private addLine(line: number): void {
    if (this.count === this.lines.length) this.lines = grow(this.lines);
    this.lines[this.count++] = line;
  }

  /** The batch that holds the row. */
  private find(row: number): RowBatch | undefined {
    if (row < 0 || row >= this.count) return undefined;
    let low = 0;
    let high = this.batches.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.batches[middle]?.start ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return this.batches[low];
  }
}

function grow(lines: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(lines.length * 2);
  larger.set(lines);
  return larger;
}
