import type { TableLocale } from '../table';
import { createDateFormat, isDateFormat, type DateFormat } from './date-format';
import { DATE_NAMES } from './date-names';
import { readFormat, type FormatToken } from './format-tokens';

/**
 * What a number format does to a number. Everything but a date and a plus is left out on purpose: a phone written
 * `(00) 00000-0000` or `5,5E+12` is to be read as the digits that are stored.
 */
export type CellFormat =
  | { readonly kind: 'number' }
  | { readonly kind: 'plus'; readonly prefix: string }
  | { readonly kind: 'date'; readonly format: DateFormat };

/** A number that is shown as it is. */
export const NUMBER_FORMAT: CellFormat = { kind: 'number' };

/**
 * The format for a number format's id: those that every workbook has without writing them down, in the form that
 * Excel gives them in the reader's language, or else the code that the workbook gives.
 */
export function createCellFormat(id: number, code: string | undefined, locale: TableLocale): CellFormat {
  const known = builtInDate(id, locale, code !== undefined) ?? code;
  if (known === undefined) return NUMBER_FORMAT;
  const tokens = readFormat(known);
  if (isDateFormat(tokens)) return { kind: 'date', format: createDateFormat(tokens, locale) };
  const prefix = plusPrefix(tokens);
  return prefix === null ? NUMBER_FORMAT : { kind: 'plus', prefix };
}

/** The date of the reader's language, for date cells without a format. */
export function createPlainDateFormat(locale: TableLocale, hasTime: boolean): DateFormat {
  return createDateFormat(readFormat(DATE_NAMES[locale].date + (hasTime ? ' hh:mm:ss' : '')), locale);
}

/** Ids 14 to 22 and 45 to 47 (ECMA-376, 18.8.30); 27 to 36 and 50 to 58 are dates of East Asian versions. */
function builtInDate(id: number, locale: TableLocale, hasCode: boolean): string | undefined {
  const { date } = DATE_NAMES[locale];
  const between = locale === 'pt-BR' ? '/' : '-';
  const hour = locale === 'en' ? 'h' : 'hh';
  const fixed = new Map([
    [14, date],
    [15, `d${between}mmm${between}yy`],
    [16, `d${between}mmm`],
    [17, `mmm${between}yy`],
    [18, 'h:mm AM/PM'],
    [19, 'h:mm:ss AM/PM'],
    [20, `${hour}:mm`],
    [21, `${hour}:mm:ss`],
    [22, `${date} ${hour}:mm`],
    [45, 'mm:ss'],
    [46, '[h]:mm:ss'],
    [47, 'mm:ss.0'],
  ]).get(id);
  if (fixed !== undefined || hasCode) return fixed;
  if (id === 32 || id === 33) return id === 32 ? `${hour}:mm` : `${hour}:mm:ss`;
  return (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? date : undefined;
}

const PUNCTUATION = /[\s().-]/g;

/**
 * The plus, and the country code behind it, that a format shows in front of whole numbers: `+0`, `"+55 "(00) 00000-0000`.
 * `null` when it shows none, or decimals, percents, exponents, or other values in another way.
 */
function plusPrefix(tokens: readonly FormatToken[]): string | null {
  const isOther = tokens.some(({ kind }) => kind === 'condition' || kind === 'sign');
  const first = tokens.findIndex(({ kind }) => kind === 'digit' || kind === 'general');
  if (isOther || first < 0) return null;
  const literal = (from: number, to: number) =>
    tokens
      .slice(from, to)
      .map((token) => (token.kind === 'literal' ? token.text : ''))
      .join('')
      .replace(PUNCTUATION, '');
  const prefix = literal(0, first);
  return /^\+\d{0,3}$/.test(prefix) && literal(first, tokens.length) === '' ? prefix : null;
}
