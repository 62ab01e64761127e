import type { Locale, Params } from '@ponte/contracts';

/** What a sentence needs besides its parameters to be written in one language. */
export interface Words {
  locale: Locale;
  /** How people call a delimiter, by its character. */
  delimiters: Readonly<Record<string, string>>;
}

const OPTIONAL = /\[([^[\]|]*)(?:\|([^[\]]*))?\]/g;
const PLACE = /\{([a-z_]+)(?::(bytes)|#([^#}]*)#([^#}]*))?\}/g;
const LONGEST_VALUE = 120;

/**
 * Writes the parameters into a sentence. `{rows}` is a number, a text or a list in the language; `{limit:bytes}` a size;
 * `{rows#contact#contacts}` a number with its noun. `[in line {line}|somewhere]` is left out, or replaced by what
 * stands after the bar, when one of its parameters is not there.
 */
export function fill(sentence: string, params: Params, words: Words): string {
  const values = new Map(Object.entries(params));
  const write = (text: string): string =>
    text.replace(PLACE, (_, name: string, size?: string, one?: string, other?: string) => {
      const value = values.get(name);
      if (value === undefined) throw new Error(`A sentence needs the parameter ${name}.`);
      if (size !== undefined) return formatBytes(Number(value), words.locale);
      const shown = name === 'delimiter' ? delimiterName(String(value), words) : show(value, words.locale);
      return one === undefined || other === undefined ? shown : `${shown} ${value === 1 ? one : other}`;
    });
  const chosen = sentence.replace(OPTIONAL, (_, some: string, none: string | undefined) =>
    namesIn(some).every((name) => values.has(name)) ? some : (none ?? ''),
  );
  return write(chosen);
}

function namesIn(text: string): string[] {
  return [...text.matchAll(PLACE)].map((match) => match[1] ?? '');
}

function show(value: string | number | string[], locale: Locale): string {
  if (typeof value === 'number') return formatNumber(value, locale);
  if (typeof value === 'string') return shorten(value);
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(value.slice(0, 20).map(shorten));
}

/** Values may come out of a file: long ones would bury the sentence. */
function shorten(value: string): string {
  return value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;
}

function delimiterName(delimiter: string, words: Words): string {
  return words.delimiters[delimiter] ?? `"${shorten(delimiter)}"`;
}

export function formatNumber(value: number, locale: Locale): string {
  // Spanish writes 1234 without a point below 10,000 unless it is told to; a column of figures needs it.
  return new Intl.NumberFormat(locale, { useGrouping: 'always' }).format(value);
}

function formatBytes(bytes: number, locale: Locale): string {
  const [size, unit] =
    bytes >= 1024 ** 3
      ? [bytes / 1024 ** 3, 'GB']
      : bytes >= 1024 ** 2
        ? [bytes / 1024 ** 2, 'MB']
        : [bytes / 1024, 'KB'];
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(size)} ${unit}`;
}
