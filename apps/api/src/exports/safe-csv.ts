import { csvLine } from '@ponte/tabular';

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const PLUS = 43;
const COMMA = 44;
const ZERO = 48;
const NINE = 57;
const SEMICOLON = 59;
const BACKSLASH = 92;
/**
 * First bytes of signs and blanks beyond ASCII: no-break spaces, white space and invisible marks, the ideographic space,
 * wide signs and byte order marks.
 */
const WIDE = [0xc2, 0xe1, 0xe2, 0xe3, 0xef];
/** The ideographic space's second byte: others behind 0xe3 are letters of Japanese. */
const IDEOGRAPHIC = 0xe3;
const PUNCTUATION = 0x80;

/** First bytes of cells that may have to be written in another way than PostgreSQL does. */
const SUSPECTS = [...Array(SPACE + 1).keys(), ...Buffer.from("'=+-@|\x7f"), ...WIDE].filter(
  (byte) => byte !== LINE_FEED,
);
/** The same behind a quote, where line breaks, empty texts and COPY's own end mark may stand too. */
const QUOTED_SUSPECTS = [...SUSPECTS, LINE_FEED, QUOTE, BACKSLASH];
const isSuspect = bytesTable(SUSPECTS);
const isQuotedSuspect = bytesTable(QUOTED_SUSPECTS);

/** What may begin a cell for programs that do not split by commas, or ends a cell for us. */
const isEnd = bytesTable([TAB, LINE_FEED, CARRIAGE_RETURN, COMMA, SEMICOLON]);

/** How much longer rows get by their carriage returns, unless they are very short or full of escapes. */
const LINE_ENDS = 1.1;

/** Digits of a phone behind its plus sign, as `escapeFormula` exempts it. */
const MIN_DIGITS = 7;
const MAX_DIGITS = 15;

/** Lines of the file. Their bytes are written to again when the next ones are asked for. */
interface SafeLines {
  readonly bytes: Uint8Array;
  readonly rows: number;
}

/**
 * Pieces of whole rows in PostgreSQL's CSV as `csvLine` writes them, byte by byte. Nearly all rows differ by their line ends
 * alone: they are looked over while they are copied, and only the others are taken apart.
 */
export async function* safeCsv(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<SafeLines> {
  let room: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    if (room.length < piece.length * LINE_ENDS) room = Buffer.allocUnsafeSlow(2 * piece.length);
    const { lines, used, rows } = writeLines(piece, room);
    yield { bytes: lines.subarray(0, used), rows };
    room = lines;
  }
}

/** Writes into the room, or into a larger one. */
function writeLines(piece: Uint8Array, room: Buffer): { lines: Buffer; used: number; rows: number } {
  let lines = room;
  let used = 0;
  let rows = 0;
  for (let start = 0; start < piece.length;) {
    const found = copyRow(piece, start, lines, used);
    const end = found < 0 ? ~found : found;
    const line = found < 0 ? Buffer.from(csvLine(cellsOf(piece.subarray(start, end)))) : null;
    const next = used + (line?.length ?? end - start + 2);
    if (next > lines.length) {
      // What did not fit was not written: the row comes again.
      lines = Buffer.concat([lines.subarray(0, used)], 2 * next);
      continue;
    }
    if (line === null) {
      lines[next - 2] = CARRIAGE_RETURN;
      lines[next - 1] = LINE_FEED;
    } else lines.set(line, used);
    used = next;
    rows += 1;
    start = end + 1;
  }
  return { lines, used, rows };
}

/** Answers where the row's line feed stands; its complement when a cell of the row is suspect. Copies up to there. */
function copyRow(piece: Uint8Array, start: number, lines: Uint8Array, used: number): number {
  const shift = used - start;
  const isQuoted = beginsWithQuotedPhone(piece, start);
  // A line without anything would be no row to most readers.
  let isPlain = piece[start] !== LINE_FEED;
  for (let at = start; ; at += 1) {
    const first = piece[at] ?? 0;
    if (first === QUOTE) {
      const end = copyQuotes(piece, at, lines, shift);
      if (end < 0 && !(isQuoted && at === start)) isPlain = false;
      at = end < 0 ? ~end : end;
    } else {
      if (isSuspect[first] === 1 && !isHarmless(piece, at, start)) isPlain = false;
      const end = copyCell(piece, at, lines, shift);
      if (isQuoted && end > at) isPlain = false;
      at = end;
    }
    const end = piece[at] ?? LINE_FEED;
    if (end === LINE_FEED) return isPlain ? at : ~at;
    lines[at + shift] = end;
  }
}

/** Up to the byte that ends the cell, for us or for a program that splits otherwise. */
function copyCell(piece: Uint8Array, start: number, lines: Uint8Array, shift: number): number {
  for (let at = start; ; at += 1) {
    const byte = piece[at] ?? LINE_FEED;
    if (isEnd[byte] === 1) return at;
    lines[at + shift] = byte;
  }
}

/** Up to behind the closing quote; quotes inside are doubled. The complement when a cell that begins in it is suspect. */
function copyQuotes(piece: Uint8Array, start: number, lines: Uint8Array, shift: number): number {
  lines[start + shift] = QUOTE;
  let isPlain = isQuotedSuspect[piece[start + 1] ?? 0] === 0;
  let at = start + 1;
  for (let isOpen = true; at < piece.length; at += 1) {
    const byte = piece[at] ?? 0;
    if (byte === QUOTE) isOpen = !isOpen;
    else if (!isOpen) break;
    else if (isEnd[byte] === 1 && byte !== COMMA && isQuotedSuspect[piece[at + 1] ?? 0] === 1)
      isPlain = false;
    lines[at + shift] = byte;
  }
  return isPlain ? at : ~at;
}

/** A line of several cells that begins with a phone has all its cells in quotes: see `csvLine`. */
function beginsWithQuotedPhone(piece: Uint8Array, start: number): boolean {
  if (piece[start] !== QUOTE || piece[start + 1] !== PLUS) return false;
  const end = phoneEnd(piece, start + 2);
  return piece[end] === QUOTE && piece[end + 1] === COMMA;
}

/** Whether a cell of the row is written as it is although its first byte is suspect: a letter of Japanese, a phone. */
function isHarmless(piece: Uint8Array, at: number, rowStart: number): boolean {
  if (piece[at] === IDEOGRAPHIC) return piece[at + 1] !== PUNCTUATION;
  if (piece[at] !== PLUS) return false;
  const end = piece[phoneEnd(piece, at + 1)];
  if (at === rowStart) return end === LINE_FEED;
  return piece[at - 1] === COMMA && (end === COMMA || end === LINE_FEED);
}

/** Behind the last digit of a phone; -1 when there is none. */
function phoneEnd(piece: Uint8Array, start: number): number {
  let at = start;
  while (isDigit(piece[at])) at += 1;
  const digits = at - start;
  return piece[start] !== ZERO && digits >= MIN_DIGITS && digits <= MAX_DIGITS ? at : -1;
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
