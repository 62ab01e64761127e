import { csvLine } from '@ponte/tabular';

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;
const PLUS = 43;
const COMMA = 44;
const ZERO = 48;
const NINE = 57;
const BACKSLASH = 92;
/** Wide signs and byte order marks begin with it. */
const WIDE = 0xef;

/** First bytes of cells that may have to be written in another way than PostgreSQL does. */
const SUSPECTS = [...Buffer.from("'=+-@|"), TAB, WIDE];
/** The same behind a quote, where line breaks, empty texts and COPY's own end mark may stand too. */
const QUOTED_SUSPECTS = [...SUSPECTS, LINE_FEED, CARRIAGE_RETURN, QUOTE, BACKSLASH];
const isSuspect = bytesTable(SUSPECTS);
const isQuotedSuspect = bytesTable(QUOTED_SUSPECTS);

/** Digits of a phone behind its plus sign, as `escapeFormula` exempts it. */
const MIN_DIGITS = 7;
const MAX_DIGITS = 15;

/**
 * Whole rows in PostgreSQL's CSV as `csvLine` writes them, byte by byte, and how many rows they are. Nearly all of them
 * differ by their line ends alone: they are looked over in place, and only the others are taken apart.
 */
export function safeCsv(piece: Uint8Array): { bytes: Uint8Array; rows: number } {
  const lines = new Lines(piece.length);
  let rows = 0;
  for (let start = 0; start < piece.length; rows += 1) {
    const found = endOfRow(piece, start);
    const end = found < 0 ? ~found : found;
    if (found < 0) lines.add(Buffer.from(csvLine(cellsOf(piece.subarray(start, end)))));
    else lines.copy(piece, start, end);
    start = end + 1;
  }
  return { bytes: lines.bytes(), rows };
}

/** Where the row's line feed stands; its complement when a cell of the row is suspect. */
function endOfRow(piece: Uint8Array, start: number): number {
  // A line without anything would be no row to most readers.
  let isPlain = piece[start] !== LINE_FEED;
  for (let at = start; ; at += 1) {
    const first = piece[at] ?? 0;
    if (first === QUOTE) {
      if (isQuotedSuspect[piece[at + 1] ?? 0] === 1) isPlain = false;
      at = endOfQuotes(piece, at + 1);
    } else {
      if (isSuspect[first] === 1 && !(first === PLUS && isPhone(piece, at + 1))) isPlain = false;
      at = endOfCell(piece, at);
    }
    if (piece[at] !== COMMA) return isPlain ? at : ~at;
  }
}

function endOfCell(piece: Uint8Array, at: number): number {
  while (at < piece.length && piece[at] !== COMMA && piece[at] !== LINE_FEED) at += 1;
  return at;
}

/** Behind the closing quote; quotes inside are doubled. */
function endOfQuotes(piece: Uint8Array, at: number): number {
  while (at < piece.length && (piece[at] !== QUOTE || piece[++at] === QUOTE)) at += 1;
  return at;
}

function isPhone(piece: Uint8Array, start: number): boolean {
  let at = start;
  while (isDigit(piece[at])) at += 1;
  const digits = at - start;
  const isWhole = piece[at] === COMMA || piece[at] === LINE_FEED;
  return isWhole && piece[start] !== ZERO && digits >= MIN_DIGITS && digits <= MAX_DIGITS;
}

function isDigit(byte = 0): boolean {
  return byte >= ZERO && byte <= NINE;
}

/** Cells of one row, each behind a comma; those with quotes or commas in them are quoted. */
const CELLS = /,(?:"([^"]*(?:""[^"]*)*)"|([^,]*))/g;

function cellsOf(row: Uint8Array): string[] {
  const text = `,${Buffer.from(row).toString('utf8')}`;
  return Array.from(
    text.matchAll(CELLS),
    ([, quoted, plain]) => plain ?? quoted?.replaceAll('""', '"') ?? '',
  );
}

function bytesTable(bytes: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (bytes.includes(byte) ? 1 : 0));
}

/** Lines of a file, one after the other. */
class Lines {
  private buffer: Buffer;
  private used = 0;

  /** As much room as the rows had, and some for their line ends; escapes may need more. */
  constructor(length: number) {
    this.buffer = Buffer.allocUnsafe(Math.ceil(length * 1.1));
  }

  /** A row of the piece, without its line feed. */
  copy(piece: Uint8Array, start: number, end: number): void {
    this.makeRoom(end - start + 2);
    const { buffer } = this;
    let at = this.used;
    // Faster than `set` for as few bytes as a row has: that makes an object for each.
    for (let from = start; from < end; from += 1) buffer[at++] = piece[from] ?? 0;
    buffer[at++] = CARRIAGE_RETURN;
    buffer[at++] = LINE_FEED;
    this.used = at;
  }

  add(line: Uint8Array): void {
    this.makeRoom(line.length);
    this.buffer.set(line, this.used);
    this.used += line.length;
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.used);
  }

  private makeRoom(length: number): void {
    if (this.used + length <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.used + length));
    larger.set(this.bytes());
    this.buffer = larger;
  }
}
