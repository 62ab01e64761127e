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
  // A line without anything would be no row to most readers.
  let isPlain = piece[start] !== LINE_FEED;
  for (let at = start; ; at += 1) {
    const first = piece[at] ?? 0;
    if (first === QUOTE) {
      if (isQuotedSuspect[piece[at + 1] ?? 0] === 1) isPlain = false;
      at = copyQuotes(piece, at, lines, shift);
    } else {
      if (isSuspect[first] === 1 && !(first === PLUS && isPhone(piece, at + 1))) isPlain = false;
      at = copyCell(piece, at, lines, shift);
    }
    if (piece[at] !== COMMA) return isPlain ? at : ~at;
    lines[at + shift] = COMMA;
  }
}

/** Up to the comma or line feed behind it. */
function copyCell(piece: Uint8Array, start: number, lines: Uint8Array, shift: number): number {
  for (let at = start; ; at += 1) {
    const byte = piece[at] ?? LINE_FEED;
    if (byte === COMMA || byte === LINE_FEED) return at;
    lines[at + shift] = byte;
  }
}

/** Up to behind the closing quote; quotes inside are doubled. */
function copyQuotes(piece: Uint8Array, start: number, lines: Uint8Array, shift: number): number {
  lines[start + shift] = QUOTE;
  let at = start + 1;
  for (let isOpen = true; at < piece.length; at += 1) {
    const byte = piece[at] ?? 0;
    if (byte === QUOTE) isOpen = !isOpen;
    else if (!isOpen) break;
    lines[at + shift] = byte;
  }
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
