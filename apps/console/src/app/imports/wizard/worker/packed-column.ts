/**
 * One column of a batch of rows, flat: the cells' text without anything between them, and how long each cell is. A
 * text with letters beyond Latin-1 would take two bytes for every letter of the batch, so it is kept as UTF-8, unless
 * half a surrogate pair is in it, which UTF-8 cannot hold and which must still be there when the rules look at it.
 */
export interface PackedColumn {
  readonly text: string | Uint8Array;
  /** In UTF-16 units. */
  readonly lengths: Uint8Array | Uint16Array | Uint32Array;
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
  for (const cell of cells) if (cell.length > longest) longest = cell.length;
  const lengths = new (longest < 0x100 ? Uint8Array : longest < 0x10000 ? Uint16Array : Uint32Array)(
    cells.length,
  );
  for (let i = 0; i < cells.length; i++) lengths[i] = cells[i]?.length ?? 0;
  const isWide = NOT_LATIN.test(text) && !LONE_SURROGATE.test(text);
  return { text: isWide ? encoder.encode(text) : text, lengths };
}

/** The cells again, as many as were packed. */
export function unpackColumn({ text, lengths }: PackedColumn): string[] {
  const whole = typeof text === 'string' ? text : decoder.decode(text);
  const cells = new Array<string>(lengths.length);
  let at = 0;
  for (let i = 0; i < cells.length; i++) {
    const end = at + (lengths[i] ?? 0);
    cells[i] = whole.slice(at, end);
    at = end;
  }
  return cells;
}
