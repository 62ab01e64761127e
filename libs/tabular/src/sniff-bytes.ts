import { CsvRefusal } from './csv-refusal';

/** How many bytes are looked at before anything is decoded. */
export const SNIFF_BYTES = 512;

/** First bytes of the kinds of file that people rename to .csv, and the word for them in `params.format`. */
const SIGNATURES: readonly (readonly [format: string, bytes: readonly number[]])[] = [
  ['pdf', ascii('%PDF-')],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['gif', ascii('GIF8')],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0]],
  ['gzip', [0x1f, 0x8b]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['rar', ascii('Rar!')],
  ['rtf', ascii('{\\rtf')],
  ['sqlite', ascii('SQLite format 3')],
  ['tiff', [0x49, 0x49, 0x2a, 0x00]],
  ['tiff', [0x4d, 0x4d, 0x00, 0x2a]],
];

/**
 * Throws `CsvRefusal` when the first bytes of a file show that it is no UTF-8 text: another format by its
 * signature (`not_csv`, `params.format`), UTF-16 or UTF-32 by its byte order mark or its zero bytes (`not_utf8`,
 * `params.encoding`), or control characters in the first line that is not empty (`not_csv`). NUL further down is
 * left to the rows: one such row must not cost the file.
 */
export function refuseOtherFormats(head: Uint8Array): void {
  const encoding = detectWideEncoding(head);
  if (encoding !== null) throw new CsvRefusal('not_utf8', { line: 1, params: { encoding } });
  const format = detectSignature(head);
  if (format !== null) {
    const isWorkbook =
      format === 'zip' && (includes(head, ascii('xl/')) || includes(head, ascii('[Content_Types]')));
    throw new CsvRefusal('not_csv', { line: 1, params: { format: isWorkbook ? 'xlsx' : format } });
  }
  if (hasBinaryFirstLine(head)) throw new CsvRefusal('not_csv', { line: 1, params: { format: 'binary' } });
}

/** The word for the kind of file that these first bytes begin (`zip`, `xls` for OLE, `pdf`, …), or `null`. */
export function detectSignature(head: Uint8Array): string | null {
  return SIGNATURES.find(([, bytes]) => startsWith(head, bytes))?.[0] ?? null;
}

/** UTF-16 or UTF-32 by the byte order mark, UTF-16 also by the zero bytes of Western text; `null` for the rest. */
export function detectWideEncoding(
  head: Uint8Array,
): 'utf-32le' | 'utf-32be' | 'utf-16le' | 'utf-16be' | null {
  if (startsWith(head, [0xff, 0xfe, 0, 0])) return 'utf-32le';
  if (startsWith(head, [0, 0, 0xfe, 0xff])) return 'utf-32be';
  if (startsWith(head, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(head, [0xfe, 0xff])) return 'utf-16be';
  // Without a mark: Western text in UTF-16 has a zero in nearly every second byte, always on the same side.
  const zeros = [0, 0];
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const most = head.length * 0.4;
  if (odd >= most && even * 10 < odd) return 'utf-16le';
  if (even >= most && odd * 10 < even) return 'utf-16be';
  return null;
}

function hasBinaryFirstLine(head: Uint8Array): boolean {
  let from = 0;
  while (from < head.length && isLineEnd(head[from])) from++;
  let to = from;
  let controls = 0;
  for (; to < head.length && !isLineEnd(head[to]); to++) {
    const byte = head[to] ?? 0;
    if (byte === 0) return true;
    if (byte < 0x20 && byte !== 0x09) controls++;
  }
  return controls > (to - from) / 10;
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}

function ascii(text: string): readonly number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

export function startsWith(bytes: Uint8Array, prefix: readonly number[], at = 0): boolean {
  return at + prefix.length <= bytes.length && prefix.every((byte, index) => bytes[at + index] === byte);
}

function includes(bytes: Uint8Array, part: readonly number[]): boolean {
  return bytes.some((_, at) => startsWith(bytes, part, at));
}
