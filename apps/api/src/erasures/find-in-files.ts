import type { PersonFinder } from '@ponte/contacts';
import { FILE_LIMITS, type ExportFormat } from '@ponte/contracts';
import { CsvRefusal, readCsv } from '@ponte/tabular';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { FileMissing, type FileStorage } from '../platform/storage/file-storage';
import { phoneForms, type Person } from './found';
import { unpackedBytes } from './unpacked-bytes';

/** Rows that are looked at before other requests get their turn. */
const SLICE_ROWS = 500;
/** A person stands in a file once or twice; nobody needs thousands of copies of a row. */
const MOST_ROWS = 100;

/** The file was checked when it came; what has changed since is no reason to pass over it. */
const LIMITS = { maxRows: 2 ** 31, maxColumns: FILE_LIMITS.columns, maxCellBytes: FILE_LIMITS.cellBytes };

export interface FoundRow {
  line: number;
  cells: readonly string[];
}

/**
 * The person's rows in an uploaded CSV, the first hundred; null when there are none. A file that cannot be read as a CSV any
 * more is answered with no rows: nobody can say that the person is not in it. Reads while it comes.
 */
export async function findInUpload(
  storage: FileStorage,
  key: string,
  finder: PersonFinder,
  signal: AbortSignal,
): Promise<FoundRow[] | null> {
  const found: FoundRow[] = [];
  try {
    const batches = readCsv(storage.read(key), { limits: LIMITS, batchSize: SLICE_ROWS, signal });
    for await (const batch of batches) {
      for (const { line, cells } of batch) {
        if (found.length < MOST_ROWS && finder.inRow(cells)) found.push({ line, cells });
      }
      await yieldToEventLoop();
    }
  } catch (error) {
    // Expected: the file's time was over while it was looked for.
    if (error instanceof FileMissing) return null;
    if (!(error instanceof CsvRefusal)) throw error;
    return found;
  }
  return found.length === 0 ? null : found;
}

/**
 * Whether the person is in an exported file. There phones are E.164 and nothing stands between the digits, so that bytes are
 * compared. `names` are for files without phones and addresses.
 */
export async function isInExport(
  storage: FileStorage,
  { key, format }: { key: string; format: ExportFormat },
  needles: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const content = format === 'csv' ? storage.read(key) : unpackedBytes(storage.read(key));
  const wanted = needles.map(comparable);
  const overlap = Math.max(0, ...wanted.map(({ length }) => length - 1));
  let before = '';
  try {
    for await (const piece of content) {
      signal.throwIfAborted();
      const text = before + comparable(piece);
      if (wanted.some((needle) => text.includes(needle))) return true;
      before = overlap === 0 ? '' : text.slice(-overlap);
    }
  } catch (error) {
    // Expected: the file's time was over while it was looked for.
    if (!(error instanceof FileMissing)) throw error;
  }
  return false;
}

/** How a person stands in a file that we wrote. */
export function exportNeedles(person: Person, names: readonly string[]): string[] {
  const texts = [...phoneForms(person), person.email ?? '', ...names].filter((text) => text !== '');
  return [...new Set(texts.flatMap((text) => [text, text.replaceAll('"', '""'), asXml(text)]))];
}

function asXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Bytes as characters, without case: the same for the text and for what is looked for in it. */
function comparable(text: string | Uint8Array): string {
  return Buffer.from(text as string)
    .toString('latin1')
    .toLowerCase();
}
