import { judgeCell } from './cell-form';
import { CsvRefusal } from './csv-refusal';
import type { CsvLimits, CsvRow } from './csv-row';
import { createCsvScanner } from './scan-csv';
import { DELIMITERS, type Delimiter } from './table';

const RECORDS = 200;

/** Below this share of rows that fit, the character is a part of the text. */
const LEAST_FIT = 0.4;

/** Cells that look like values count less than rows that fit, but decide between two that fit as well. */
const VALUES_WEIGHT = 0.5;

interface Candidate {
  readonly delimiter: Delimiter;
  /** Share of the rows that have the usual number of cells, from 0 to 1. */
  readonly fit: number;
  /** Cells per row that look like figures, dates or addresses. */
  readonly values: number;
  readonly width: number;
}

/**
 * What separates the cells of a text, from how it begins: each candidate splits the first 200 records by the rules
 * of quoting, and the one whose records have the same number of cells, and cells that look like values, wins. `null`
 * when every record is one cell. Counting characters would take the comma of `Silva, João, Filho;+55…`.
 */
export function detectDelimiter(text: string, limits: CsvLimits): Delimiter | null {
  const candidates = DELIMITERS.map((delimiter) => judgeDelimiter(delimiter, text, limits)).filter(
    ({ fit }) => fit >= LEAST_FIT,
  );
  const mostValues = Math.max(...candidates.map(({ values }) => values), Number.MIN_VALUE);
  const score = ({ fit, values }: Candidate) => fit + (VALUES_WEIGHT * values) / mostValues;
  const [best] = candidates.sort((a, b) => score(b) - score(a) || b.width - a.width);
  return best?.delimiter ?? null;
}

function judgeDelimiter(delimiter: Delimiter, text: string, limits: CsvLimits): Candidate {
  const rows = splitRecords(delimiter, text, limits);
  const width = usualWidth(rows);
  const first = rows.findIndex(({ cells }) => cells.length === width);
  if (width < 2 || first < 0 || isProse(delimiter, rows, first))
    return { delimiter, fit: 0, values: 0, width };
  const table = rows.slice(first);
  // Title lines above the table fit no delimiter; they count half, or the one that needs them would never lose.
  const fit = table.reduce((sum, row) => sum + fitOf(row, width), 0) / (rows.length - first / 2);
  const values = table.reduce((sum, { cells }) => sum + countValues(cells), 0) / table.length;
  return { delimiter, fit, values, width };
}

/** The records that are whole in the text; what the last one lacks may stand behind it. */
function splitRecords(delimiter: Delimiter, text: string, limits: CsvLimits): readonly CsvRow[] {
  const scanner = createCsvScanner(delimiter, limits);
  try {
    scanner.push(text);
    scanner.end();
  } catch (error) {
    // With another's delimiter quotes stand anywhere; what was read before the refusal still tells something.
    if (!(error instanceof CsvRefusal)) throw error;
  }
  return scanner.rows.slice(0, RECORDS);
}

/** The most frequent number of cells above one; the larger one of two. */
function usualWidth(rows: readonly CsvRow[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) {
    if (cells.length > 1) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  }
  let usual = 1;
  for (const [width, count] of counts) {
    const most = counts.get(usual) ?? 0;
    if (count > most || (count === most && width > usual)) usual = width;
  }
  return usual;
}

/** Programs leave empty cells at the end away: a row that is a little short fits half. */
function fitOf({ cells, isMalformed }: CsvRow, width: number): number {
  if (isMalformed || cells.length === 1) return 0;
  return cells.length === width ? 1 : 0.5;
}

/** `Nome` above `Silva, Ana` and `Lima, Rui`: one column, whose texts have commas. */
function isProse(delimiter: Delimiter, rows: readonly CsvRow[], first: number): boolean {
  return (
    delimiter === ',' &&
    first > 0 &&
    rows.slice(first).every(({ cells }) => cells.slice(1).every((cell) => cell.startsWith(' ')))
  );
}

function countValues(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    const form = judgeCell(cell);
    if (form !== 'blank' && form !== 'text') count++;
  }
  return count;
}
