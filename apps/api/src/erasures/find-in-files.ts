import { foldText, type PersonFinder } from '@ponte/contacts';
import { FILE_LIMITS, type ExportFormat } from '@ponte/contracts';
import { CsvRefusal, readCsv, unescapeFormula } from '@ponte/tabular';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { plainText } from '../platform/xml-text';
import { FileMissing, type FileStorage } from '../platform/storage/file-storage';
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

/** How a person stands in a file that we wrote. */
export interface ExportTraces {
  /** Phones and addresses: parts of cells. */
  readonly parts: readonly string[];
  /** Names, whole cells; for files that say nothing else of a person. */
  readonly names: readonly string[];
}

/** Whether a cell of an exported file is the person's. */
export async function isInExport(
  storage: FileStorage,
  { key, format }: { key: string; format: ExportFormat },
  { parts, names }: ExportTraces,
  signal: AbortSignal,
): Promise<boolean> {
  const content = storage.read(key);
  const batches = format === 'csv' ? csvCells(content, signal) : workbookCells(unpackedBytes(content));
  const lowered = parts.map((part) => part.toLowerCase());
  const folded = new Set(names.map(foldText).filter((name) => name !== ''));
  const isTheirs = (cell: string) => {
    const text = cell.toLowerCase();
    return lowered.some((part) => text.includes(part)) || (folded.size > 0 && folded.has(foldText(cell)));
  };
  try {
    for await (const cells of batches) {
      signal.throwIfAborted();
      if (cells.some(isTheirs)) return true;
      await yieldToEventLoop();
    }
  } catch (error) {
    // Nobody can say that the person is not in it.
    if (error instanceof CsvRefusal) return true;
    // Expected: the file's time was over while it was looked for.
    if (!(error instanceof FileMissing)) throw error;
  }
  return false;
}

async function* csvCells(content: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<string[]> {
  for await (const rows of readCsv(content, { limits: LIMITS, batchSize: SLICE_ROWS, signal }))
    yield rows.flatMap(({ cells }) => cells.map(unescapeFormula));
}

const CELL_END = '</t>';

/** The texts of the parts of a workbook that we wrote, while they come. */
async function* workbookCells(content: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of content) {
    const texts = (rest + decoder.decode(piece, { stream: true })).split(CELL_END);
    rest = texts.pop() ?? '';
    yield texts.map((text) => plainText(text.slice(text.lastIndexOf('>') + 1)));
  }
}
