import { buildZip, type BuildZipOptions, type ZipPart } from './build-zip';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** A sheet by its rows in XML: `<row><c t="str"><v>Ana</v></c></row>`. */
export interface XlsxSheet {
  readonly rows: string;
  readonly name?: string;
  readonly state?: string;
  /** `chartsheet` makes it no worksheet. */
  readonly kind?: string;
}

/** What a small workbook holds, in XML where a test wants to say how it is written. */
export interface BuildXlsxOptions {
  readonly sheets: readonly XlsxSheet[];
  /** `<si>` elements. */
  readonly sharedStrings?: string;
  /** Number formats of the cell styles, in order: ids of built-in ones, or codes. Style 0 is General. */
  readonly formats?: readonly (number | string)[];
  readonly is1904?: boolean;
  /** Parts that replace those of the same name; `null` leaves one out. */
  readonly parts?: Readonly<Record<string, string | Uint8Array | null>>;
  readonly zip?: BuildZipOptions;
  /** What is changed about every entry of the ZIP. */
  readonly entry?: Partial<Omit<ZipPart, 'name' | 'data'>>;
}

/** Bytes of a workbook of a few parts, written out by hand so that every oddity can be put in. */
export function buildXlsx(options: BuildXlsxOptions): Uint8Array {
  const parts = new Map<string, string | Uint8Array | null>([
    ['[Content_Types].xml', `<Types xmlns="${PACKAGE}/content-types"/>`],
    ['_rels/.rels', relations([['rId1', 'officeDocument', 'xl/workbook.xml']])],
    ['xl/workbook.xml', workbook(options)],
    ['xl/_rels/workbook.xml.rels', workbookRelations(options.sheets)],
    ...options.sheets.map(({ rows }, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheet(rows)] as const),
    ['xl/sharedStrings.xml', `<sst xmlns="${MAIN}">${options.sharedStrings ?? ''}</sst>`],
    ['xl/styles.xml', styles(options.formats ?? [])],
    ...Object.entries(options.parts ?? {}),
  ]);
  const entries = [...parts].flatMap(([name, data]) =>
    data === null ? [] : [{ name, data, ...options.entry }],
  );
  return buildZip(entries, options.zip);
}

function sheet(rows: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`;
}

function workbook({ sheets, is1904 }: BuildXlsxOptions): string {
  const list = sheets.map(({ name, state }, i) => {
    const visibility = state === undefined ? '' : ` state="${state}"`;
    return `<sheet name="${name ?? `Sheet${i + 1}`}" sheetId="${i + 1}"${visibility} r:id="rId${i + 1}"/>`;
  });
  const system = is1904 ? '<workbookPr date1904="1"/>' : '';
  return `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${system}<sheets>${list.join('')}</sheets></workbook>`;
}

function workbookRelations(sheets: readonly XlsxSheet[]): string {
  return relations([
    ...sheets.map(
      ({ kind }, i) => [`rId${i + 1}`, kind ?? 'worksheet', `worksheets/sheet${i + 1}.xml`] as const,
    ),
    ['rIdS', 'styles', 'styles.xml'],
    ['rIdT', 'sharedStrings', 'sharedStrings.xml'],
  ]);
}

function relations(list: readonly (readonly [id: string, kind: string, target: string])[]): string {
  const all = list.map(
    ([id, kind, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;
}

function styles(formats: readonly (number | string)[]): string {
  const idOf = (format: number | string, i: number) => (typeof format === 'number' ? format : 200 + i);
  const codes = formats.map((format, i) =>
    typeof format === 'number'
      ? ''
      : `<numFmt numFmtId="${idOf(format, i)}" formatCode="${escapeXml(format)}"/>`,
  );
  const xfs = ['<xf numFmtId="0"/>', ...formats.map((format, i) => `<xf numFmtId="${idOf(format, i)}"/>`)];
  return `<styleSheet xmlns="${MAIN}"><numFmts>${codes.join('')}</numFmts><cellXfs>${xfs.join('')}</cellXfs></styleSheet>`;
}

/** Text for an attribute or an element of XML. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
