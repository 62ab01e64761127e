import { readColumn, readWhole } from './cell-place';

const QUOTE = 0x22;
const GT = 0x3e;
const ZERO = 0x30;
const NINE = 0x39;

const BEGIN = '<c r="';
const STYLE = ' s="';
const SHARED = ' t="s"';
const NUMBER = ' t="n"';
const VALUE = '><v>';
const END = '</v></c>';

const MAX_REFERENCE = 12;
const MAX_DIGITS = 9;

/** A cell as nearly all are: a place, perhaps a style, and a shared string or a number of digits alone. */
export interface PlainCell {
  column: number;
  style: number;
  isShared: boolean;
  /** Where the digits of the value begin and end in the text. */
  from: number;
  to: number;
}

/**
 * Reads the cell whose `<` is at `at`, in the very letters that spreadsheet programs write, into `cell`. Where it ends;
 * -1 for any other cell and for one that is not whole in the text, which the scanner then reads like any markup.
 */
export function readPlainCell(text: string, at: number, cell: PlainCell): number {
  if (!isAt(text, at, BEGIN)) return -1;
  let next = at + BEGIN.length;
  cell.column = readColumn(text, next);
  if (cell.column < 0) return -1;
  const close = text.indexOf('"', next);
  if (close < 0 || close - next > MAX_REFERENCE) return -1;
  next = close + 1;
  cell.style = 0;
  if (isAt(text, next, STYLE)) {
    next += STYLE.length;
    cell.style = readWhole(text, next);
    next = endOfDigits(text, next);
    if (text.charCodeAt(next++) !== QUOTE) return -1;
  }
  cell.isShared = isAt(text, next, SHARED);
  if (cell.isShared || isAt(text, next, NUMBER)) next += SHARED.length;
  if (text.charCodeAt(next) !== GT || !isAt(text, next, VALUE)) return -1;
  cell.from = next + VALUE.length;
  cell.to = endOfDigits(text, cell.from);
  const isRead = cell.to > cell.from && !(cell.isShared && cell.to - cell.from > MAX_DIGITS);
  return isRead && isAt(text, cell.to, END) ? cell.to + END.length : -1;
}

function endOfDigits(text: string, from: number): number {
  let at = from;
  for (; ; at++) {
    const code = text.charCodeAt(at);
    if (!(code >= ZERO && code <= NINE)) return at;
  }
}

/** `startsWith` without its call: the words are short, and most differ in the second letter. */
function isAt(text: string, at: number, words: string): boolean {
  for (let i = 0; i < words.length; i++) {
    if (text.charCodeAt(at + i) !== words.charCodeAt(i)) return false;
  }
  return true;
}
