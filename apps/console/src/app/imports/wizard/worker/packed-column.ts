/**
 * One column of a batch of rows, flat: the cells' text without anything between them, and how long each cell is. A
 * text with letters beyond Latin-1 would take two bytes for every letter of the batch, so it is kept as UTF-8, unless
 * half a surrogate pair is in it, which UTF-8 cannot hold and which must still be there when the rules look at it.
 */
export interface PackedColumn {
  readonly text: string | Uint8Array;
  /** In UTF-16 units. */
  readonly lengths: Uint8Array | Uint16Array | Uint32Array;
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
  let longest = 0;
  let filled = 0;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] ?? '';
    if (cell.length > longest) longest = cell.length;
    if (!isBlankCell(cell)) filled++;
  }
  const lengths = new (longest < 0x100 ? Uint8Array : longest < 0x10000 ? Uint16Array : Uint32Array)(
    cells.length,
  );
  for (let i = 0; i < cells.length; i++) lengths[i] = cells[i]?.length ?? 0;
  const isWide = NOT_LATIN.test(text) && !LONE_SURROGATE.test(text);
  return { text: isWide ? encoder.encode(text) : text, lengths, filled };
}

/** The column's text in one piece. */
export function unpackText({ text }: PackedColumn): string {
  return typeof text === 'string' ? text : decoder.decode(text);
}

/** The cells again, as many as were packed. */
export function unpackColumn(packed: PackedColumn): string[] {
  const { lengths } = packed;
  const whole = unpackText(packed);
  const cells = new Array<string>(lengths.length);
  let at = 0;
  for (let i = 0; i < cells.length; i++) {
    const end = at + (lengths[i] ?? 0);
    cells[i] = whole.slice(at, end);
    at = end;
  }
  return cells;
}

/** One cell alone, out of the column's unpacked text. */
export function unpackCell({ lengths }: PackedColumn, text: string, row: number): string {
  let at = 0;
  for (let i = 0; i < row; i++) at += lengths[i] ?? 0;
  return text.slice(at, at + (lengths[row] ?? 0));
}

/** Gives cells of a column by their rows, which may only rise: a few of many, of which the others are not made. */
export function createCellReader(packed: PackedColumn | null): (row: number) => string {
  if (packed === null) return () => '';
  const { lengths } = packed;
  let text: string | null = null;
  let next = 0;
  let at = 0;
  return (row) => {
    text ??= unpackText(packed);
    for (; next < row; next++) at += lengths[next] ?? 0;
    return text.slice(at, at + (lengths[row] ?? 0));
  };
}

/** Nothing, or nothing but white space. */
export function isBlankCell(cell: string): boolean {
  if (cell === '') return true;
  const first = cell.charCodeAt(0);
  // Nearly every cell begins with a visible ASCII character.
  return (first <= 0x20 || first > 0x7e) && cell.trim() === '';
}
