import { checkContact, isSameName, unescapeName, type Contact } from '@ponte/contacts';
import { csvLine, csvRows, escapeFormula, unescapeFormula, type CsvCells } from '@ponte/tabular';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importInMemory, inChunks } from './import-in-memory';

const piece = fc.constantFrom(
  ...[
    "'",
    '=',
    '+',
    '-',
    '@',
    '|',
    '＝',
    '＋',
    '－',
    '＠',
    '\t',
    '\r',
    '\n',
    ' ',
    'a',
    'é',
    '"',
    ',',
    ';',
    ';=',
    '\u200b',
    '\u3000',
    '5511987654321',
    '+5511987654321',
  ],
);
const text = fc.oneof(
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'grapheme' }),
);

describe('the rules and the writer', () => {
  test('undo the same apostrophe, though neither imports the other', () => {
    fc.assert(
      fc.property(text, (name) => {
        expect(unescapeName(name)).toBe(unescapeFormula(name));
        expect(unescapeName(escapeFormula(name))).toBe(name);
        expect(isSameName(name, escapeFormula(name))).toBe(true);
      }),
      { numRuns: 20_000, seed: 1 },
    );
  });

  test('bring every contact that can be stored back unchanged from its export', async () => {
    const email = text.map((start) => `${start.trim()}x@example.com`);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, email), { minLength: 1, maxLength: 10 }), async (people) => {
        const account = new Map<string, Contact>();
        people.forEach(([name, email], index) => {
          const verdict = checkContact({ name, phone_number: `+551190000000${index}`, email });
          if (verdict.ok) account.set(verdict.contact.phone_number, verdict.contact);
        });
        fc.pre(account.size > 0);
        const stored = [...account.values()];
        async function* batches() {
          yield [['name', 'phone_number', 'email']] as CsvCells[];
          yield stored.map((contact) => [contact.name, contact.phone_number, contact.email]);
        }
        const back = await importInMemory(csvRows(batches(), { bom: true }), account);
        expect(back).toMatchObject({ created: 0, updated: 0, unchanged: stored.length, rejected: [] });
        expect([...account.values()]).toEqual(stored);
      }),
      { numRuns: 2000, seed: 2 },
    );
  });
});

describe('variants of one file get the same verdicts', () => {
  const phone = fc.constantFrom(
    '+5511987654321',
    '+55 21 98765-4321',
    '11987654321',
    '+5511',
    '',
    '+551133334444',
  );
  const mail = fc.constantFrom('', 'ana@example.com', 'ana@', 'ANA@EXAMPLE.COM');
  const file = fc.array(fc.tuple(text, phone, mail), { minLength: 1, maxLength: 8 });
  const write = (rows: readonly (readonly string[])[]) =>
    ['name,phone_number,email\r\n', ...rows.map((cells) => csvLine(cells, { formulas: 'keep' }))].join('');
  const importText = (content: string) => importInMemory(inChunks(new TextEncoder().encode(content), 11));

  test.each<[variant: string, change: (content: string) => string]>([
    ['a byte order mark', (content) => `\ufeff${content}`],
    ['decomposed letters', (content) => content.normalize('NFD')],
    ['LF', (content) => content.replaceAll('\r\n', '\n')],
    ['CR', (content) => content.replaceAll('\r\n', '\r')],
    ['no last line end', (content) => content.slice(0, -2)],
    ['an upper case header', (content) => content.replace('name,phone_number', 'NAME, Phone_Number ')],
  ])('%s', async (_, change) => {
    await fc.assert(
      fc.asyncProperty(file, async (rows) => {
        const content = write(rows);
        expect(await importText(change(content))).toEqual(await importText(content));
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});
