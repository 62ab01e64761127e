import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface Catalog {
  readonly [key: string]: string | Catalog;
}

export type TextParams = Readonly<Record<string, string | number>>;

/** The words of the console in one language, by their keys. */
export interface Words {
  /** The text with its places filled. */
  readonly t: (key: string, params?: TextParams) => string;
  /** The whole text, with whatever its places were filled; of a text that depends on a number, both forms. */
  readonly like: (key: string) => RegExp;
}

const FOLDER = resolve(import.meta.dirname, '../../console/src/i18n');
const PLACE = /\{\{\s*(\w+)\s*\}\}/g;

/** Reads the console's own catalog: a story that is told by keys can be told in every language. */
export function wordsOf(locale: string): Words {
  const catalog = JSON.parse(readFileSync(resolve(FOLDER, `${locale}.json`), 'utf8')) as Catalog;
  const find = (key: string): readonly string[] => {
    const found = key
      .split('.')
      .reduce<string | Catalog | undefined>(
        (at, part) => (typeof at === 'object' ? at[part] : undefined),
        catalog,
      );
    const forms = typeof found === 'object' ? [found['one'], found['other']] : [found];
    const texts = forms.filter((form) => typeof form === 'string');
    if (texts.length === 0) throw new Error(`There is no text ${key} in ${locale}`);
    return texts;
  };
  return {
    t: (key, params = {}) => {
      const [text = ''] = find(key);
      return text.replaceAll(PLACE, (place, name: string) => String(params[name] ?? place));
    },
    like: (key) => new RegExp(`^\\s*(?:${find(key).map(patternOf).join('|')})\\s*$`),
  };
}

function patternOf(text: string): string {
  const pieces = text.replaceAll(PLACE, '\u0000').split('\u0000');
  return pieces.map((piece) => piece.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.*');
}
