import type { CsvRefusalDetails } from './csv-refusal';

/**
 * Why a spreadsheet, of whatever format, cannot be read. `unsupported_type` names what it is (`params.format`: `xls`,
 * `xlsb`, `ods`, `html`, `pdf`, `binary`, …); `unsafe_file` names what makes it so (`params.reason`); `no_rows` is a
 * table with nothing below its header. The others say it themselves; limits come as `params.limit`.
 */
export const TABLE_REFUSAL_CODES = [
  'empty_file',
  'unsupported_type',
  'password_protected',
  'corrupt_workbook',
  'unsafe_file',
  'too_large_unpacked',
  'no_rows',
  'malformed_csv',
  'too_many_rows',
  'too_many_columns',
  'cell_too_large',
] as const;

/** One reason to refuse a whole spreadsheet. */
export type TableRefusalCode = (typeof TABLE_REFUSAL_CODES)[number];

/** An expected no from the readers of spreadsheets. The message is the code, for logs; people read the code's text. */
export class TableRefusal extends Error {
  override readonly name = 'TableRefusal';
  readonly code: TableRefusalCode;
  readonly line?: number;
  readonly params?: Readonly<Record<string, string | number>>;

  constructor(code: TableRefusalCode, details: CsvRefusalDetails = {}) {
    super(details.line === undefined ? code : `${code} at line ${details.line}`);
    this.code = code;
    if (details.line !== undefined) this.line = details.line;
    if (details.params !== undefined) this.params = details.params;
  }
}
