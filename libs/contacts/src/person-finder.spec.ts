import { describe, expect, it } from 'vitest';
import { canonicalPhone, personFinder } from './person-finder';

describe('canonicalPhone', () => {
  it.each([
    ['+5511987654321', '+5511987654321'],
    ['+551187654321', '+5511987654321'],
    ['+551133334444', '+551133334444'],
    ['+14155552671', '+14155552671'],
  ])('of %s is %s', (phone, canonical) => {
    expect(canonicalPhone(phone)).toBe(canonical);
  });
});

const ana = personFinder({ phones: ['+5511987654321'], email: 'ana@x.com', names: ['Ana Souza', 'Lu'] });

const ROWS: [cells: string[], isHers: boolean][] = [
  [['Ana', '+5511987654321'], true],
  [['Ana', '(11) 98765-4321'], true],
  [['Ana', '011 9 8765.4321'], true],
  [['Ana', '+55 (0xx11) 98765-4321'], true],
  [['Ana', '0 15 11 98765-4321'], true],
  [['Ana', '11 8765-4321'], true],
  [['Ana', '551187654321'], true],
  [['Ana', '１１９８７６５４３２１'], true],
  [['Ana', '11\u00a098765\u20114321'], true],
  [['Ana', '2133334444 / 11987654321'], true],
  [['Ana', 'falar com (11)98765-4321 de manhã'], true],
  [['Ana', '11', '98765-4321'], true],
  [['Ana', '011', '8765-4321'], true],
  [['Ana Souza', '98765-4321'], true],
  [['Bia', '98765-4321'], false],
  [['Bia', '21', '98765-4321'], false],
  [['Bia', '(21) 98765-4321'], false],
  [['Bia', '11 98765', '4321'], false],
  [['Ana Souza', '+5511900000000'], false],
  [['Ana', 'none', 'ANA@X.COM'], true],
  [['Ana', 'none', 'Ana <ana@x.com>;'], true],
  [['Ana', 'none', "'ana@x.com"], true],
  [['Mariana', 'none', 'mariana@x.com'], false],
  [['Ana', 'none', 'ana@x.com.br'], false],
  [['Ana', 'none', 'ana@xzcom'], false],
  [['', ''], false],
  [[], false],
];

describe('personFinder', () => {
  it.each(ROWS)('in the row %j: %s', (cells, isHers) => {
    expect(ana.inRow(cells)).toBe(isHers);
  });

  it.each([
    ['ana souza', true],
    ['contatos ÁNA SOUZA.csv', true],
    ['ana_souza-2026.csv', true],
    ['lu', true],
    ['luana', false],
    ['mariana souza', false],
    ['98765-4321', true],
    ['4321', false],
    ['contacts-2026-11-30.csv', false],
    ['ana@x.com', true],
  ])('in the text %j: %s', (text, isNamed) => {
    expect(ana.inText(text)).toBe(isNamed);
  });

  it('knows numbers of other countries with and without their country', () => {
    const joe = personFinder({ phones: ['+14155552671'], email: null });
    expect(joe.inRow(['Joe', '(415) 555-2671'])).toBe(true);
    expect(joe.inRow(['Joe', '001 415 555 2671'])).toBe(true);
    expect(joe.inRow(['Joe', '555-2671'])).toBe(false);
  });

  it('finds nobody when nobody is known', () => {
    expect(personFinder({ phones: [], email: null }).inRow(['', 'x', '+5511987654321'])).toBe(false);
    expect(personFinder({ phones: [], email: null }).inText('')).toBe(false);
  });
});
