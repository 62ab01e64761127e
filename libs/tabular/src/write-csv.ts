import { escapeFormula, isHarmless, isPhone } from './escape-formula';

/** Cells of one row to write; `null` is an empty cell. */
export type CsvCells = readonly (string | null)[];

/** `keep` writes formulas as they are: only for readers that are no spreadsheets. */
export interface CsvLineOptions {
  readonly formulas?: 'escape' | 'keep';
}

/** `bom` begins the file with a byte order mark, without which Excel does not see UTF-8. */
export interface CsvRowsOptions extends CsvLineOptions {
  readonly bom?: boolean;
}

/** A byte order mark that begins a file would be taken for the file's own: quotes protect it. */
const NEEDS_QUOTES = /[",\r\n]|^\ufeff/;
const QUOTES = /"/g;

/**
 * One line of CSV with its CRLF: commas, RFC 4180 quotes where needed, formulas escaped unless told otherwise. A
 * row of one empty cell is written as a pair of quotes, so that it is no empty line.
 */
export function csvLine(cells: CsvCells, options: CsvLineOptions = {}): string {
  const write = options.formulas === 'keep' ? keepCell : isPhoneFirst(cells) ? quoteCell : escapeCell;
  if (cells.length === 1 && !cells[0]) return '""\r\n';
  let line = '';
  for (let i = 0; i < cells.length; i++) {
    if (i > 0) line += ',';
    const cell = cells[i];
    if (cell) line += write(cell);
  }
  return `${line}\r\n`;
}

/**
 * For a program that splits by semicolons such a line is one cell, `+5511987654321,1+1`, which calculates with a decimal
 * comma. Quotes around every cell make it a text: none can stand inside a number.
 */
function isPhoneFirst(cells: CsvCells): boolean {
  return cells.length > 1 && isPhone(cells[0] ?? '');
}

function keepCell(text: string): string {
  return NEEDS_QUOTES.test(text) ? quote(text) : text;
}

function escapeCell(text: string): string {
  return isHarmless(text) ? text : keepCell(escapeFormula(text));
}

function quoteCell(text: string): string {
  return isHarmless(text) ? `"${text}"` : quote(escapeFormula(text));
}

function quote(text: string): string {
  return `"${text.replace(QUOTES, '""')}"`;
}

/**
 * Batches of rows to chunks of UTF-8, one chunk per batch; the header is a row like the others. Lone surrogates
 * become U+FFFD, as always when UTF-8 is written. Errors of `rows` pass through.
 */
export async function* csvRows(
  rows: AsyncIterable<readonly CsvCells[]>,
  options: CsvRowsOptions = {},
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  if (options.bom) yield encoder.encode('\ufeff');
  for await (const batch of rows) {
    if (batch.length > 0) yield encoder.encode(batch.map((cells) => csvLine(cells, options)).join(''));
  }
}
