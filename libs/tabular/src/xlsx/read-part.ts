import type { ByteSource } from '../byte-source';
import { createXmlDecoder } from './decode-xml';
import { inflateEntry, type InflateOptions } from './inflate-entry';
import { corruptWorkbook } from './refuse-workbook';
import { createXmlScanner, type XmlHandler, type XmlScanner } from './scan-xml';
import { MAX_SMALL_PART_BYTES, MAX_SMALL_PART_ELEMENTS } from './unpack-limits';
import type { ZipEntry } from './zip-directory';

/** The file that a workbook is read from: its bytes and its parts by key. */
export interface WorkbookPackage {
  readonly source: ByteSource;
  readonly entries: ReadonlyMap<string, ZipEntry>;
}

/** Browsers inflate in larger pieces than Node; small ones bound what one piece of hostile markup can become. */
const PIECE_BYTES = 16 * 1024;

const GT = 0x3e;

/** The text of a part in small pieces, cut anywhere. Throws `TableRefusal`; errors of the source pass through. */
export async function* partText(
  source: ByteSource,
  entry: ZipEntry,
  options: InflateOptions,
): AsyncGenerator<string> {
  const decoder = createXmlDecoder();
  for await (const bytes of inflateEntry(source, entry, options)) {
    for (let at = 0; at < bytes.length;) {
      const to = endOfPiece(bytes, at, decoder.isWaiting);
      yield decoder.decode(bytes.subarray(at, to));
      at = to;
    }
    release(bytes);
  }
  yield decoder.end();
}

/** Behind a tag, so that nothing is unfinished: behind the first one while bytes wait for their end, else the last. */
function endOfPiece(bytes: Uint8Array, from: number, isWaiting: boolean): number {
  const most = Math.min(bytes.length, from + PIECE_BYTES);
  if (!isWaiting && most === bytes.length) return most;
  const tagEnd = isWaiting ? bytes.indexOf(GT, from) : bytes.lastIndexOf(GT, most - 1);
  return tagEnd >= from && tagEnd < most ? tagEnd + 1 : most;
}

/**
 * Gives the memory of an inflated piece back at once, where the platform can (browsers, Node from 21): the collector is
 * in no hurry with it, and a large sheet would leave hundreds of megabytes. A piece that shares its buffer is left alone.
 */
function release({ buffer, byteLength }: Uint8Array): void {
  const isWhole = buffer.byteLength === byteLength;
  if (isWhole && 'transfer' in buffer && typeof buffer.transfer === 'function') buffer.transfer(0);
}

/** Lets a scanner read a whole part. */
export async function scanPart(
  source: ByteSource,
  entry: ZipEntry,
  scanner: XmlScanner,
  options: InflateOptions,
): Promise<void> {
  for await (const text of partText(source, entry, options)) scanner.push(text);
  scanner.end();
}

/** Lets a handler hear one of the parts that say where the others are and how they look. */
export async function scanSmallPart(
  { source, entries }: WorkbookPackage,
  key: string,
  handler: XmlHandler,
  signal: AbortSignal | undefined,
): Promise<void> {
  const entry = entries.get(key);
  if (entry === undefined) throw corruptWorkbook('part_missing');
  const scanner = createXmlScanner(handler, MAX_SMALL_PART_ELEMENTS);
  await scanPart(source, entry, scanner, { maxBytes: MAX_SMALL_PART_BYTES, signal });
}
