import { corruptWorkbook } from './refuse-workbook';

const REFERENCES = /&([^;&]{0,12});|&/g;
const LINE_ENDS = /\r\n?/g;

/** The five entities that XML has without a DTD. */
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * Text as it stands in XML to the text that it means: line ends become LF, entities and character references the
 * characters. Throws `corrupt_workbook` for a reference that XML does not know.
 */
export function decodeXmlText(raw: string): string {
  return raw.replace(LINE_ENDS, '\n').replace(REFERENCES, decodeReference);
}

function decodeReference(_: string, name: string | undefined): string {
  const entity = ENTITIES.get(name ?? '');
  if (entity !== undefined) return entity;
  const digits = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name ?? '');
  if (digits === null) throw corruptWorkbook('xml_entity');
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16);
  if (code > 0x10ffff) throw corruptWorkbook('xml_entity');
  return String.fromCodePoint(code);
}

const ESCAPES = /_x([0-9a-fA-F]{4})_/g;

/**
 * `_xHHHH_` in a string of a workbook (ST_Xstring of ECMA-376, 22.9.2.19) stands for a character that XML cannot
 * hold, and `_x005F_` for an underscore that would look like the beginning of such an escape.
 */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(ESCAPES, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
