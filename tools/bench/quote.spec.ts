import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newestResults, PAGES, quote } from './quote.mjs';

describe('quoted results', () => {
  const page = '/house/tools/README.md';
  const results = new Map([
    ['rows', { text: '| a |\n| - |\n| 1 |', plot: null }],
    ['import', { text: 'fast', plot: '/house/tools/results/2026-01-02-import.svg' }],
  ]);
  const block = (name: string, inside: string) => `<!-- results:${name} -->\n${inside}<!-- /results -->`;

  it('stand between their markers, and nothing else is touched', () => {
    const text = `Before\n\n${block('rows', 'old\n\n')}\n\nbetween\n\n${block('import', '')}\n`;
    const ignored = (words: string) =>
      `\n<!-- prettier-ignore-start -->\n${words}\n<!-- prettier-ignore-end -->\n\n`;
    const rows = block('rows', ignored('| a |\n| - |\n| 1 |'));
    const picture = `${ignored('fast')}![Rows against seconds](results/2026-01-02-import.svg)\n\n`;
    const quoted = `Before\n\n${rows}\n\nbetween\n\n${block('import', picture)}\n`;
    expect(quote(page, text, results)).toBe(quoted);
    expect(quote(page, quoted, results)).toBe(quoted);
  });

  it('say what is not measured yet', () => {
    expect(quote(page, block('export', ''), results)).toContain('`npm run bench -- export`');
  });

  it.each(PAGES.map((path) => [join(basename(dirname(path)), basename(path)), path]))(
    'in %s are those of the newest files; if not: npm run bench -- quote',
    (_, path) => {
      const text = readFileSync(path, 'utf8');
      expect(text).toBe(quote(path, text, newestResults()));
    },
  );
});
