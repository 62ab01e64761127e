import type { TableRow } from '@ponte/tabular';

const SAMPLES = 3;

/** Rows whose content is looked at to guess what a column is. */
const GUESS_ROWS = 500;

/** Samples are for the eye. */
const SAMPLE_UNITS = 200;

interface ColumnCount {
  filled: number;
  samples: string[];
}

/** What is learned about the columns while the rows pass by: how full they are, some values, the first rows. */
export class ColumnStatistics {
  private readonly columns: ColumnCount[] = [];
  private readonly head: (readonly string[])[] = [];
  private rows = 0;

  add(rows: readonly TableRow[]): void {
    this.rows += rows.length;
    for (const { cells } of rows) {
      if (this.head.length < GUESS_ROWS) this.head.push([...cells]);
      while (this.columns.length < cells.length) this.columns.push({ filled: 0, samples: [] });
      for (let column = 0; column < cells.length; column++) {
        const cell = cells[column] ?? '';
        if (cell !== '' && !isBlank(cell)) this.count(column, cell);
      }
    }
  }

  /** The first rows with something in them. */
  get firstRows(): readonly (readonly string[])[] {
    return this.head;
  }

  fillRate(column: number): number {
    return this.rows === 0 ? 0 : (this.columns[column]?.filled ?? 0) / this.rows;
  }

  /** Up to three different values, in file order. */
  samples(column: number): readonly string[] {
    return this.columns[column]?.samples ?? [];
  }

  private count(column: number, cell: string): void {
    const counted = this.columns[column];
    if (counted === undefined) return;
    counted.filled++;
    if (counted.samples.length === SAMPLES) return;
    const sample = cell.trim().slice(0, SAMPLE_UNITS);
    if (!counted.samples.includes(sample)) counted.samples.push(sample);
  }
}

function isBlank(cell: string): boolean {
  const first = cell.charCodeAt(0);
  // Nearly every cell begins with a visible ASCII character.
  return (first <= 0x20 || first > 0x7e) && cell.trim() === '';
}
