const SPACE = 0x20;
const QUOTE = 0x22;
const ZERO = 0x30;
const EQUALS = 0x3d;
const GT = 0x3e;

const HIDDEN = 'hidden';

/** ASCII as bytes. */
export function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Whether the word stands at the place. */
export function isAt(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}

/** The number that digits make; 0 of none. */
export function readDigits(bytes: Uint8Array, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) number = number * 10 + ((bytes[at] ?? 0) - ZERO);
  return number;
}

/** The attributes of the last row behind its number, `>` included, and what they said. */
export interface RowTag {
  attributes: Uint8Array;
  isHidden: boolean;
}

/**
 * Reads the attributes of a row behind its number into `tag`. Most rows have the very ones of the row before. Where the
 * tag ends; -1 for a tag that is not whole, or not written as usual.
 */
export function endOfRowTag(bytes: Uint8Array, from: number, tag: RowTag): number {
  if (tag.attributes.length > 0 && isAt(bytes, from, tag.attributes)) return from + tag.attributes.length;
  let isHidden: boolean | null = null;
  let at = from;
  while (bytes[at] === SPACE) {
    const name = at + 1;
    const equals = bytes.indexOf(EQUALS, name);
    const close = bytes[equals + 1] === QUOTE ? bytes.indexOf(QUOTE, equals + 2) : -1;
    if (equals < 0 || close < 0) return -1;
    const word = textOf(bytes, name, equals);
    if (!NAME.test(word)) return -1;
    if (word === HIDDEN) isHidden ??= TRUE.has(textOf(bytes, equals + 2, close));
    else if (word.endsWith(HIDDEN)) return -1;
    at = close + 1;
  }
  if (bytes[at] !== GT) return -1;
  tag.attributes = bytes.slice(from, at + 1);
  tag.isHidden = isHidden ?? false;
  return at + 1;
}

const NAME = /^[a-zA-Z][\w:.-]*$/;
const TRUE: ReadonlySet<string> = new Set(['1', 'true']);
const LONGEST = 64;

/** ASCII as text, cut where it is too long to mean anything here. */
function textOf(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, Math.min(to, from + LONGEST)));
}
