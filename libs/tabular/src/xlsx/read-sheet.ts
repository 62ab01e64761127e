import type { TableRow } from '../table';
import { partText, scanPart, scanSmallPart, type WorkbookPackage } from './read-part';
import { createXmlScanner } from './scan-xml';
import { createSharedStrings, type SharedStrings } from './shared-strings';
import { createSheetRows, type SheetRows } from './sheet-rows';
import { createSheetSkim } from './skim-sheet';
import { createStringsSkim } from './skim-strings';
import { createStyles, type Styles } from './styles';
import { MAX_UNPACKED_BYTES } from './unpack-limits';
import type { ReadSheetOptions, Workbook } from './workbook';
import type { ZipEntry } from './zip-directory';

const DEFAULT_BATCH_SIZE = 1000;

/** Cells and characters of one batch: 1000 rows with one cell far to the right must not become 16 million cells. */
const MAX_BATCH_WEIGHT = 1_000_000;

/** The parts that reading a sheet needs. */
export interface WorkbookParts {
  readonly pack: WorkbookPackage;
  readonly is1904: boolean;
  readonly sheets: readonly ZipEntry[];
  readonly sharedStrings: ZipEntry | undefined;
  /** Key of the part. */
  readonly styles: string | undefined;
}

/** What all sheets share; read with the first of them and kept. */
interface SharedParts {
  readonly sharedStrings: SharedStrings;
  readonly styles: Styles;
}

/** Creates `Workbook.readSheet`. */
export function createSheetReader(parts: WorkbookParts): Workbook['readSheet'] {
  let shared: SharedParts | null = null;

  return async function* readSheet(index, options) {
    const entry = parts.sheets[index];
    if (entry === undefined) throw new RangeError(`There is no sheet ${index}`);
    const { signal, locale, limits } = options;
    const batchSize = options.batchSize ?? DEFAULT_BATCH_SIZE;
    const onRead = createProgress(shared === null ? [entry, parts.sharedStrings] : [entry], options);
    shared ??= await readShared(parts, signal, onRead);
    const sheet = createSheetRows(limits, {
      sharedStrings: shared.sharedStrings,
      formatOf: shared.styles.formats(locale),
      is1904: parts.is1904,
      locale,
    });
    const scanner = createXmlScanner(sheet.handler);
    const reading = { maxBytes: MAX_UNPACKED_BYTES, signal, onRead, skim: createSheetSkim(scanner, sheet) };
    for await (const text of partText(parts.pack, entry, reading)) {
      // What follows the data is unpacked all the same: only at its end is the checksum of the data known.
      if (sheet.isDone) continue;
      scanner.push(text);
      yield* takeBatches(sheet, batchSize, false);
    }
    if (!sheet.isDone) scanner.end();
    yield* takeBatches(sheet, batchSize, true);
  };
}

async function readShared(
  { pack, sharedStrings: entry, styles: stylesPart }: WorkbookParts,
  signal: AbortSignal | undefined,
  onRead: ((bytes: number) => void) | undefined,
): Promise<SharedParts> {
  const styles = createStyles();
  if (stylesPart !== undefined && pack.entries.has(stylesPart)) {
    await scanSmallPart(pack, stylesPart, styles.handler, signal);
  }
  const sharedStrings = createSharedStrings();
  if (entry !== undefined) {
    const scanner = createXmlScanner(sharedStrings.handler);
    const skim = createStringsSkim(scanner, sharedStrings);
    await scanPart(pack, entry, scanner, { maxBytes: MAX_UNPACKED_BYTES, signal, onRead, skim });
  }
  return { sharedStrings, styles };
}

/** Adds up the packed bytes that were read of some entries. */
function createProgress(
  entries: readonly (ZipEntry | undefined)[],
  { onProgress }: ReadSheetOptions,
): ((bytes: number) => void) | undefined {
  if (onProgress === undefined) return undefined;
  const total = entries.reduce((sum, entry) => sum + (entry?.packedSize ?? 0), 0);
  let read = 0;
  return (bytes) => onProgress(Math.min(1, (read += bytes) / total));
}

/** Takes full batches out of the finished rows; the rest too when it is the last or too heavy to wait. */
function* takeBatches(sheet: SheetRows, batchSize: number, isEnd: boolean): Generator<readonly TableRow[]> {
  const { rows } = sheet;
  let from = 0;
  for (; rows.length - from >= batchSize; from += batchSize) yield rows.slice(from, from + batchSize);
  if ((isEnd || sheet.weight > MAX_BATCH_WEIGHT) && from < rows.length) {
    yield rows.slice(from);
    from = rows.length;
  }
  if (from === 0) return;
  rows.splice(0, from);
  sheet.weight = 0;
}
