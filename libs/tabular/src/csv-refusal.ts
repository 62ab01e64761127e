/**
 * Why a file as a whole cannot be read as CSV. `cell_too_large` is also given when the cells of one row together
 * are beyond what a row may hold (`params.of` says which).
 */
export const CSV_REFUSAL_CODES = [
  'empty_file',
  'not_utf8',
  'not_csv',
  'malformed_csv',
  'too_many_rows',
  'too_many_columns',
  'cell_too_large',
] as const;

/** One reason to refuse a whole file. */
export type CsvRefusalCode = (typeof CSV_REFUSAL_CODES)[number];

/** Where it was found (physical line, from 1) and what was seen or exceeded. */
export interface CsvRefusalDetails {
  readonly line?: number;
  readonly params?: Readonly<Record<string, string | number>>;
}

/**
 * An expected no: the bytes are not a CSV that may be read. The one class of the library, because `catch` needs to
 * tell it from faults. Its message is the code, for logs; people read the text that belongs to the code.
 */
export class CsvRefusal extends Error {
  override readonly name = 'CsvRefusal';
  readonly code: CsvRefusalCode;
  readonly line?: number;
  readonly params?: Readonly<Record<string, string | number>>;

  constructor(code: CsvRefusalCode, details: CsvRefusalDetails = {}) {
    super(details.line === undefined ? code : `${code} at line ${details.line}`);
    this.code = code;
    if (details.line !== undefined) this.line = details.line;
    if (details.params !== undefined) this.params = details.params;
  }
}
