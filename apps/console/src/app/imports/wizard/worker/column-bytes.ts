import type { PackedColumn, PackedText } from './packed-column';

/** A character of UTF-16 takes at most so many bytes of UTF-8. */
const BYTES_PER_UNIT = 3;

const encoder = new TextEncoder();

/** A packed column as UTF-8: its own bytes, or made for one batch after the other in the same memory. */
export class ColumnBytes {
  bytes: Uint8Array = new Uint8Array(0);
  /** Where each cell ends, behind the one before it. */
  ends = new Uint32Array(0);
  private scratch = new Uint8Array(0);
  private isEmpty = true;

  /** Takes a column of so many rows; `null` for one that is empty. */
  load(packed: PackedColumn | null, rows: number): void {
    if (this.ends.length < rows) this.ends = new Uint32Array(rows);
    else if (packed === null && !this.isEmpty) this.ends.fill(0);
    this.isEmpty = packed === null;
    if (packed === null) return;
    if ('text' in packed) this.encode(packed);
    else {
      this.bytes = packed.bytes;
      markCells(this.ends, packed.lengths);
    }
  }

  private encode({ text, lengths }: PackedText): void {
    const size = text.length * BYTES_PER_UNIT;
    if (this.scratch.length < size) this.scratch = new Uint8Array(size);
    this.bytes = this.scratch;
    const isAscii = encoder.encodeInto(text, this.bytes).written === text.length;
    if (isAscii) markCells(this.ends, lengths);
    else markUnits(this.ends, lengths, this.bytes);
  }
}

function markCells(ends: Uint32Array, lengths: PackedColumn['lengths']): void {
  let end = 0;
  for (let row = 0; row < lengths.length; row++) {
    end += lengths[row] ?? 0;
    ends[row] = end;
  }
}

/** Lengths are in UTF-16 units: a sequence of four bytes is two of them, every other one is one. */
function markUnits(ends: Uint32Array, lengths: PackedColumn['lengths'], bytes: Uint8Array): void {
  let at = 0;
  for (let row = 0; row < lengths.length; row++) {
    let units = lengths[row] ?? 0;
    while (units > 0) {
      const byte = bytes[at] ?? 0;
      at += byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
      units -= byte < 0xf0 ? 1 : 2;
    }
    ends[row] = at;
  }
}
