import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeFormula, isEscaped, unescapeFormula } from './escape-formula';
import { readCsv } from './read-csv';
import { csvLine } from './write-csv';

const SEPARATORS: Readonly<Record<string, string>> = {
  commas: ',',
  semicolons: ';',
  tabs: '\t',
  'all three': ',;\t',
};

const SIGN = /^[=+\-@|＝＋－＠]/;
/**
 * A phone that is the whole cell, or begins a line in which every cell is in quotes: no program reads those as a part of
 * a number.
 */
const PHONE = /^\+[1-9]\d{6,14}(?:\s*$|"|,+(?:"|$))/;
/** What programs drop in front of a cell. */
const DROPPED = /^[\s"\0\u200b\ufeff]+/;

const HOSTILE = [
  ...['=', '+', '-', '@', '|', '＝', '＋', '－', '＠', "'", '"', '""', ',', ';', '\t', '\r', '\n', '\r\n'],
  ...[
    ' ',
    '\u00a0',
    '\u3000',
    '\ufeff',
    '\u200b',
    '\0',
    'a',
    'é',
    '1',
    '+5511987654321',
    '5511987654321',
    '1+',
  ],
];
const cell = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.array(fc.constantFrom(...HOSTILE), { maxLength: 6 }).map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.constant('+5511987654321') },
);
const table = fc
  .integer({ min: 1, max: 4 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
  );

const write = (rows: readonly (readonly string[])[]) => rows.map((cells) => csvLine(cells)).join('');

/** As a program does that knows no quotes. */
const splitEverywhere = (text: string, separators: string) => text.split(new RegExp(`[${separators}\r\n]`));

/** As spreadsheets do: a quote opens at the beginning of a cell alone, and what stands behind the closing one is added. */
function splitOutsideQuotes(text: string, separators: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isOpen = false;
  let isBegun = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (isOpen && sign === '"' && text[at + 1] === '"') cell += text.charAt(++at);
    else if (isOpen && sign === '"') isOpen = false;
    else if (!isOpen && !isBegun && sign === '"') isOpen = true;
    else if (!isOpen && (separators.includes(sign) || sign === '\r' || sign === '\n')) {
      cells.push(cell);
      cell = '';
      isBegun = false;
      continue;
    } else cell += sign;
    isBegun = true;
  }
  return [...cells, cell];
}

/** The cells in which a spreadsheet would find something to calculate. */
const formulas = (cells: readonly string[]) =>
  cells.map((text) => text.replace(DROPPED, '')).filter((text) => SIGN.test(text) && !PHONE.test(text));

describe.each(Object.entries(SEPARATORS))('for a program that splits by %s', (name, separators) => {
  test('no cell of a written file begins with a sign, phones excepted', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const text = write(rows);
        expect(formulas(splitOutsideQuotes(text, separators))).toEqual([]);
        // Commas stand inside quotes by right: to see cells there is to misread every file.
        if (!separators.includes(',')) expect(formulas(splitEverywhere(text, separators))).toEqual([]);
      }),
      { numRuns: 20_000, seed: 1 },
    );
  });

  test('every text comes back from its escaped form, which is known as such', () => {
    const pieces = fc.constantFrom(...HOSTILE, ...separators);
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const escaped = escapeFormula(text);
        expect(unescapeFormula(escaped)).toBe(text);
        expect(isEscaped(escaped)).toBe(true);
        if (isEscaped(text)) expect(escapeFormula(unescapeFormula(text))).toBe(text);
      }),
      { numRuns: 20_000, seed: 3 },
    );
  });

  test(`the judge finds formulas in files that are not escaped (${name})`, () => {
    const [separator = ''] = separators;
    const lines = ['=1', '"=1"', '""=1', ' =1', '+5511987654321+1'].map((text) => `a${separator}${text}\r\n`);
    for (const line of lines) expect(formulas(splitOutsideQuotes(line, separators))).toHaveLength(1);
  });
});

test('every text comes back from its file, however often it is written', async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 3 }), async (rows, times) => {
      // A row of blanks alone would be no row.
      const filled = rows.map((cells) => [...cells, 'x']);
      let found: readonly (readonly string[])[] = filled;
      for (let time = 0; time < times; time++) found = await read(`header\r\n${write(found)}`);
      for (let time = 0; time < times; time++) found = found.map((cells) => cells.map(unescapeFormula));
      expect(found).toEqual(filled);
    }),
    { numRuns: 3000, seed: 2 },
  );
});

async function read(text: string): Promise<(readonly string[])[]> {
  async function* source() {
    yield new TextEncoder().encode(text);
  }
  const limits = { maxRows: 1000, maxColumns: 100, maxCellBytes: 10_000 };
  const rows: (readonly string[])[] = [];
  for await (const batch of readCsv(source(), { limits })) rows.push(...batch.map(({ cells }) => cells));
  return rows.slice(1);
}
