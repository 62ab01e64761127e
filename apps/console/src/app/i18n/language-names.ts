import type { Locale } from '@ponte/contracts';

/** Every language in its own words, the same in all of them. */
export const LANGUAGE_NAMES: Readonly<Record<Locale, string>> = {
  'pt-BR': 'Português (Brasil)',
  en: 'English',
  es: 'Español',
};

/** The same without the country, for where one of them stands alone. */
export const PLAIN_LANGUAGE_NAMES: Readonly<Record<Locale, string>> = {
  ...LANGUAGE_NAMES,
  'pt-BR': 'Português',
};
