import type { ByteSource } from '../byte-source';
import { TableRefusal } from '../table-refusal';
import type { Inflater } from './inflater';
import { readBytes, viewOf } from './read-bytes';
import type { WorkbookPackage } from './read-part';
import { corruptWorkbook, tooLargeUnpacked } from './refuse-workbook';
import { MAX_RATIO, RATIO_COUNTS_FROM_BYTES } from './unpack-limits';
import type { ZipEntry } from './zip-directory';

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

/** Bytes asked of the source at once, and bytes given to the inflater at once: these become 1000 times as many at worst. */
const READ_BYTES = 128 * 1024;
const FEED_BYTES = 32 * 1024;

/** Ten bytes that begin a gzip file without a name. */
const GZIP_HEAD = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);

/** `onRead` hears of each piece of packed bytes, by its length. */
export interface InflateOptions {
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
  readonly onRead?: ((bytes: number) => void) | undefined;
}

/** Refuses an entry for what the directory says of it, before a byte of it is read. */
export function checkEntry(entry: ZipEntry, maxBytes: number): void {
  if (entry.isEncrypted) throw new TableRefusal('password_protected');
  if (entry.method !== STORED && entry.method !== DEFLATED) throw corruptWorkbook('zip_method');
  if (entry.size > maxBytes) throw tooLargeUnpacked(maxBytes);
  if (entry.size > RATIO_COUNTS_FROM_BYTES && entry.size > entry.packedSize * MAX_RATIO) {
    throw tooLargeUnpacked(RATIO_COUNTS_FROM_BYTES);
  }
}

/**
 * The unpacked bytes of an entry, in pieces as the platform's inflater gives them. The inflater is told that it reads
 * gzip: a head and a tail with the directory's checksum and size are put around the packed bytes (stored ones are
 * given as deflate's stored blocks), so that the platform checks both, at no cost of ours. Throws `TableRefusal` when
 * the entry is not what the directory says, as soon as there is a byte too many; errors of the source pass through.
 */
export async function* inflateEntry(
  { source, createInflater }: WorkbookPackage,
  entry: ZipEntry,
  options: InflateOptions,
): AsyncGenerator<Uint8Array> {
  checkEntry(entry, options.maxBytes);
  const from = await findData(source, entry);
  const inflater = createInflater();
  const reader = inflater.readable.getReader();
  const feeding = feed(inflater.writable.getWriter(), packGzip(source, entry, from, options));
  const read = () => {
    const reading = reader.read().catch(() => feeding.explain());
    // Told to whoever waits for the piece; perhaps nobody does.
    reading.catch(() => undefined);
    return reading;
  };
  let size = 0;
  try {
    // Asked for ahead: where inflating has a thread of its own, it goes on while a piece is worked on.
    for (let next = read(); ;) {
      options.signal?.throwIfAborted();
      const { done, value } = await next;
      if (done || value === undefined) break;
      next = read();
      size += value.length;
      if (size > entry.size) throw corruptWorkbook('zip_size');
      yield value;
    }
    if (size !== entry.size) throw corruptWorkbook('zip_size');
  } finally {
    feeding.stop();
    // What is left in a stream that nobody reads; its own errors are no news any more.
    await reader.cancel().catch(() => undefined);
  }
}

/** Where the packed bytes begin. The local header repeats the name, in a length of its own. */
async function findData(source: ByteSource, entry: ZipEntry): Promise<number> {
  const header = viewOf(await readBytes(source, entry.headerAt, entry.headerAt + LOCAL_BYTES));
  if (header.getUint32(0, true) !== LOCAL_SIGNATURE) throw corruptWorkbook('zip_entry');
  const from = entry.headerAt + LOCAL_BYTES + header.getUint16(26, true) + header.getUint16(28, true);
  if (from + entry.packedSize > source.size) throw corruptWorkbook('zip_entry');
  return from;
}

async function* packGzip(
  source: ByteSource,
  entry: ZipEntry,
  from: number,
  { onRead }: InflateOptions,
): AsyncGenerator<Uint8Array> {
  yield GZIP_HEAD;
  const to = from + entry.packedSize;
  for (let at = from; at < to; at += READ_BYTES) {
    const bytes = await readBytes(source, at, Math.min(to, at + READ_BYTES));
    for (let piece = 0; piece < bytes.length; piece += FEED_BYTES) {
      const packed = bytes.subarray(piece, piece + FEED_BYTES);
      if (entry.method === STORED) yield storedHead(packed.length, 0);
      yield packed;
      onRead?.(packed.length);
    }
  }
  if (entry.method === STORED) yield storedHead(0, 1);
  const tail = new Uint8Array(8);
  viewOf(tail).setUint32(0, entry.crc, true);
  viewOf(tail).setUint32(4, entry.size % 2 ** 32, true);
  yield tail;
}

/** Head of a stored block (RFC 1951, 3.2.4): last or not, its length, and the length once more with its bits turned. */
function storedHead(length: number, isLast: 0 | 1): Uint8Array {
  return Uint8Array.of(isLast, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff);
}

type InflaterInput = ReturnType<Inflater['writable']['getWriter']>;

/** Writes to the inflater as fast as it takes. `explain` throws why it failed, `stop` ends it. */
function feed(input: InflaterInput, pieces: AsyncGenerator<Uint8Array>) {
  let sourceError: { readonly error: unknown } | null = null;
  let isStopped = false;

  async function run(): Promise<void> {
    for (;;) {
      let next: IteratorResult<Uint8Array>;
      try {
        next = await pieces.next();
      } catch (error) {
        // Kept for the reader: the stream would only say that it was aborted.
        sourceError = { error };
        return input.abort();
      }
      if (next.done || isStopped) break;
      // Browsers' types refuse shared memory here, and no source of ours is any.
      await input.write(next.value as Uint8Array<ArrayBuffer>);
    }
    return isStopped ? input.abort() : input.close();
  }

  // A stream that failed or was left also fails its writer; the reader is the one who tells.
  run().catch(() => undefined);
  return {
    stop(): void {
      isStopped = true;
    },
    explain(): never {
      throw sourceError === null ? corruptWorkbook('zip_data') : sourceError.error;
    },
  };
}
