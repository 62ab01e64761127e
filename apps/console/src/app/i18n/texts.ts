import { computed, inject, Injectable } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { LOCALES, type Locale } from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
import { formatNumber } from './format';
import type { PluralKey, TextKey } from './text-key';

export type TextParams = Readonly<Record<string, string | number>>;

const STORAGE_KEY = 'ponte.language';
const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g;

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/** The language this browser was left in, else the first of its languages that we speak, else pt-BR. */
export function preferredLocale(remembered: string | null, languages: readonly string[]): Locale {
  if (isLocale(remembered)) return remembered;
  for (const language of languages) {
    const spoken = LOCALES.find((locale) => locale.slice(0, 2) === language.slice(0, 2).toLowerCase());
    if (spoken) return spoken;
  }
  return LOCALES[0];
}

/** All texts, in the language that is on. `t` and `n` read a signal: a template that calls them follows the language. */
@Injectable({ providedIn: 'root' })
export class Texts {
  private readonly transloco = inject(TranslocoService);
  private wanted: Locale | null = null;

  readonly locale = computed<Locale>(() => {
    const active = this.transloco.activeLang();
    return isLocale(active) ? active : LOCALES[0];
  });

  readonly t = (key: TextKey, params: TextParams = {}): string =>
    this.transloco.translate(key, params, this.locale());

  /** A text that depends on a number; `{{ count }}` is the number as the language writes it. */
  readonly n = (key: PluralKey, count: number, params: TextParams = {}): string =>
    this.transloco.translate(
      `${key}.${count === 1 ? 'one' : 'other'}`,
      { count: formatNumber(count, this.locale()), ...params },
      this.locale(),
    );

  /** The text of a code that came over the wire; null when there is none, or when it names a value that did not come. */
  find(key: string, params: TextParams = {}): string | null {
    const text: unknown = this.transloco.getTranslation(this.locale())[key];
    if (typeof text !== 'string') return null;
    for (const [, name] of text.matchAll(PLACEHOLDER)) {
      if (name === undefined || params[name] === undefined) return null;
    }
    return this.transloco.translate(key, params, this.locale());
  }

  /** Loads a language, then switches every text at once and remembers it in this browser. */
  async use(locale: Locale): Promise<void> {
    this.wanted = locale;
    await firstValueFrom(this.transloco.load(locale));
    // Asked for another one meanwhile: that one is on its way.
    if (this.wanted !== locale) return;
    this.transloco.setActiveLang(locale);
    document.documentElement.lang = locale;
    try {
      localStorage.setItem(STORAGE_KEY, locale);
    } catch {
      // Storage is blocked: the language lasts as long as the page.
    }
  }

  async useRemembered(): Promise<void> {
    let remembered: string | null = null;
    try {
      remembered = localStorage.getItem(STORAGE_KEY);
    } catch {
      // Storage is blocked: the languages of the browser decide.
    }
    await this.use(preferredLocale(remembered, navigator.languages));
  }
}
