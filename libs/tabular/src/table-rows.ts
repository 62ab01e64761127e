import type { CsvLimits } from './csv-row';
import { findHeader } from './find-header';
import type { TableRow } from './table';
import { TableRefusal } from './table-refusal';

/**
 * Rows of one table from its very top, blank ones left out, in batches of any size, none empty. Each call reads from
 * the start again.
 */
export type ReadRows = () => AsyncGenerator<readonly TableRow[]>;

/** How many rows are looked at to find the header. */
const SAMPLE_ROWS = 200;

const TOP_ROWS = 20;

const BATCH_ROWS = 1000;

/** The first rows of a table that are not blank. `isWhole`: there are no others. */
export interface SampledRows {
  readonly rows: readonly TableRow[];
  readonly isWhole: boolean;
}

/**
 * Reads the first 200 rows, and on to the row at `line` and one below it; what lies between is not kept. Errors of the
 * rows pass through.
 */
export async function sampleRows(read: ReadRows, line = 0): Promise<SampledRows> {
  const rows: TableRow[] = [];
  for await (const batch of read()) {
    for (const row of batch) {
      if (rows.length < SAMPLE_ROWS || row.line >= line) rows.push(row);
      if (rows.length >= SAMPLE_ROWS && row.line > line) return { rows, isWhole: false };
    }
  }
  return { rows, isWhole: true };
}

/** Where the header of a table is and what it says; the first rows for somebody who sees that it is wrong. */
export interface UnderstoodRows {
  /** 0 without a header. */
  readonly headerLine: number;
  readonly header: readonly string[];
  readonly top: readonly TableRow[];
  /** Whether a row that is not blank lies below the header. */
  readonly hasData: boolean;
}

/** Finds the header in the sample, or takes the line that somebody chose: whatever stands there are the titles. */
export function understandRows({ rows }: SampledRows, chosenLine?: number): UnderstoodRows {
  const headerLine = chosenLine ?? rows[findHeader(rows.map(({ cells }) => cells))]?.line ?? 0;
  const header = headerLine === 0 ? undefined : rows.find(({ line }) => line === headerLine);
  return {
    headerLine,
    header: header?.cells.map((cell) => cell.trim()) ?? [],
    top: rows.slice(0, TOP_ROWS),
    hasData: rows.some(({ line }) => line > headerLine),
  };
}

/**
 * The data rows of a table: what lies below the header, in batches of at most 1000. Throws
 * `TableRefusal` (`too_many_rows`) at the row that is one too many; titles above the header do not count.
 */
export async function* dataRows(
  read: ReadRows,
  headerLine: number,
  { maxRows }: CsvLimits,
): AsyncGenerator<readonly TableRow[]> {
  let count = 0;
  for await (const batch of read()) {
    const [first] = batch;
    const rows = first && first.line > headerLine ? batch : batch.filter(({ line }) => line > headerLine);
    const tooMany = rows[maxRows - count];
    if (tooMany !== undefined) {
      throw new TableRefusal('too_many_rows', { line: tooMany.line, params: { limit: maxRows } });
    }
    count += rows.length;
    for (let from = 0; from < rows.length; from += BATCH_ROWS) yield rows.slice(from, from + BATCH_ROWS);
  }
}
