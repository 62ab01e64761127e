import type { Locale } from '@ponte/contracts';

/** First-strong isolate and its end: a name from a file cannot change the direction of the sentence around it. */
export const isolate = (text: string): string => `\u2068${text}\u2069`;

const kept = new Map<string, unknown>();

function keep<T>(key: string, make: () => T): T {
  if (!kept.has(key)) kept.set(key, make());
  return kept.get(key) as T;
}

function numberFormat(locale: Locale, name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return keep(`${locale} ${name}`, () => new Intl.NumberFormat(locale, { useGrouping: true, ...options }));
}

export function formatNumber(value: number, locale: Locale): string {
  return numberFormat(locale, 'number', { maximumFractionDigits: 0 }).format(value);
}

/** `share` from 0 to 1. Never shows 100 % before the end. */
export function formatPercent(share: number, locale: Locale): string {
  const whole = share >= 1 ? 1 : Math.floor(share * 100) / 100;
  return numberFormat(locale, 'percent', { style: 'percent', maximumFractionDigits: 0 }).format(whole);
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Sizes as the file manager shows them: powers of 1024, at most one decimal. */
export function formatBytes(bytes: number, locale: Locale): string {
  let value = bytes;
  let step = 0;
  while (value >= 1024 && step < BYTE_UNITS.length - 1) {
    value /= 1024;
    step++;
  }
  const unit = BYTE_UNITS[step] ?? 'byte';
  const decimals = step === 0 || value >= 100 ? 0 : 1;
  return numberFormat(locale, `${unit} ${decimals}`, {
    style: 'unit',
    unit,
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: decimals,
  }).format(value);
}

export type DateStyle = 'date' | 'day' | 'time' | 'date_time';

const DATE_OPTIONS: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  date: { dateStyle: 'medium' },
  // "12/03"; English turns the two around, so that its month has letters.
  day: { day: '2-digit', month: '2-digit' },
  time: { timeStyle: 'short' },
  date_time: { dateStyle: 'medium', timeStyle: 'short' },
};

/** An ISO timestamp in the reader's time zone. */
export function formatDate(iso: string, locale: Locale, style: DateStyle): string {
  const isEnglishDay = style === 'day' && locale === 'en';
  const options = isEnglishDay ? ({ day: 'numeric', month: 'short' } as const) : DATE_OPTIONS[style];
  const format = keep(`${locale} ${style}`, () => new Intl.DateTimeFormat(locale, options));
  return format.format(new Date(iso));
}

const DURATION_UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** At most two units, the way it is said: "2 min 5 s", "1 h 3 min". */
export function formatDuration(seconds: number, locale: Locale): string {
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [unit, size] of DURATION_UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count === 0 && !(unit === 'second' && parts.length === 0)) {
      if (parts.length > 0) break;
      continue;
    }
    const options = { style: 'unit', unit, unitDisplay: unit === 'day' ? 'long' : 'short' } as const;
    parts.push(numberFormat(locale, `duration ${unit}`, options).format(count));
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

/** A distance in time seen from `now`: "em 2 dias", "há 5 minutos". */
export function formatRelative(iso: string, now: number, locale: Locale): string {
  const seconds = (new Date(iso).getTime() - now) / 1000;
  const format = keep(`${locale} relative`, () => new Intl.RelativeTimeFormat(locale, { numeric: 'always' }));
  for (const [unit, size] of DURATION_UNITS) {
    if (Math.abs(seconds) >= size || unit === 'second')
      return format.format(Math.trunc(seconds / size), unit);
  }
  return '';
}
