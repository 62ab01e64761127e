import type { ExportFormat } from '@ponte/contracts';
import { csvLine } from '@ponte/tabular';
import { copyRows } from '../platform/database/copy-rows';
import { safeCsv } from './safe-csv';
import { workbookFile } from './workbook-file';

export interface ExportFileOptions {
  readonly columns: readonly string[];
  /** Of a workbook's sheet. */
  readonly title: string;
  /** Called with the number of rows that were added. */
  readonly counted: (rows: number) => void;
}

/** COPY's options for the rows that the file of a format is made from. */
export const COPY_OPTIONS: Readonly<Record<ExportFormat, string>> = {
  csv: 'FORMAT csv',
  xlsx: 'FORMAT text',
};

/** The bytes of a file, made from COPY's pieces while they come. */
export function exportFile(
  format: ExportFormat,
  pieces: AsyncIterable<Uint8Array>,
  options: ExportFileOptions,
): AsyncIterable<Uint8Array> {
  return format === 'csv' ? csvFile(pieces, options) : workbookFile(batches(pieces, options), options);
}

async function* csvFile(
  pieces: AsyncIterable<Uint8Array>,
  { columns, counted }: ExportFileOptions,
): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(`\ufeff${csvLine(columns)}`);
  for await (const { bytes, rows } of safeCsv(pieces)) {
    counted(rows);
    yield bytes;
  }
}

async function* batches(pieces: AsyncIterable<Uint8Array>, { counted }: ExportFileOptions) {
  for await (const piece of pieces) {
    const rows = copyRows(piece);
    counted(rows.length);
    yield rows;
  }
}
