import type { TableLocale } from '../table';
import { DATE_NAMES, languageOf } from './date-names';
import { readFormat, type FormatToken } from './format-tokens';
import { readSerial, toSerial1900, type DateParts } from './serial-date';

/** Writes a serial number of one of the two date systems as a date; `null` where there is no such date. */
export type DateFormat = (serial: number, is1904: boolean) => string | null;

/** `[$-F800]` and `[$-F400]`: the long date and the time of the reader's system, whatever else the format says. */
const SYSTEM_DATE = 0xf800;
const SYSTEM_TIME = 0xf400;

/** Whether a format writes dates or times; one with placeholders for digits writes numbers, whatever letters it has. */
export function isDateFormat(tokens: readonly FormatToken[]): boolean {
  const isDate = tokens.some(({ kind }) => kind === 'part' || kind === 'elapsed');
  return isDate && !tokens.some(({ kind }) => kind === 'digit' || kind === 'general');
}

/** A date format, its month and day names in the language that it names, or else the reader's. */
export function createDateFormat(tokens: readonly FormatToken[], locale: TableLocale): DateFormat {
  const language = tokens.find((token) => token.kind === 'language');
  if (language?.code === SYSTEM_DATE) {
    return createDateFormat(readFormat(DATE_NAMES[locale].longDate), locale);
  }
  if (language?.code === SYSTEM_TIME) return createDateFormat(readFormat('hh:mm:ss'), locale);
  const names = languageOf(language?.code ?? 0) ?? locale;
  const fraction = tokens.find((token) => token.kind === 'fraction');
  const decimals = Math.min(fraction?.width ?? 0, 3);
  const isHalfDay = tokens.some(({ kind }) => kind === 'halves');
  return (serial, is1904) => {
    const date = readSerial(toSerial1900(serial, is1904), decimals);
    if (date === null) return null;
    const context = { date, serial, names, locale, decimals, isHalfDay };
    return tokens
      .map((token) => writeToken(token, context))
      .join('')
      .trim();
  };
}

interface DateContext {
  readonly date: DateParts;
  /** As stored: elapsed time is counted from day 0 of either system. */
  readonly serial: number;
  readonly names: TableLocale;
  readonly locale: TableLocale;
  readonly decimals: number;
  readonly isHalfDay: boolean;
}

function writeToken(token: FormatToken, context: DateContext): string {
  switch (token.kind) {
    case 'literal':
      return token.text;
    case 'sign':
      return token.text === '@' ? '' : token.text;
    case 'part':
      return writePart(token.letter, token.width, context);
    case 'elapsed':
      return writeElapsed(token, context);
    case 'halves':
      return token.names[context.date.hour < 12 ? 0 : 1];
    case 'fraction':
      return (
        DATE_NAMES[context.locale].decimal +
        (context.date.second % 1).toFixed(context.decimals).slice(2).padEnd(token.width, '0')
      );
    default:
      return '';
  }
}

function writePart(letter: string, width: number, { date, names, isHalfDay }: DateContext): string {
  const { months, shortMonths, days, shortDays } = DATE_NAMES[names];
  const pad = (value: number) => String(value).padStart(Math.min(width, 2), '0');
  switch (letter) {
    case 'y':
      return width > 2 ? String(date.year) : pad(date.year % 100).padStart(2, '0');
    case 'n':
      if (width === 5) return (months[date.month - 1] ?? '').charAt(0).toUpperCase();
      if (width > 3) return months[date.month - 1] ?? '';
      return width === 3 ? (shortMonths[date.month - 1] ?? '') : pad(date.month);
    case 'd':
      if (width > 3) return days[date.weekday] ?? '';
      return width === 3 ? (shortDays[date.weekday] ?? '') : pad(date.day);
    case 'h':
      return pad(isHalfDay ? ((date.hour + 11) % 12) + 1 : date.hour);
    case 'm':
      return pad(date.minute);
    default:
      return pad(Math.floor(date.second));
  }
}

const UNITS = { h: 3600, m: 60, s: 1 } as const;

/** Hours, minutes or seconds since day 0. */
function writeElapsed(token: FormatToken & { kind: 'elapsed' }, { date, serial }: DateContext): string {
  const { hour, minute, second } = date;
  const time = hour * 3600 + minute * 60 + Math.floor(second);
  // Rounding to the next day has set the time back to 0: the day is the one that is nearest.
  const days = time === 0 ? Math.round(serial) : Math.floor(serial);
  return String(Math.floor((days * 86_400 + time) / UNITS[token.letter])).padStart(token.width, '0');
}
