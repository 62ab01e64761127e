import { once } from 'node:events';
import { createInflateRaw } from 'node:zlib';

const LOCAL_HEADER = 0x04034b50;
const HEADER_BYTES = 30;
/** Checksum and sizes behind the content, with their signature. */
const DESCRIPTOR_BYTES = 16;

/**
 * The unpacked content of every entry of an archive that `zipFile` wrote, one after the other, while the archive is read from
 * its beginning. Holds a few pieces in memory.
 */
export async function* unpackedBytes(archive: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const bytes = new ByteQueue(archive[Symbol.asyncIterator]());
  for (;;) {
    const header = await bytes.take(HEADER_BYTES);
    if (header.length < HEADER_BYTES || header.readUInt32LE(0) !== LOCAL_HEADER) return;
    await bytes.take(header.readUInt16LE(26) + header.readUInt16LE(28));
    yield* inflated(bytes);
    await bytes.take(DESCRIPTOR_BYTES);
  }
}

/** Unpacks until the packed content says that it ends, and gives back what was read beyond its end. */
async function* inflated(bytes: ByteQueue): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw();
  const unpacked: Uint8Array[] = [];
  inflate.on('data', (piece: Uint8Array) => unpacked.push(piece));
  const ended = once(inflate, 'end').then(() => true);
  let fed = 0;
  for (let isOver = false; !isOver;) {
    const piece = await bytes.next();
    if (piece === null) return;
    fed += piece.length;
    const written = new Promise<boolean>((resolve, reject) =>
      inflate.write(piece, (error) => (error ? reject(error) : resolve(false))),
    );
    // Bytes behind the end are left where they are, and the stream ends instead of taking them.
    isOver = await Promise.race([written, ended]);
    if (isOver) bytes.giveBack(piece.subarray(piece.length - (fed - inflate.bytesWritten)));
    yield* unpacked.splice(0);
  }
}

/** Pieces that can be taken apart and given back. */
class ByteQueue {
  private held: Buffer = Buffer.alloc(0);

  constructor(private readonly source: AsyncIterator<Uint8Array>) {}

  /** What is held, or the next piece; null at the end. */
  async next(): Promise<Buffer | null> {
    if (this.held.length > 0) {
      const { held } = this;
      this.held = Buffer.alloc(0);
      return held;
    }
    const { value, done } = await this.source.next();
    return done === true ? null : Buffer.from(value);
  }

  /** So many bytes; fewer at the end. */
  async take(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let missing = count; missing > 0;) {
      const piece = await this.next();
      if (piece === null) break;
      parts.push(piece.subarray(0, missing));
      this.giveBack(piece.subarray(missing));
      missing -= Math.min(missing, piece.length);
    }
    return Buffer.concat(parts);
  }

  giveBack(rest: Buffer): void {
    this.held = Buffer.concat([rest, this.held]);
  }
}
