import { detectSignature, detectWideEncoding, SNIFF_BYTES } from './sniff-bytes';
import { TableRefusal } from './table-refusal';

/** A ZIP may have something in front of it, which the reader of workbooks knows how to refuse. */
const ZIP_ENTRY = [0x50, 0x4b, 0x03, 0x04];

/**
 * Whether the first bytes of a source begin a workbook (or what has to be refused as one: OLE files, broken ZIPs) or
 * text. Throws `TableRefusal` (`unsupported_type`, `params.format`) for known formats that are neither. The name of
 * the file has no say.
 */
export function detectContainer(head: Uint8Array): 'workbook' | 'text' {
  const start = head.subarray(0, SNIFF_BYTES);
  const format = detectSignature(start);
  if (format === 'zip' || format === 'xls') return 'workbook';
  if (format !== null) throw unsupported(format);
  if (detectWideEncoding(start)?.startsWith('utf-32')) throw unsupported('utf-32');
  return hasZipEntry(start) ? 'workbook' : 'text';
}

function hasZipEntry(bytes: Uint8Array): boolean {
  return bytes.some((_, at) => ZIP_ENTRY.every((byte, index) => bytes[at + index] === byte));
}

const BLANKS = /^[\s\ufeff]+/;
// eslint-disable-next-line no-control-regex -- Ctrl-Z, the end of a file in DOS times
const NOTHING = /^[\s\ufeff,;|]*\x1a*$/;
const HTML_START = /^<(?:!doctype\s+html|html|head|body|meta|table|style|center|div|!--)/i;

/** What programs call .xls or .csv although it is another kind of text, and the word for it in `params.format`. */
const OTHER_TEXTS: readonly (readonly [format: string, start: RegExp])[] = [
  ['xml', /^<(?:\?xml\s|workbook[\s>])[^]*urn:schemas-microsoft-com:office:spreadsheet/i],
  ['html', HTML_START],
  ['html', /^<[a-z?!][^]*<(?:html|table|tr|td)[\s>]/i],
  ['xml', /^<\?xml\s/i],
  ['html', /^mime-version:/i],
  ['json', /^(?:\[\s*)?\{\s*"/],
  ['vcard', /^begin:vcard\s/i],
];

/** How much of the text is looked at; the first line ends somewhere in it, or is judged up to here. */
const LOOKED_AT = 4096;

/**
 * Throws `TableRefusal` for text that is no table of cells: `empty_file` when there is nothing but blanks and empty cells (only if
 * `isWhole`), `unsupported_type` for HTML and its like by how they begin, and for what is no text at all (`binary`).
 * NUL and other controls below the first line are left to the rows: one such row must not cost the file.
 */
export function refuseOtherTexts(text: string, isWhole: boolean): void {
  const start = text.slice(0, LOOKED_AT).replace(BLANKS, '');
  if (isWhole && NOTHING.test(text)) {
    throw new TableRefusal('empty_file');
  }
  const other = OTHER_TEXTS.find(([, pattern]) => pattern.test(start));
  if (other !== undefined) throw unsupported(other[0]);
  if (isBinary(start)) throw unsupported('binary');
}

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROLS = /[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]/g;

/** A NUL in the first line, or more controls than a damaged text would have. */
function isBinary(start: string): boolean {
  const [firstLine = ''] = /^[^\r\n]*/.exec(start) ?? [];
  const share = (part: string) => (part.match(CONTROLS)?.length ?? 0) / Math.max(1, part.length);
  return firstLine.includes('\0') || share(firstLine) > 0.1 || share(start) > 0.1;
}

function unsupported(format: string): TableRefusal {
  return new TableRefusal('unsupported_type', { params: { format } });
}
