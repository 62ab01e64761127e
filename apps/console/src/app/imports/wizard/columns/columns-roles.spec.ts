import type { ColumnRole } from '@ponte/contacts';
import { columnLetters } from '../column-letters';
import { assignRole, likelyRole, shownOrder, sourcesOf } from './columns-roles';
import { columnOf, openedOf } from '../wizard-testing';

describe('assignRole', () => {
  type Case = [
    title: string,
    before: (ColumnRole | null)[],
    column: number,
    role: ColumnRole | null,
    after: (ColumnRole | null)[],
    from: number | null,
  ];
  it.each<Case>([
    ['gives a free role', ['name', null], 1, 'email', ['name', 'email'], null],
    ['moves a role that another column has', ['name', 'email'], 0, 'email', ['email', null], 1],
    ['moves the area code too', ['area_code', null], 1, 'area_code', [null, 'area_code'], 0],
    ['lets last names be several', ['last_name', null], 1, 'last_name', ['last_name', 'last_name'], null],
    ['takes a role away', ['name', 'email'], 1, null, ['name', null], null],
    ['leaves a column with its own role', ['name', 'email'], 1, 'email', ['name', 'email'], null],
  ])('%s', (_, before, column, role, after, from) => {
    const { roles, move } = assignRole(before, column, role);
    expect(roles).toEqual(after);
    expect(move).toEqual(from === null ? null : { role, from, to: column });
  });
});

describe('sourcesOf', () => {
  const roles: (ColumnRole | null)[] = ['last_name', 'phone_number', null, 'name', 'last_name', 'area_code'];
  it('joins names and phones in the order in which they are read', () => {
    expect(sourcesOf(roles, 'name')).toEqual([3, 0, 4]);
    expect(sourcesOf(roles, 'phone_number')).toEqual([5, 1]);
    expect(sourcesOf(roles, 'email')).toEqual([]);
  });
});

describe('likelyRole', () => {
  it.each<[header: string, word: string | undefined, samples: string[], expected: ColumnRole]>([
    ['Fone 2', 'fone', ['1133334444'], 'phone_number'],
    ['Contato 2', undefined, ['11987654321'], 'phone_number'],
    ['Outro', undefined, ['ana@example.com'], 'email'],
    ['DDD 2', 'ddd', ['11'], 'area_code'],
    ['Sobrenome', 'sobrenome', ['Lima'], 'last_name'],
    ['Apelido', undefined, ['Aninha'], 'name'],
  ])('%s is like a %s', (header, word, samples, expected) => {
    const guess = { role: null, reason: 'same_as_other' as const, ...(word === undefined ? {} : { word }) };
    expect(likelyRole(columnOf({ header, samples, guess }))).toBe(expected);
  });
});

describe('columnLetters', () => {
  it.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [16_383, 'XFD'],
  ])('%d is %s', (index, expected) => {
    expect(columnLetters(index)).toBe(expected);
  });
});

describe('shownOrder', () => {
  it('keeps the order of the file while all columns fit on one page', () => {
    const opened = openedOf({
      columns: [columnOf({}), columnOf({ guess: { role: 'name', reason: 'only_text' } })],
    });
    expect(shownOrder(opened, [null, 'name'])).toEqual([0, 1]);
  });

  it('shows columns with a role or a guess first in a wide file', () => {
    const columns = Array.from({ length: 60 }, () => columnOf({}));
    columns[58] = columnOf({ guess: { role: null, reason: 'same_as_other' } });
    const roles = columns.map((_, at) => (at === 40 ? ('email' as const) : null));
    const order = shownOrder(openedOf({ columns }), roles);
    expect(order.slice(0, 3)).toEqual([40, 58, 0]);
    expect(order).toHaveLength(60);
  });
});
