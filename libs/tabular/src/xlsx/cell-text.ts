import type { TableLocale } from '../table';
import { createPlainDateFormat, type CellFormat } from './cell-format';
import { formatNumber } from './format-number';
import { parseIsoDate } from './serial-date';
import type { SharedStrings } from './shared-strings';
import { decodeEscapes } from './xml-text';

/** What turns stored values into text. */
export interface CellContext {
  readonly sharedStrings: SharedStrings;
  readonly formatOf: (style: number) => CellFormat;
  readonly is1904: boolean;
  readonly locale: TableLocale;
}

/** A cell as it is stored: its type (`t`), its style (`s`), the text of its value (`v`) and of its inline string (`is`). */
export interface StoredCell {
  readonly type: string;
  readonly style: number;
  readonly value: string;
  readonly inline: string;
}

const BOOLEANS: Readonly<Record<TableLocale, readonly [no: string, yes: string]>> = {
  'pt-BR': ['FALSO', 'VERDADEIRO'],
  en: ['FALSE', 'TRUE'],
  es: ['FALSO', 'VERDADERO'],
};

/** The text of a cell as people see it, but numbers as all their digits. A formula without a value is empty. */
export function cellText(cell: StoredCell, context: CellContext): string {
  const { type, value } = cell;
  if (type === 's') return value === '' ? '' : context.sharedStrings.get(Number(value));
  if (type === '' || type === 'n') {
    return value === ''
      ? decodeEscapes(cell.inline)
      : numberText(value, context.formatOf(cell.style), context);
  }
  if (type === 'b') return booleanText(value, context.locale);
  if (type === 'd') return dateText(value, context.formatOf(cell.style), context);
  // Strings of formulas, errors, inline strings, which some writers put where values belong.
  return decodeEscapes(value === '' ? cell.inline : value);
}

function numberText(value: string, format: CellFormat, { is1904 }: CellContext): string {
  if (format.kind === 'date') {
    const date = format.format(Number(value), is1904);
    if (date !== null) return date;
  }
  const text = formatNumber(value);
  return format.kind === 'plus' && /^[1-9]\d*$/.test(text) ? format.prefix + text : text;
}

function booleanText(value: string, locale: TableLocale): string {
  const [no, yes] = BOOLEANS[locale];
  const text = value.trim();
  if (text === '1' || text === 'true') return yes;
  return text === '0' || text === 'false' ? no : text;
}

function dateText(value: string, format: CellFormat, { locale }: CellContext): string {
  const serial = parseIsoDate(value);
  if (serial === null) return value;
  const plain = () => createPlainDateFormat(locale, serial % 1 !== 0);
  return (format.kind === 'date' ? format.format : plain())(serial, false) ?? value;
}
