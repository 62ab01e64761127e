import { TableRefusal, type TableRow } from '@ponte/tabular';
import { packColumn, unpackColumn, type PackedColumn } from './packed-column';
import { RowSet } from './row-set';

/** Rows of one batch, so that a page reads little and a pass over everything has few pieces. */
const BATCH_ROWS = 1024;

/** A batch of long cells is closed before its rows are complete: no string may become longer than the engine allows. */
const BATCH_UNITS = 4 * 1024 * 1024;

/**
 * UTF-16 units of all cells together. A workbook may name one long text in a million rows: what is small in the file
 * would not be small here.
 */
const MAX_UNITS = 1024 * 1024 * 1024;

/** Decoded batches that are kept for pages. */
const KEPT_BATCHES = 8;

interface Batch {
  readonly start: number;
  readonly rows: number;
  readonly columns: readonly (PackedColumn | null)[];
  /** Cells of each row, or of every row. */
  readonly widths: number | Uint16Array;
}

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
  private readonly batches: Batch[] = [];
  private readonly decoded = new Map<Batch, readonly string[][]>();
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
      if (this.count === this.lines.length) this.lines = grow(this.lines);
      this.lines[this.count] = row.line;
      if (row.isMalformed) this.malformed.add(this.count);
      if (row.isHidden) this.hidden++;
      if (row.cells.length > this.widest) this.widest = row.cells.length;
      for (const cell of row.cells) this.pendingUnits += cell.length;
      this.count++;
      this.pending.push(row);
      if (this.pending.length === BATCH_ROWS || this.pendingUnits > BATCH_UNITS) this.close();
    }
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
    const batch = this.batches[this.find(row)];
    if (batch === undefined) return 0;
    return typeof batch.widths === 'number' ? batch.widths : (batch.widths[row - batch.start] ?? 0);
  }

  /** The rows' chosen columns, batch after batch. A column that the table does not have is blank. */
  *read(columns: readonly number[], width = Infinity): Generator<ColumnBatch> {
    for (const batch of this.batches) {
      const { start, rows } = batch;
      const surplus = batch.columns.length > width ? findSurplus(batch, width) : NO_ROWS;
      yield { start, rows, columns: columns.map((column) => unpack(batch, column)), surplus };
    }
  }

  /** The cells of one row, as many as it had. Rows near each other are cheap to ask for one by one. */
  row(row: number): readonly string[] {
    const batch = this.batches[this.find(row)];
    if (batch === undefined || row < 0) return [];
    return this.rowsOf(batch)[row - batch.start] ?? [];
  }

  private close(): void {
    if (this.pending.length === 0) return;
    this.units += this.pendingUnits;
    if (this.units > this.maxUnits)
      throw new TableRefusal('too_large_unpacked', { params: { limit: this.maxUnits } });
    this.batches.push(packBatch(this.pending, this.count - this.pending.length));
    this.pending = [];
    this.pendingUnits = 0;
  }

  /** Position of the batch that holds the row. */
  private find(row: number): number {
    let low = 0;
    let high = this.batches.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.batches[middle]?.start ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private rowsOf(batch: Batch): readonly string[][] {
    const known = this.decoded.get(batch);
    // The one that was asked for last is the last to go.
    if (known !== undefined) this.decoded.delete(batch);
    const rows = known ?? unpackBatch(batch);
    this.decoded.set(batch, rows);
    const [oldest] = this.decoded.keys();
    if (this.decoded.size > KEPT_BATCHES && oldest !== undefined) this.decoded.delete(oldest);
    return rows;
  }
}

function packBatch(rows: readonly TableRow[], start: number): Batch {
  const widths = Uint16Array.from(rows, ({ cells }) => cells.length);
  const widest = widths.reduce((most, width) => Math.max(most, width), 0);
  const columns: (PackedColumn | null)[] = [];
  const cells = new Array<string>(rows.length);
  for (let column = 0; column < widest; column++) {
    for (let i = 0; i < rows.length; i++) cells[i] = rows[i]?.cells[column] ?? '';
    columns.push(packColumn(cells));
  }
  return {
    start,
    rows: rows.length,
    columns,
    widths: widths.every((width) => width === widest) ? widest : widths,
  };
}

function unpack({ columns, rows }: Batch, column: number): string[] {
  const packed = columns[column] ?? null;
  return packed === null ? new Array<string>(rows).fill('') : unpackColumn(packed);
}

function findSurplus(batch: Batch, width: number): Set<number> {
  const found = new Set<number>();
  for (let column = width; column < batch.columns.length; column++) {
    if (batch.columns[column] === null) continue;
    unpack(batch, column).forEach((cell, row) => cell.trim() !== '' && found.add(row));
  }
  return found;
}

function unpackBatch(batch: Batch): string[][] {
  const { columns, rows, widths } = batch;
  const cells = columns.map((_, column) => unpack(batch, column));
  return Array.from({ length: rows }, (_, row) => {
    const width = typeof widths === 'number' ? widths : (widths[row] ?? 0);
    return Array.from({ length: width }, (_, column) => cells[column]?.[row] ?? '');
  });
}

function grow(lines: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(lines.length * 2);
  larger.set(lines);
  return larger;
}
