const A = 0x41;
const Z = 0x5a;
const LOWER = 0x20;

/** Column of a cell's reference, from 0: `C7` is 2. -1 when it begins with no letter or with more than four. */
export function columnOf(reference: string): number {
  let column = 0;
  let at = 0;
  for (; at < reference.length; at++) {
    const code = reference.charCodeAt(at) & ~LOWER;
    if (code < A || code > Z) break;
    column = column * 26 + (code - A + 1);
  }
  return at > 4 ? -1 : column - 1;
}

/** A row's own number; 0 when it is none. */
export function rowNumberOf(text: string): number {
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0 ? number : 0;
}
