import { xmlText } from '../platform/xml-text';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PART = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** In characters, as spreadsheets count. */
const WIDTHS: Readonly<Record<string, number>> = { name: 36, phone_number: 22, email: 36, id: 12 };
const DATE_WIDTH = 26;

/** Formats of cells, by their place in `styles`: text, which stays text when somebody edits it, and bold text. */
export const TEXT_STYLE = 1;
export const HEADER_STYLE = 2;

/** Everything of a sheet in front of its rows: the header stays in sight, and columns are wide enough. */
export function sheetHead(columns: readonly string[]): string {
  const widths = columns.map(
    (name, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${WIDTHS[name] ?? DATE_WIDTH}" customWidth="1"/>`,
  );
  const view = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  return (
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${view}</sheetView></sheetViews>` +
    `<cols>${widths.join('')}</cols><sheetData>`
  );
}

export const SHEET_TAIL = '</sheetData></worksheet>';

/** The parts of a workbook beside its sheets, by their paths. */
export type Parts = Readonly<Record<string, string>>;

export function contentTypes(sheets: number): Parts {
  const overrides = [
    ['/xl/workbook.xml', 'sheet.main'],
    ['/xl/styles.xml', 'styles'],
    ...numbers(sheets).map((number) => [`/xl/worksheets/sheet${number}.xml`, 'worksheet']),
  ].map(([path, kind]) => `<Override PartName="${path}" ContentType="${PART}.${kind}+xml"/>`);
  return {
    '[Content_Types].xml':
      `${XML}<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`,
  };
}

export function relations(sheets: number): Parts {
  const list = (targets: readonly (readonly [kind: string, target: string])[]) => {
    const all = targets.map(
      ([kind, target], index) =>
        `<Relationship Id="rId${index + 1}" Type="${DOCUMENT}/${kind}" Target="${target}"/>`,
    );
    return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;
  };
  const sheetTargets = numbers(sheets).map(
    (number) => ['worksheet', `worksheets/sheet${number}.xml`] as const,
  );
  return {
    '_rels/.rels': list([['officeDocument', 'xl/workbook.xml']]),
    'xl/_rels/workbook.xml.rels': list([...sheetTargets, ['styles', 'styles.xml']]),
  };
}

export function workbook(names: readonly string[]): Parts {
  const sheets = names.map(
    (name, index) => `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  return {
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>${sheets.join('')}</sheets></workbook>`,
  };
}

/** Number format 49 is text. */
export function styles(): Parts {
  const font = (bold: string) => `<font>${bold}<sz val="11"/><name val="Calibri"/></font>`;
  const fills = ['none', 'gray125']
    .map((kind) => `<fill><patternFill patternType="${kind}"/></fill>`)
    .join('');
  const format = (words: string) => `<xf borderId="0" fillId="0" ${words}/>`;
  const formats = [
    format('numFmtId="0" fontId="0" xfId="0"'),
    format('numFmtId="49" fontId="0" xfId="0" applyNumberFormat="1"'),
    format('numFmtId="49" fontId="1" xfId="0" applyNumberFormat="1" applyFont="1"'),
  ];
  return {
    'xl/styles.xml':
      `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2">${font('')}${font('<b/>')}</fonts><fills count="2">${fills}</fills>` +
      '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
      `<cellStyleXfs count="1">${format('numFmtId="0" fontId="0"')}</cellStyleXfs>` +
      `<cellXfs count="${formats.length}">${formats.join('')}</cellXfs></styleSheet>`,
  };
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
