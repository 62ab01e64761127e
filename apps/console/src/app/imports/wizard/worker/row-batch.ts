import type { CellBatch, TableRow } from '@ponte/tabular';
import {
  isBlankCell,
  packColumn,
  unpackCell,
  unpackColumn,
  unpackRows,
  type PackedColumn,
} from './packed-column';

/** A run of rows, packed by column. */
export class RowBatch {
  /** Cells of each row, or of every row. */
  private readonly widths: number | Uint16Array;

  /** `start` is the number of the first row. */
  private constructor(
    readonly start: number,
    readonly rows: number,
    widths: Uint16Array,
    private readonly columns: readonly (PackedColumn | null)[],
  ) {
    const first = widths[0] ?? 0;
    this.widths = widths.every((width) => width === first) ? first : widths;
  }

  /** Packs rows. Their strings are copied. */
  static pack(start: number, rows: readonly TableRow[]): RowBatch {
    const widths = Uint16Array.from(rows, ({ cells }) => cells.length);
    const widest = widths.reduce((most, width) => Math.max(most, width), 0);
    const cells = new Array<string>(rows.length);
    const columns = Array.from({ length: widest }, (_, column) => {
      for (let i = 0; i < rows.length; i++) cells[i] = rows[i]?.cells[column] ?? '';
      return packColumn(cells);
    });
    return new RowBatch(start, rows.length, widths, columns);
  }

  /** Rows that came packed; they are kept as they are. */
  static of(start: number, { lines, widths, columns }: CellBatch): RowBatch {
    return new RowBatch(start, lines.length, widths, columns);
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

  /** Whether some cell has the ASCII character. */
  includes(character: string): boolean {
    const code = character.charCodeAt(0);
    return this.columns.some(
      (column) =>
        column !== null && ('text' in column ? column.text.includes(character) : column.bytes.includes(code)),
    );
  }

  /** A column as it is kept; `null` for one that is empty or does not exist. */
  packed(column: number): PackedColumn | null {
    return this.columns[column] ?? null;
  }

  /** The cells of a column, of all rows or of some in rising order; blank where a row has none. */
  read(column: number, rows: readonly number[] | null = null): string[] {
    const packed = this.packed(column);
    if (packed === null) return new Array<string>(rows?.length ?? this.rows).fill('');
    return rows === null ? unpackColumn(packed) : unpackRows(packed, rows);
  }

  /** The cells of one row, as many as it had. */
  row(row: number): string[] {
    return Array.from({ length: this.widthOf(row) }, (_, column) => {
      const packed = this.packed(column);
      return packed === null ? '' : unpackCell(packed, row);
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
