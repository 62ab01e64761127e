import { readCsv, type CsvRow } from '@ponte/tabular';
import type { Config } from '../platform/config/config';
import type { FileStorage } from '../platform/storage/file-storage';

/** Data rows of a stored file in batches; the header, which comes alone and first, is left out. */
export async function* storedRows(
  storage: FileStorage,
  storageKey: string,
  limits: Config['limits'],
  batchSize: number,
  signal: AbortSignal,
): AsyncGenerator<readonly CsvRow[]> {
  const batches = readCsv(storage.read(storageKey), {
    limits: { maxRows: limits.rows, maxColumns: limits.columns, maxCellBytes: limits.cellBytes },
    batchSize,
    signal,
  });
  let isHeader = true;
  for await (const batch of batches) {
    if (!isHeader) yield batch;
    isHeader = false;
  }
}
