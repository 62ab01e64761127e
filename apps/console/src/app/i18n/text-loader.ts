import { Injectable } from '@angular/core';
import type { Translation, TranslocoLoader } from '@jsverse/transloco';

const FILES: Readonly<Record<string, () => Promise<{ default: Translation }>>> = {
  'pt-BR': () => import('../../i18n/pt-BR.json'),
  en: () => import('../../i18n/en.json'),
  es: () => import('../../i18n/es.json'),
};

/** One lazily loaded chunk for each language. */
@Injectable({ providedIn: 'root' })
export class TextLoader implements TranslocoLoader {
  async getTranslation(locale: string): Promise<Translation> {
    const load = FILES[locale];
    if (!load) throw new Error(`No texts for ${locale}`);
    return (await load()).default;
  }
}
