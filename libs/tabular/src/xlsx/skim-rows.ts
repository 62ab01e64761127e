import { BORDER_BYTES } from './piece-text';
import { asciiBytes, endOfRowTag, isAt, readDigits, type RowTag } from './skim-bytes';

const SPACE = 0x20;
const QUOTE = 0x22;
const AMPERSAND = 0x26;
const SLASH = 0x2f;
const ZERO = 0x30;
const NINE = 0x39;
const LT = 0x3c;
const GT = 0x3e;
const A = 0x41;
const Z = 0x5a;
const C = 0x63;
const DELETE = 0x7f;

const ROW = asciiBytes('<row r="');
const ROW_END = asciiBytes('</row>');
const REFERENCE = asciiBytes('<c r="');
const STYLE = asciiBytes(' s="');
const SHARED = asciiBytes(' t="s"');
const NUMBER = asciiBytes(' t="n"');
const VALUE = asciiBytes('><v>');
const CELL_END = asciiBytes('</v></c>');

const MAX_LETTERS = 3;
const MAX_DIGITS = 9;
/** So many digits a double holds exactly, in the form in which it is printed. */
const MAX_EXACT = 15;
/** No program writes a longer number. */
const MAX_NUMBER = 32;

/** What hears of the rows and cells that were read in place. */
export interface SkimmedRows {
  beginRow(line: number, isHidden: boolean): void;
  /** A shared string's number, or a number as it is stored. */
  addCell(column: number, style: number, value: number | string): void;
  endRow(): void;
}

/** Reads rows in bytes: see `createRowSkimmer`. */
export interface RowSkimmer {
  /** Whether the bytes are in a row, which the caller says at first and is told at last. */
  isInRow: boolean;
  /** Reads from `from` until `to` or what it does not know; where that is. */
  skim(bytes: Uint8Array, from: number, to: number): number;
}

/**
 * Reads rows and cells in the very bytes that spreadsheet programs write: numbers and shared strings, which nearly all
 * cells are, without making text of them. It stops in front of anything else, and of what is not whole, for the scanner
 * of XML to read it, which gives the same.
 */
export function createRowSkimmer(rows: SkimmedRows): RowSkimmer {
  const tag: RowTag = { attributes: new Uint8Array(), isHidden: false };

  /** Where the row's tag ends; -1 where it is none that is read here. So the others below. */
  function skimRow(bytes: Uint8Array, from: number): number {
    if (!isAt(bytes, from, ROW)) return -1;
    const digits = from + ROW.length;
    const close = endOfDigits(bytes, digits);
    const line = readDigits(bytes, digits, close);
    if (bytes[close] !== QUOTE || close - digits > MAX_DIGITS || line === 0) return -1;
    const to = endOfRowTag(bytes, close + 1, tag);
    if (to > 0) rows.beginRow(line, tag.isHidden);
    return to;
  }

  function skimCell(bytes: Uint8Array, from: number): number {
    if (!isAt(bytes, from, REFERENCE)) return -1;
    let at = from + REFERENCE.length;
    const letters = at;
    let column = 0;
    for (let code = bytes[at] ?? 0; code >= A && code <= Z; code = bytes[++at] ?? 0)
      column = column * 26 + code - A + 1;
    if (at === letters || at - letters > MAX_LETTERS) return -1;
    at = endOfDigits(bytes, at);
    if (bytes[at++] !== QUOTE) return -1;
    let style = 0;
    if (bytes[at] === SPACE && isAt(bytes, at, STYLE)) {
      const digits = at + STYLE.length;
      at = endOfDigits(bytes, digits);
      if (at === digits || at - digits > MAX_DIGITS || bytes[at] !== QUOTE) return -1;
      style = readDigits(bytes, digits, at++);
    }
    return skimValue(bytes, at, column - 1, style);
  }

  function skimValue(bytes: Uint8Array, from: number, column: number, style: number): number {
    if (bytes[from] === SLASH && bytes[from + 1] === GT) {
      rows.addCell(column, style, '');
      return from + 2;
    }
    const isTyped = bytes[from] === SPACE;
    const isShared = isTyped && isAt(bytes, from, SHARED);
    if (isTyped && !isShared && !isAt(bytes, from, NUMBER)) return -1;
    const open = isTyped ? from + SHARED.length : from;
    if (!isAt(bytes, open, VALUE)) return -1;
    const value = open + VALUE.length;
    const digits = endOfDigits(bytes, value);
    const to = isShared ? digits : endOfNumber(bytes, digits);
    if (to === value || to - value > (isShared ? MAX_DIGITS : MAX_NUMBER) || !isAt(bytes, to, CELL_END))
      return -1;
    if (isShared) rows.addCell(column, style, readDigits(bytes, value, to));
    else rows.addCell(column, style, readNumber(bytes, value, to, digits === to));
    return to + CELL_END.length;
  }

  /** In a row: a cell or the row's end. */
  function skimInRow(bytes: Uint8Array, at: number): number {
    if (bytes[at + 1] === C) return skimCell(bytes, at);
    if (!isAt(bytes, at, ROW_END)) return -1;
    skimmer.isInRow = false;
    rows.endRow();
    return at + ROW_END.length;
  }

  const skimmer = {
    isInRow: false,
    skim(bytes: Uint8Array, from: number, to: number): number {
      // Whoever looks beyond the end of an array is slow from then on: no usual row or cell reaches beyond the border.
      const last = Math.min(to, bytes.length - BORDER_BYTES);
      let at = from;
      while (at < last) {
        let next: number;
        if (skimmer.isInRow) next = skimInRow(bytes, at);
        else {
          next = skimRow(bytes, at);
          skimmer.isInRow = next > 0;
        }
        if (next < 0) break;
        at = next;
      }
      return at;
    },
  };
  return skimmer;
}

function endOfDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  for (let code = bytes[at] ?? 0; code >= ZERO && code <= NINE; code = bytes[++at] ?? 0);
  return at;
}

/** Where the text of a value ends that begins like a number: letters stand for themselves, references do not. */
function endOfNumber(bytes: Uint8Array, from: number): number {
  let at = from;
  for (let code = bytes[at] ?? 0; code > SPACE && code < DELETE; code = bytes[++at] ?? 0) {
    if (code === LT || code === GT || code === AMPERSAND) break;
  }
  return at;
}

/** A number as it is stored: mostly its digits, which need not be copied out one by one. */
function readNumber(bytes: Uint8Array, from: number, to: number, isWhole: boolean): string {
  const isPlain = isWhole && to - from <= MAX_EXACT && (bytes[from] !== ZERO || to - from === 1);
  return isPlain ? `${readDigits(bytes, from, to)}` : String.fromCharCode(...bytes.subarray(from, to));
}
