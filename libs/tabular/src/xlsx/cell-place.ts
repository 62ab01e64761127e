const A = 0x41;
const Z = 0x5a;
const UPPER = ~0x20;
const ZERO = 0x30;
const NINE = 0x39;

/** `XFD`, the last column of a sheet, has three letters; four are read so that what lies behind it is refused. */
const MAX_LETTERS = 4;
const MAX_DIGITS = 9;

/** Column, from 0, of the cell reference that begins at `from`: `C7` is 2. -1 when it begins with no letter. */
export function readColumn(text: string, from: number): number {
  if (from < 0) return -1;
  let column = 0;
  for (let at = from; at < from + MAX_LETTERS; at++) {
    const code = text.charCodeAt(at) & UPPER;
    if (code < A || code > Z) break;
    column = column * 26 + (code - A + 1);
  }
  return column - 1;
}

/** The whole number, of nine digits at most, that begins at `from`; 0 when there is none. */
export function readWhole(text: string, from: number): number {
  if (from < 0) return 0;
  let number = 0;
  for (let at = from; at < from + MAX_DIGITS; at++) {
    const code = text.charCodeAt(at);
    if (!(code >= ZERO && code <= NINE)) break;
    number = number * 10 + (code - ZERO);
  }
  return number;
}
