import type { CsvLimits } from '../csv-row';
import type { SheetInfo, TableLocale, TableRow } from '../table';

/** How a sheet is read: limits and language always, the rest when it differs from batches of 1000 rows. */
export interface ReadSheetOptions {
  /** Rows count as in a CSV: the first one that is not blank is taken for the header. */
  readonly limits: CsvLimits;
  readonly locale: TableLocale;
  /** Most rows in one batch; rows of very many or very long cells make smaller ones. */
  readonly batchSize?: number;
  /** Aborting throws the signal's reason at the next piece. */
  readonly signal?: AbortSignal | undefined;
  /** Called while the file is read, with the share of what this sheet needs, from 0 to 1; never falls back. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** A workbook whose parts are known and whose sheets can be read, each any number of times, one after the other. */
export interface Workbook {
  /** Worksheets in the order of their tabs, at least one; chart and macro sheets are left out. */
  readonly sheets: readonly SheetInfo[];
  /**
   * The rows of one sheet in the order of the file, blank ones left out, `line` being the sheet's own row number.
   * Cells reach to the last one that is not empty, and may be slices that keep a piece of the file alive: copy what
   * is kept for long. Throws `TableRefusal`, possibly after batches were given; errors of the source pass through.
   */
  readSheet(index: number, options: ReadSheetOptions): AsyncGenerator<readonly TableRow[]>;
}
