import type { ExportColumn, ExportFormat } from '@ponte/contracts';
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

/** COPY's options for the rows that a file is made from. Of a line that begins with a phone `csvLine` quotes every cell. */
export function copyOptions(format: ExportFormat, columns: readonly ExportColumn[]): string {
  if (format === 'xlsx') return 'FORMAT text';
  return columns.length > 1 && columns[0] === 'phone_number' ? 'FORMAT csv, FORCE_QUOTE *' : 'FORMAT csv';
}

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
