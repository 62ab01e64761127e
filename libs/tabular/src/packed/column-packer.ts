import { isBlankCell } from '../csv-row';
import type { PackedCells } from './cell-batch';

/** A plain cell is no longer, so that there is room for it before it is read. Longer ones are written as text. */
export const PLAIN_CELL_BYTES = 512;

/** A character of UTF-16, and a byte of any other encoding, takes at most so many bytes of UTF-8. */
const MOST_BYTES = 3;
const ROOM = PLAIN_CELL_BYTES * MOST_BYTES;

/** What a batch of long cells took is given back. */
const KEPT_BYTES = 256 * 1024;

const BLANK = 0x20;
const LAST_VISIBLE = 0x7e;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes, and the same bytes four at once. */
export interface Memory {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** The same memory in both forms. */
export function viewBytes(bytes: Uint8Array): Memory {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
}

const memoryOf = (size: number): Memory => viewBytes(new Uint8Array(size));

/** One column of the batch that is being filled. */
export class ColumnPacker {
  /** Where the cell ends that was written last, behind those that are kept. */
  next = 0;
  private end = 0;
  private memory = memoryOf(ROOM);
  private lengths = new Uint32Array(0);
  private longest = 0;
  private filled = 0;

  /** Where the next cell begins. */
  get start(): number {
    return this.end;
  }

  /** Memory in which a plain cell can be written from `start` on. Whoever has done so says in `next` where it ends. */
  room(): Memory {
    if (this.memory.bytes.length - this.end < ROOM) this.grow(ROOM);
    return this.memory;
  }

  /** Writes a cell of any length. Text that was decoded has whole characters only. */
  write(text: string): void {
    const room = text.length * MOST_BYTES;
    if (this.memory.bytes.length - this.end < room) this.grow(room);
    const { bytes } = this.memory;
    let at = this.end;
    for (let i = 0; i < text.length; i++) {
      const code = text.codePointAt(i) ?? 0;
      if (code < 0x80) {
        bytes[at++] = code;
        continue;
      }
      at = writeCharacter(code, bytes, at);
      if (code > 0xffff) i++;
    }
    this.next = at;
  }

  /** Whether the cell that was written last is not blank. */
  hasText(): boolean {
    const { end, next } = this;
    const { bytes } = this.memory;
    // Nearly every cell begins with a visible ASCII character, and is not looked at any further.
    for (let at = end; at < next; at++) {
      const byte = bytes[at] ?? 0;
      if (byte > BLANK && byte <= LAST_VISIBLE) return true;
    }
    return next > end && !isBlankCell(decoder.decode(bytes.subarray(end, next)));
  }

  /** Keeps the cell that was written last as the one of this row. */
  keep(row: number): void {
    const length = this.next - this.end;
    if (row >= this.lengths.length) this.growLengths(row);
    this.lengths[row] = length;
    if (length > this.longest) this.longest = length;
    if (this.hasText()) this.filled++;
    this.end = this.next;
  }

  /** Bytes of the cells that are kept. */
  get size(): number {
    return this.end;
  }

  /** Copies the cells of so many rows to `target`, and begins another batch; `null` without any text. */
  take(rows: number, target: Uint8Array): PackedCells | null {
    const { end, longest, filled } = this;
    if (end === 0) return null;
    target.set(this.memory.bytes.subarray(0, end));
    if (this.lengths.length < rows) this.growLengths(rows);
    const lengths = new (longest < 0x100 ? Uint8Array : longest < 0x10000 ? Uint16Array : Uint32Array)(rows);
    lengths.set(this.lengths.subarray(0, rows));
    this.lengths.fill(0, 0, rows);
    this.end = this.next = this.longest = this.filled = 0;
    if (this.memory.bytes.length > KEPT_BYTES) this.memory = memoryOf(ROOM);
    return { bytes: target, lengths, filled };
  }

  private grow(room: number): void {
    const { bytes } = this.memory;
    const larger = memoryOf(Math.max(bytes.length * 2, this.end + room));
    larger.bytes.set(bytes.subarray(0, this.end));
    this.memory = larger;
  }

  private growLengths(row: number): void {
    const larger = new Uint32Array(Math.max(16, this.lengths.length * 2, row + 1));
    larger.set(this.lengths);
    this.lengths = larger;
  }
}

/** Writes a character beyond ASCII; where it ends. */
export function writeCharacter(code: number, bytes: Uint8Array, at: number): number {
  let to = at;
  if (code < 0x800) {
    bytes[to++] = 0xc0 | (code >> 6);
  } else {
    if (code < 0x10000) {
      bytes[to++] = 0xe0 | (code >> 12);
    } else {
      bytes[to++] = 0xf0 | (code >> 18);
      bytes[to++] = 0x80 | ((code >> 12) & 0x3f);
    }
    bytes[to++] = 0x80 | ((code >> 6) & 0x3f);
  }
  bytes[to++] = 0x80 | (code & 0x3f);
  return to;
}
