import type { TableRow } from '@ponte/tabular';
import {
  isBlankCell,
  packColumn,
  unpackCell,
  unpackColumn,
  unpackText,
  type PackedColumn,
} from './packed-column';

/** A run of rows, packed by column. */
export class RowBatch {
  readonly rows: number;
  private readonly columns: readonly (PackedColumn | null)[];
  /** Cells of each row, or of every row. */
  private readonly widths: number | Uint16Array;

  /** `start` is the number of the first row. The rows' strings are copied. */
  constructor(
    readonly start: number,
    rows: readonly TableRow[],
  ) {
    this.rows = rows.length;
    const widths = new Uint16Array(rows.length);
    let widest = 0;
    let isEven = true;
    for (let i = 0; i < rows.length; i++) {
      const width = rows[i]?.cells.length ?? 0;
      isEven &&= i === 0 || width === widest;
      widest = Math.max(widest, width);
      widths[i] = width;
    }
    this.widths = isEven ? widest : widths;
    const cells = new Array<string>(rows.length);
    this.columns = Array.from({ length: widest }, (_, column) => {
      for (let i = 0; i < rows.length; i++) cells[i] = rows[i]?.cells[column] ?? '';
      return packColumn(cells);
    });
  }

  /** Cells of the widest row. */
  get width(): number {
    return this.columns.length;
  }

  /** Cells of the row, counted from the batch's first one. */
  widthOf(row: number): number {
    return typeof this.widths === 'number' ? this.widths : (this.widths[row] ?? 0);
  }

  /** How many cells of the column are not blank. */
  filled(column: number): number {
    return this.columns[column]?.filled ?? 0;
  }

  /** A column as it is kept; `null` for one that is empty or does not exist. */
  packed(column: number): PackedColumn | null {
    return this.columns[column] ?? null;
  }

  /** All cells of a column; blank where a row has none. */
  read(column: number): string[] {
    const packed = this.packed(column);
    return packed === null ? new Array<string>(this.rows).fill('') : unpackColumn(packed);
  }

  /**
   * The cells of one row, as many as it had. `texts` keeps the columns' texts from one call to the next, for somebody who
   * asks for several rows of the batch.
   */
  row(row: number, texts: Map<number, string>): string[] {
    return Array.from({ length: this.widthOf(row) }, (_, column) => {
      const packed = this.packed(column);
      if (packed === null) return '';
      const text = texts.get(column) ?? unpackText(packed);
      if (typeof packed.text !== 'string') texts.set(column, text);
      return unpackCell(packed, text, row);
    });
  }

  /** Rows, counted from the first one, with something in a column from `width` on. */
  surplus(width: number): Set<number> {
    const found = new Set<number>();
    for (let column = width; column < this.width; column++) {
      if (this.filled(column) === 0) continue;
      this.read(column).forEach((cell, row) => !isBlankCell(cell) && found.add(row));
    }
    return found;
  }
}
