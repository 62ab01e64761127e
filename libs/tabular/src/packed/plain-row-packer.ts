import { PLAIN_CELL_BYTES, type Memory } from './column-packer';
import type { CharacterCopier } from './copy-character';
import type { RowPacker } from './row-packer';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const FIRST_HIGH = 0x80;

/** Four bytes at once: their upper bits, one in each of them, and everything below it that may end a line. */
const WORD = 4;
const QUOTES = 0x22222222;
const HIGHS = 0x80808080;
const ONES = 0x01010101;
const CONTROLS = 0x0e0e0e0e;

/**
 * Packs rows straight from the bytes of a piece: those that are whole in it, as wide as the one before, ended by LF or CRLF,
 * of short cells that are not quoted or quoted as a writer does it. What is in any way unusual it leaves to the scanner.
 */
export class PlainRowPacker {
  /** Physical line, from 1, of the next row. */
  line = 1;
  /** Cells that a row has to have. */
  width = 0;
  private readonly delimiters: number;
  /** Where the cell that was read last ended in the piece. */
  private at = 0;

  constructor(
    private readonly packer: RowPacker,
    private readonly delimiter: number,
    private readonly characters: CharacterCopier,
    private readonly maxBytes: number,
  ) {
    this.delimiters = Math.imul(delimiter < FIRST_HIGH ? delimiter : LF, ONES);
  }

  /** Packs the row that begins here. Answers where the next one begins, or `from` for a row that is left. */
  take(piece: Memory, from: number): number {
    const { bytes } = piece;
    const { packer, delimiter, width } = this;
    const { columns } = packer;
    let line = this.line;
    let at = from;
    for (let column = 0; column < width; column++) {
      const target = columns[column];
      if (target === undefined) return from;
      const isQuoted = bytes[at] === QUOTE;
      const next = isQuoted
        ? this.copyQuoted(bytes, at + 1, target.room().bytes, target.start)
        : this.copy(piece, at, target.room(), target.start);
      if (next < 0) return from;
      if (isQuoted) line += countLines(bytes, at, this.at);
      target.next = next;
      at = this.at;
      const byte = bytes[at++];
      if (byte === delimiter) continue;
      const isEnd = byte === LF || (byte === CR && bytes[at++] === LF);
      if (!isEnd || column + 1 < width || at - from > this.maxBytes) return from;
      if (this.hasText()) packer.keep(this.line, width);
      this.line = line + 1;
      return at;
    }
    return from;
  }

  /**
   * Copies a cell without quotes; where it ends there, or -1. Four bytes at a time: the lowest bit of `marks` tells the first
   * byte that is a delimiter, a quote, a control or beyond ASCII, and what was copied from there on is written over.
   */
  private copy({ bytes, view }: Memory, from: number, target: Memory, to: number): number {
    const { delimiter, delimiters, characters } = this;
    const limit = Math.min(bytes.length, from + PLAIN_CELL_BYTES) - WORD;
    let next = to;
    let at = from;
    while (at <= limit) {
      const word = view.getInt32(at, true);
      const quotes = word ^ QUOTES;
      const ends = word ^ delimiters;
      const marks =
        (((word - CONTROLS) & ~word) | ((quotes - ONES) & ~quotes) | ((ends - ONES) & ~ends) | word) & HIGHS;
      target.view.setInt32(next, word, true);
      if (marks === 0) {
        at += WORD;
        next += WORD;
        continue;
      }
      const plain = (31 - Math.clz32(marks & -marks)) >> 3;
      at += plain;
      next += plain;
      const byte = bytes[at] ?? 0;
      if (byte === delimiter || byte === LF || byte === CR || byte === QUOTE) {
        this.at = at;
        return next;
      }
      if (byte < FIRST_HIGH) {
        target.bytes[next++] = byte;
        at++;
        continue;
      }
      const written = characters.copy(bytes, at, target.bytes, next);
      if (written === 0) return -1;
      at += characters.isUtf8 ? written : 1;
      next += written;
    }
    return -1;
  }

  /** The same for a cell behind its opening quote. */
  private copyQuoted(bytes: Uint8Array, from: number, target: Uint8Array, to: number): number {
    const limit = Math.min(bytes.length, from + PLAIN_CELL_BYTES);
    let next = to;
    for (let at = from; at < limit; at++) {
      const byte = bytes[at] ?? 0;
      if (byte >= FIRST_HIGH) {
        const written = this.characters.copy(bytes, at, target, next);
        if (written === 0) return -1;
        if (this.characters.isUtf8) at += written - 1;
        next += written;
      } else if (byte === QUOTE && bytes[++at] !== QUOTE) {
        this.at = at;
        return next;
      } else {
        target[next++] = byte;
      }
    }
    return -1;
  }

  private hasText(): boolean {
    const { columns } = this.packer;
    for (let column = 0; column < this.width; column++) if (columns[column]?.hasText() === true) return true;
    return false;
  }
}

function countLines(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte === CR || (byte === LF && bytes[at - 1] !== CR)) lines++;
  }
  return lines;
}
