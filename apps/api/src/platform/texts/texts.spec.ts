import { REJECTION_CODES } from '@ponte/contacts';
import { LOCALES, PROBLEM_CODES, RUN_FAILURE_CODES, type Params } from '@ponte/contracts';
import { describe, expect, it } from 'vitest';
import { pickLocale, problemText, rejectionText, runErrorText, textsIn, timeText, write } from './texts';

const LEFT_OVER = /[[\]{}|]|undefined|NaN|\s\s|\s[.,;]|^\s|\s$/;
const ALL_PARAMS: Params = {
  columns: ['name', 'phone_number'],
  delimiter: ';',
  limit: 1_048_576,
  seconds: 30,
  field: 'email',
  of: 'cell',
};

describe.each(LOCALES)('texts in %s', (locale) => {
  it.each(PROBLEM_CODES)('%s is a whole sentence with and without its parameters', (code) => {
    for (const text of [problemText(locale, code), problemText(locale, code, ALL_PARAMS, 12)]) {
      for (const sentence of [text.title, text.detail]) {
        expect(sentence.replace('(|)', '')).not.toMatch(LEFT_OVER);
        expect(sentence.length).toBeGreaterThan(5);
        expect(sentence).toMatch(/^\p{Lu}/u);
      }
      expect(text.detail).toMatch(/\.$/);
    }
  });

  it('has a sentence for every reason of a row and of a run', () => {
    for (const code of REJECTION_CODES) expect(rejectionText(locale, code)).toMatch(/^\p{Lu}.*\.$/u);
    for (const code of RUN_FAILURE_CODES) expect(runErrorText(locale, { code }).detail).toMatch(/\.$/);
    expect(rejectionText(locale, 'code_of_tomorrow')).toBe('code_of_tomorrow');
    expect(rejectionText(locale, 'constructor')).toBe('constructor');
  });

  it.each(['import_wrong_delimiter', 'import_not_utf8', 'import_not_csv'] as const)(
    '%s names the way out that needs no saving again: the console converts',
    (code) => expect(problemText(locale, code).detail).toMatch(/(console|consola)[^.]+\.$/),
  );

  it('tells about the workbook to fill in', () => {
    const { template } = textsIn(locale);
    expect(template.fields).toHaveLength(3);
    for (const { title, hint } of template.fields) {
      expect(title).toMatch(/^\p{Lu}/u);
      expect(hint).toMatch(/^\p{Lu}.+\.$/u);
    }
    for (const note of template.notes) expect(note).toMatch(/^\p{Lu}.+\.$/u);
    // What Excel takes as the name of a sheet and every system as the name of a file.
    for (const sheet of [template.contacts, template.help]) expect(sheet).toMatch(/^[^\\/?*[\]:]{1,31}$/);
    expect(template.fileName).toMatch(/^[a-z-]+\.xlsx$/);
  });

  it('names every delimiter', () => {
    for (const delimiter of [';', '\t', '|'] as const) {
      const { detail } = problemText(locale, 'import_wrong_delimiter', { delimiter });
      expect(detail).toContain(textsIn(locale).delimiters[delimiter]);
    }
    expect(problemText(locale, 'import_wrong_delimiter', { delimiter: '~' }).detail).toContain('"~"');
  });
});

describe('problemText', () => {
  it.each([
    ['pt-BR', 'import_not_utf8', {}, 3, 'A linha 3 não está em UTF-8 e os acentos se perderiam.'],
    [
      'pt-BR',
      'import_missing_column',
      { columns: ['name', 'phone_number'] },
      1,
      'não tem name e phone_number.',
    ],
    ['en', 'import_missing_column', { columns: ['phone_number'] }, 1, 'The header lacks phone_number.'],
    [
      'es',
      'import_missing_column',
      { columns: ['name', 'phone_number'] },
      1,
      'no tiene name y phone_number.',
    ],
    ['pt-BR', 'import_wrong_delimiter', { delimiter: ';' }, 1, 'separadas por ponto e vírgula (;), e o CSV'],
    ['pt-BR', 'import_too_many_rows', { limit: 1_048_576 }, undefined, 'que é 1.048.576.'],
    ['en', 'import_too_large', { limit: 512 * 1024 * 1024 }, undefined, 'of 512 MB.'],
    ['pt-BR', 'import_too_large', { limit: 1536 }, undefined, 'de 1,5 KB.'],
    ['pt-BR', 'too_many_requests', { seconds: 1 }, undefined, 'Aguarde 1 segundo e tente de novo.'],
    ['en', 'too_many_requests', { seconds: 1200 }, undefined, 'Wait 1,200 seconds and try again.'],
  ] as const)('%s %s %j line %s', (locale, code, params, line, expected) => {
    expect(problemText(locale, code, params as unknown as Params, line).detail).toContain(expected);
  });

  it('shortens what comes out of a file', () => {
    const { detail } = problemText('en', 'import_wrong_delimiter', { delimiter: 'x'.repeat(10_000) });
    expect(detail.length).toBeLessThan(500);
  });

  it('does not take a value for a sentence', () => {
    const { detail } = problemText('en', 'import_missing_column', { columns: '{line} [x|y] $& {limit}' });
    expect(detail).toContain('{line} [x|y] $& {limit}');
  });
});

describe('write', () => {
  it('fails when a required parameter is missing', () => {
    expect(() => write('en', 'until {expires}')).toThrow('expires');
  });
});

describe('timeText', () => {
  const time = new Date('2026-03-12T14:05:09.120Z');
  it.each([
    ['pt-BR', '12 de março de 2026', '11:05 (horário de Brasília)'],
    ['en', 'March 12, 2026', '2:05 PM (UTC)'],
    ['es', '12 de marzo de 2026', '14:05 (UTC)'],
  ] as const)('%s: %s, %s', (locale, date, clock) => {
    // What stands between them depends on the version of Node.
    const text = timeText(locale, time).replaceAll('\u202f', ' ');
    expect(text.startsWith(date) && text.endsWith(clock)).toBe(true);
  });
});

describe('pickLocale', () => {
  it.each([
    [undefined, 'es'],
    ['', 'es'],
    ['pt-BR,pt;q=0.9,en;q=0.8', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['en-US,en;q=0.5', 'en'],
    ['fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5', 'en'],
    ['en;q=0.1, pt;q=0.7', 'pt-BR'],
    ['es-419', 'es'],
    ['pt;q=0, de', 'es'],
    ['en;q=rubbish', 'es'],
    ['*', 'es'],
    [`${'x,'.repeat(100_000)}en`, 'es'],
  ] as const)('%j', (header, expected) => {
    expect(pickLocale(header, 'es')).toBe(expected);
  });
});
