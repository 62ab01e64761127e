export { CSV_REFUSAL_CODES, CsvRefusal, type CsvRefusalCode, type CsvRefusalDetails } from './csv-refusal';
export type { CsvLimits, CsvRow } from './csv-row';
export { readCsv, type ReadCsvOptions } from './read-csv';
export { guessDelimiter, type OtherDelimiter } from './guess-delimiter';
export { escapeFormula, isEscaped, unescapeFormula } from './escape-formula';
export { csvLine, csvRows, type CsvCells, type CsvLineOptions, type CsvRowsOptions } from './write-csv';
export { bytesSource, readSource, type ByteSource } from './byte-source';
export { openTable } from './open-table';
export type { CellBatch, PackedCells } from './packed/cell-batch';
export { EncodingMistaken } from './watch-encoding';
export { previewEncodings, type EncodingPreview, type PreviewEncodingsOptions } from './preview-encodings';
export { TABLE_REFUSAL_CODES, TableRefusal, type TableRefusalCode } from './table-refusal';
export {
  DELIMITERS,
  ENCODINGS,
  type Delimiter,
  type Encoding,
  type OpenedTable,
  type OpenTableOptions,
  type SheetInfo,
  type TableChoice,
  type TableDetection,
  type TableLocale,
  type TableRow,
} from './table';
export type { CreateInflater, Inflater } from './xlsx/inflater';
export { openWorkbook, type OpenWorkbookOptions } from './xlsx/open-workbook';
export type { ReadSheetOptions, Workbook } from './xlsx/workbook';
