import { pipeline } from 'node:stream/promises';
import { constants, crc32, createDeflateRaw } from 'node:zlib';

/** One file of an archive: its path, and its bytes in pieces. */
export interface ZipEntry {
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** 2.0: the version that knows folders and deflate. */
const VERSION = 20;
/** Sizes and checksum follow the content, and the name is UTF-8. */
const FLAGS = 0x0808;
const DEFLATE = 8;
/** The first day that the format knows, at midnight: when it was packed is nobody's business. */
const DATE = 0x0021;
const MOST = 0xffff_ffff;

interface Packed {
  readonly name: Buffer;
  readonly offset: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
}

/**
 * An archive in pieces, packed fast rather than small while the entries come, one after the other. Holds a few pieces in
 * memory, and asks for no more than is taken. Errors of the entries pass through; throws beyond 4 GB.
 */
export async function* zipFile(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const packed: Packed[] = [];
  let offset = 0;
  for await (const { name: text, content } of entries) {
    const name = Buffer.from(text);
    const entry = { name, offset, crc: 0, packedBytes: 0, bytes: 0 };
    const head = localHeader(name);
    yield head;
    for await (const piece of deflated(content, entry)) {
      entry.packedBytes += piece.length;
      yield piece;
    }
    const tail = descriptor(entry);
    yield tail;
    offset += head.length + entry.packedBytes + tail.length;
    if (Math.max(offset, entry.bytes) > MOST) throw new Error('The archive is larger than its format holds.');
    packed.push(entry);
  }
  const directory = Buffer.concat(packed.map(centralHeader));
  yield directory;
  yield endOfDirectory(packed.length, directory.length, offset);
}

async function* deflated(
  content: ZipEntry['content'],
  entry: { crc: number; bytes: number },
): AsyncGenerator<Uint8Array> {
  const deflate = createDeflateRaw({ level: constants.Z_BEST_SPEED });
  const feeding = pipeline(async function* () {
    for await (const piece of content) {
      entry.crc = crc32(piece, entry.crc);
      entry.bytes += piece.length;
      yield piece;
    }
  }, deflate);
  // Whoever takes the pieces gets the same error from them.
  feeding.catch(() => undefined);
  yield* deflate as AsyncIterable<Uint8Array>;
  await feeding;
}

function localHeader(name: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(LOCAL, 0);
  describe(header, 4, name);
  return Buffer.concat([header, name]);
}

function descriptor({ crc, packedBytes, bytes }: Packed): Buffer {
  const block = Buffer.alloc(16);
  [DESCRIPTOR, crc, packedBytes, bytes].forEach((value, index) => block.writeUInt32LE(value, index * 4));
  return block;
}

function centralHeader({ name, offset, crc, packedBytes, bytes }: Packed): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(CENTRAL, 0);
  header.writeUInt16LE(VERSION, 4);
  describe(header, 6, name);
  [crc, packedBytes, bytes].forEach((value, index) => header.writeUInt32LE(value, 16 + index * 4));
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, name]);
}

/** What local and central headers have in common, from the version to the length of the name. */
function describe(header: Buffer, at: number, name: Buffer): void {
  [VERSION, FLAGS, DEFLATE, 0, DATE].forEach((value, index) => header.writeUInt16LE(value, at + index * 2));
  header.writeUInt16LE(name.length, at + 22);
}

function endOfDirectory(entries: number, bytes: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(bytes, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
