import { CsvRefusal, readCsv, unescapeFormula, type CsvRow } from '@ponte/tabular';
import { createHash } from 'node:crypto';
import type { Config } from '../platform/config/config';
import type { FileStorage } from '../platform/storage/file-storage';

/** The stored file is no longer the one that was received. */
export class FileChanged extends Error {
  override name = 'FileChanged';
}

/** What a file was when it was received. */
export interface ReceivedFile {
  readonly storageKey: string;
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly header: readonly string[];
  /** Data rows. */
  readonly rows: number;
  /** The apostrophes of our formula-safe writer are undone, in every cell. */
  readonly isEscaped: boolean;
}

export interface ReadingOptions {
  readonly limits: Config['limits'];
  readonly batchSize: number;
  readonly signal: AbortSignal;
}

/**
 * Data rows of a received file in batches, without its header. Throws `FileChanged` when the stored file is another one:
 * before the first row when its length or header tells, before the last row in any case.
 */
export async function* receivedRows(
  storage: FileStorage,
  file: ReceivedFile,
  { limits, batchSize, signal }: ReadingOptions,
): AsyncGenerator<readonly CsvRow[]> {
  if ((await storage.size(file.storageKey)) !== file.bytes) throw new FileChanged();
  const batches = readCsv(unchanged(storage.read(file.storageKey), file), {
    limits: { maxRows: limits.rows, maxColumns: limits.columns, maxCellBytes: limits.cellBytes },
    batchSize,
    signal,
  });
  let rows = -1;
  try {
    for await (const batch of batches) {
      if (rows === -1 && !isHeader(batch, file)) throw new FileChanged();
      // The header comes alone and first.
      if (rows === -1) rows = 0;
      else {
        rows += batch.length;
        if (rows > file.rows) throw new FileChanged();
        yield file.isEscaped ? batch.map(unescapedRow) : batch;
      }
    }
  } catch (error) {
    // What was received could be read: whatever is wrong now was not in it, unless limits were lowered meanwhile.
    if (error instanceof CsvRefusal) await assertUnchanged(storage, file);
    throw error;
  }
  if (rows !== file.rows) throw new FileChanged();
}

/** Reads all of the stored file. Throws `FileChanged` when it is another one. */
export async function assertUnchanged(storage: FileStorage, file: ReceivedFile): Promise<void> {
  const chunks = unchanged(storage.read(file.storageKey), file)[Symbol.asyncIterator]();
  while ((await chunks.next()).done !== true);
}

/** The same content. Its last piece is given when length and hash of the whole are known to be right. */
async function* unchanged(
  content: AsyncIterable<Uint8Array>,
  { bytes, sha256 }: ReceivedFile,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let length = 0;
  let last: Uint8Array | null = null;
  for await (const chunk of content) {
    if (last !== null) yield last;
    hash.update(chunk);
    length += chunk.length;
    last = chunk;
  }
  if (length !== bytes || !hash.digest().equals(sha256)) throw new FileChanged();
  if (last !== null) yield last;
}

/** The same row when it has no apostrophe, as nearly all. */
function unescapedRow(row: CsvRow): CsvRow {
  return row.cells.some((cell) => cell.includes("'"))
    ? { ...row, cells: row.cells.map(unescapeFormula) }
    : row;
}

function isHeader([row]: readonly CsvRow[], { header, isEscaped }: ReceivedFile): boolean {
  const trimmed = row?.cells.map((cell) => cell.trim()) ?? [];
  const titles = isEscaped ? trimmed.map(unescapeFormula) : trimmed;
  return titles.length === header.length && titles.every((title, index) => title === header[index]);
}
