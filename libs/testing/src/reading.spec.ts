import { describe, expect, test } from 'vitest';
import { compareReading, type ReadTable } from './compare-reading';
import { corpusFile, corpusItems, type CorpusItem } from './corpus';
import { readInMemory, type ReadOptions } from './read-in-memory';
import { isKnownReadingMustNot } from './reading-must-not';

const FILES = [...corpusItems('wizard-csv'), ...corpusItems('wizard-xlsx')];

test('the wizard has no must_not that nobody has read', () => {
  const sentences = FILES.flatMap((item) => item.must_not ?? []);
  expect(sentences.filter((text) => !isKnownReadingMustNot(text))).toEqual([]);
});

describe('a file of the wizard: detection, titles, mapping, cells, strict and repaired verdict', () => {
  test.each(FILES.map((item) => [item.file, item] as const))('%s', async (_, item) => {
    expect(compareReading(item, await readInMemory(corpusFile(item)))).toEqual([]);
  });
});

function itemOf(file: string): CorpusItem {
  const found = FILES.find((item) => item.file.startsWith(file));
  if (!found) throw new Error(`${file} is not in the corpus`);
  return found;
}

async function read(file: string, options?: ReadOptions): Promise<ReadTable> {
  const outcome = await readInMemory(corpusFile(itemOf(file)), options);
  if (outcome.outcome !== 'readable') throw new Error(`refused: ${outcome.reasons.join()}`);
  return outcome;
}

describe('what the manifest calls a wish', () => {
  test('the parts of a name are joined', async () => {
    const { repaired } = await read('wizard/w26', { hasLastNames: true });
    expect(repaired.contacts).toEqual([{ name: 'Bruno Sá', phone_number: '+5531987654321', email: null }]);
  });

  test('the first of several numbers is taken', async () => {
    const { repaired } = await read('wizard/w26', { hasLastNames: true, accepted: ['phone_take_first'] });
    expect(repaired.contacts[0]).toEqual({
      name: 'Ana Maria Lima',
      phone_number: '+5511987654321',
      email: 'ana@example.com',
    });
  });

  test('most of the 32 ways to write a phone are understood when all is accepted', async () => {
    const { repaired } = await read('wizard/w18', {
      accepted: [
        ...(['phone_add_country', 'phone_unwrap', 'phone_add_ninth', 'phone_take_first'] as const),
        ...(['phone_drop_words', 'phone_drop_decimals'] as const),
      ],
    });
    expect(repaired.rejected.map(({ row }) => row)).toEqual([14, 15, 18, 21, 22, 23, 26, 29, 30]);
  });
});

describe('comparing readings', () => {
  test.each([
    ['another separator', (table: ReadTable) => ({ detect: { ...table.detect, delimiter: ',' } })],
    ['another header', () => ({ headers: ['Nome', 'Fone', 'E-mail'] })],
    ['a column mapped elsewhere', () => ({ mapping: { name: 0, phone_number: 2, email: 1 } })],
    ['a changed cell', (table: ReadTable) => ({ cells: table.cells.map(([, ...rest]) => ['X', ...rest]) })],
    ['a lost row', (table: ReadTable) => ({ strict: { ...table.strict, total: 31 } })],
    ['a row accepted too many', (table: ReadTable) => ({ repaired: { ...table.repaired, rejected: [] } })],
    ['a lost contact', (table: ReadTable) => ({ repaired: { ...table.repaired, contacts: [] } })],
    [
      'another reason',
      (table: ReadTable) => ({ strict: { ...table.strict, rejected: table.repaired.rejected } }),
    ],
  ])('notices %s', async (_, change) => {
    const item = itemOf('wizard/w18');
    const table = await read('wizard/w18');
    expect(compareReading(item, { ...table, ...change(table) })).not.toEqual([]);
  });

  test('notices a refusal and the wrong reason for one', () => {
    expect(compareReading(itemOf('wizard/w18'), { outcome: 'refused', reasons: ['no_rows'] })).toHaveLength(
      1,
    );
    const bomb = itemOf('xlsx/x50');
    expect(compareReading(bomb, { outcome: 'refused', reasons: ['unsafe_file:dtd'] })).toEqual([]);
    expect(compareReading(bomb, { outcome: 'refused', reasons: ['no_rows'] })).toHaveLength(1);
  });
});
