export { CSV_REFUSAL_CODES, CsvRefusal, type CsvRefusalCode, type CsvRefusalDetails } from './csv-refusal';
export type { CsvLimits, CsvRow } from './csv-row';
export { readCsv, type ReadCsvOptions } from './read-csv';
export { guessDelimiter, type OtherDelimiter } from './guess-delimiter';
export { escapeFormula, unescapeFormula } from './escape-formula';
export { csvLine, csvRows, type CsvCells, type CsvLineOptions, type CsvRowsOptions } from './write-csv';
