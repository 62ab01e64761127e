import type { ByteSource } from '../byte-source';
import { inflateEntry, type InflateOptions } from './inflate-entry';
import type { CreateInflater } from './inflater';
import { textOfPieces, type Skim } from './piece-text';
import { corruptWorkbook } from './refuse-workbook';
import { createXmlScanner, type XmlHandler, type XmlScanner } from './scan-xml';
import { MAX_SMALL_PART_BYTES, MAX_SMALL_PART_ELEMENTS } from './unpack-limits';
import type { ZipEntry } from './zip-directory';

/** The file that a workbook is read from: its bytes, its parts by key, and what unpacks them. */
export interface WorkbookPackage {
  readonly source: ByteSource;
  readonly entries: ReadonlyMap<string, ZipEntry>;
  readonly createInflater: CreateInflater;
}

/** How a part is read. */
export interface PartOptions extends InflateOptions {
  readonly skim?: Skim;
}

/** The text of a part in small pieces: see `textOfPieces`. Throws `TableRefusal`; errors of the source pass through. */
export function partText(
  pack: WorkbookPackage,
  entry: ZipEntry,
  options: PartOptions,
): AsyncGenerator<string> {
  return textOfPieces(inflateEntry(pack, entry, options), options.skim);
}

/** Lets a scanner read a whole part. */
export async function scanPart(
  pack: WorkbookPackage,
  entry: ZipEntry,
  scanner: XmlScanner,
  options: PartOptions,
): Promise<void> {
  for await (const text of partText(pack, entry, options)) scanner.push(text);
  scanner.end();
}

/** Lets a handler hear one of the parts that say where the others are and how they look. */
export async function scanSmallPart(
  pack: WorkbookPackage,
  key: string,
  handler: XmlHandler,
  signal: AbortSignal | undefined,
): Promise<void> {
  const entry = pack.entries.get(key);
  if (entry === undefined) throw corruptWorkbook('part_missing');
  const scanner = createXmlScanner(handler, MAX_SMALL_PART_ELEMENTS);
  await scanPart(pack, entry, scanner, { maxBytes: MAX_SMALL_PART_BYTES, signal });
}
