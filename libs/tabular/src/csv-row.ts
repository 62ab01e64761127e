/**
 * One record of a CSV. `line` is the physical line where it begins, from 1; CR, LF and CRLF each end a line, inside
 * quotes too. A malformed row has text after a closing quote; its cells hold what stood there, quotes included, to
 * be shown and not to be used.
 *
 * Cells are slices of the decoded piece they were read from and keep it alive: copy what is kept for long.
 */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly isMalformed: boolean;
}

/**
 * What a file may be at most. Rows are data rows: the first record is the header and does not count. Cell size is
 * in bytes of UTF-8. The values belong to the product, so they are always passed in.
 */
export interface CsvLimits {
  readonly maxRows: number;
  readonly maxColumns: number;
  readonly maxCellBytes: number;
}

/** Whether every cell is empty or white space: spreadsheets leave such lines, and they are no rows. */
export function isBlankRecord(cells: readonly string[]): boolean {
  for (const cell of cells) {
    if (!isBlankCell(cell)) return false;
  }
  return true;
}

/** Nothing, or nothing but white space. */
export function isBlankCell(cell: string): boolean {
  if (cell === '') return true;
  const first = cell.charCodeAt(0);
  // Nearly every cell begins with a visible ASCII character, and is not looked at any further.
  return (first <= 0x20 || first > 0x7e) && cell.trim() === '';
}
