import type { PackedCells } from '@ponte/tabular';

/**
 * One column of a batch of rows, flat: the cells' text without anything between them, and how long each cell is. Text files
 * come as UTF-8 and stay so. Of other tables, a text with letters beyond Latin-1 would take two bytes for every letter of the
 * batch, so it is made UTF-8, unless half a surrogate pair is in it, which UTF-8 cannot hold and which must still be there
 * when the rules look at it.
 */
export type PackedColumn = PackedText | PackedCells;

/** Cells in one string. */
export interface PackedText {
  readonly text: string;
  /** In UTF-16 units. */
  readonly lengths: PackedCells['lengths'];
  /** How many cells are not blank. */
  readonly filled: number;
}

const NOT_LATIN = /[^\0-\xff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

const encoder = new TextEncoder();
/** Without this option a cell that begins with U+FEFF would lose it. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Packs the cells of a column; `null` when all are empty. The cells' own strings are copied, not kept. */
export function packColumn(cells: readonly string[]): PackedColumn | null {
  const text = cells.join('');
  if (text === '') return null;
  // Halves at the end of one cell and at the beginning of the next make no character.
  const isWide = NOT_LATIN.test(text) && !LONE_SURROGATE.test(cells.join(' '));
  const lengths = new Uint32Array(cells.length);
  let filled = 0;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] ?? '';
    lengths[i] = isWide ? utf8Length(cell) : cell.length;
    if (!isBlankCell(cell)) filled++;
  }
  const short = shorten(lengths);
  return isWide ? { bytes: encoder.encode(text), lengths: short, filled } : { text, lengths: short, filled };
}

function shorten(lengths: Uint32Array): PackedCells['lengths'] {
  let longest = 0;
  for (const length of lengths) if (length > longest) longest = length;
  return longest < 0x100 ? new Uint8Array(lengths) : longest < 0x10000 ? new Uint16Array(lengths) : lengths;
}

/** Bytes of a text of whole characters in UTF-8: each half of a surrogate pair stands for two of the pair's four. */
function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x80) bytes += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
  }
  return bytes;
}

/** The cells again, as many as were packed. */
export function unpackColumn(packed: PackedColumn): string[] {
  const { lengths } = packed;
  const text = 'text' in packed ? packed.text : decoder.decode(packed.bytes);
  const wide = 'text' in packed || text.length === packed.bytes.length ? null : packed.bytes;
  const cells = new Array<string>(lengths.length);
  let at = 0;
  let byte = 0;
  for (let i = 0; i < cells.length; i++) {
    const length = lengths[i] ?? 0;
    const end = at + (wide === null ? length : countUnits(wide, byte, byte + length));
    cells[i] = text.slice(at, end);
    at = end;
    byte += length;
  }
  return cells;
}

/** UTF-16 units of some UTF-8: every character has one byte that begins it, and those of four bytes are two. */
function countUnits(bytes: Uint8Array, from: number, to: number): number {
  let units = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if ((byte & 0xc0) !== 0x80) units += byte < 0xf0 ? 1 : 2;
  }
  return units;
}

/** The cells of some rows, in rising order. Of UTF-8, theirs alone are decoded, and all at once. */
export function unpackRows(packed: PackedColumn, rows: readonly number[]): string[] {
  const spans = spansOf(packed.lengths, rows);
  if ('text' in packed) return spans.map(([from, to]) => packed.text.slice(from, to));
  const lengths = Uint32Array.from(spans, ([from, to]) => to - from);
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const [from, to] of spans)
    for (let byte = from; byte < to; byte++) bytes[at++] = packed.bytes[byte] ?? 0;
  return unpackColumn({ bytes, lengths, filled: packed.filled });
}

/** Where the cells of some rows lie. */
function spansOf(lengths: PackedCells['lengths'], rows: readonly number[]): (readonly [number, number])[] {
  let at = 0;
  let next = 0;
  return rows.map((row) => {
    for (; next < row; next++) at += lengths[next] ?? 0;
    return [at, at + (lengths[row] ?? 0)];
  });
}

/** One cell alone; of UTF-8 nothing else is decoded. */
export function unpackCell(packed: PackedColumn, row: number): string {
  const { lengths } = packed;
  let at = 0;
  for (let i = 0; i < row; i++) at += lengths[i] ?? 0;
  const end = at + (lengths[row] ?? 0);
  return 'text' in packed ? packed.text.slice(at, end) : decoder.decode(packed.bytes.subarray(at, end));
}

/** Nothing, or nothing but white space. */
export function isBlankCell(cell: string): boolean {
  if (cell === '') return true;
  const first = cell.charCodeAt(0);
  // Nearly every cell begins with a visible ASCII character.
  return (first <= 0x20 || first > 0x7e) && cell.trim() === '';
}
