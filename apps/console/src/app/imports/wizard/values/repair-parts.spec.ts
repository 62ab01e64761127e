import { repairCards } from './repair-cards';
import { leftBehind } from './repair-left-behind';
import { readAreaCode } from './repair-read-area-code';
import { inKnownOrder } from './problem-groups';
import type { Review } from '../wizard-types';

describe('readAreaCode', () => {
  it.each<[typed: string, expected: string | null]>([
    ['11', '11'],
    ['(21)', '21'],
    ['085', '85'],
    [' 41 ', '41'],
    ['10', null],
    ['20', null],
    ['1', null],
    ['119', null],
    ['', null],
  ])('%o is %o', (typed, expected) => {
    expect(readAreaCode(typed)).toBe(expected);
  });
});

describe('leftBehind', () => {
  it.each<[before: string, after: string, expected: string[]]>([
    ['11 98765-4321 / 11 97777-6666', '+5511987654321', ['11 97777-6666']],
    ['11 98765-4321 ou (21) 3333-4444', '+5511987654321', ['(21) 3333-4444']],
    ['98765-4321; 97777-6666; 96666-5555', '+5511987654321', ['97777-6666', '96666-5555']],
    ['11 98765-4321 / recado', '+5511987654321', []],
    ['11 98765-4321', '+5511987654321', []],
  ])('%s leaves %o', (before, after, expected) => {
    expect(leftBehind(before, after)).toEqual(expected);
  });
});

describe('repairCards', () => {
  const review: Review = {
    rows: { total: 9, ready: 1, problems: 8, leftOut: 0, merged: 0 },
    repairs: [
      { code: 'email_fix_typo', rows: 7, examples: [] },
      { code: 'phone_unwrap', rows: 2, examples: [] },
      { code: 'phone_add_country', rows: 5, examples: [] },
    ],
    problems: [{ code: 'phone_needs_area_code', field: 'phone_number', rows: 3 }],
    warnings: [],
    duplicates: { groups: 0, rows: 0 },
    editRows: [],
  };
  const codes = (present: Review | null) => repairCards(present).map(({ code, rows }) => [code, rows]);

  it('puts suggestions last, and asks for the area code before it is known', () => {
    expect(codes(review)).toEqual([
      ['phone_add_country', 5],
      ['phone_add_area_code', 3],
      ['phone_unwrap', 2],
      ['email_fix_typo', 7],
    ]);
  });

  it('shows one card for the area code once the worker knows it', () => {
    const known: Review = { ...review, repairs: [{ code: 'phone_add_area_code', rows: 3, examples: [] }] };
    expect(codes(known)).toEqual([['phone_add_area_code', 3]]);
  });

  it('has none before there is a review', () => {
    expect(codes(null)).toEqual([]);
  });
});

describe('inKnownOrder', () => {
  const group = (key: string, rows: number) => ({ key, rows });
  type Group = ReturnType<typeof group>;
  const order = (known: Group[], present: Group[], gone: (group: Group) => Group | null) =>
    inKnownOrder(known, present, ({ key }) => key, gone);

  it('does not shuffle what is on screen, and puts what is new behind it', () => {
    const known = [group('a', 9), group('b', 5)];
    expect(order(known, [group('c', 7), group('b', 6), group('a', 1)], () => null)).toEqual([
      group('a', 1),
      group('b', 6),
      group('c', 7),
    ]);
  });

  it('keeps the place of what was solved, or drops it', () => {
    const known = [group('a', 9), group('b', 5)];
    expect(order(known, [group('b', 5)], (each) => ({ ...each, rows: 0 }))).toEqual([
      group('a', 0),
      group('b', 5),
    ]);
    expect(order(known, [group('b', 5)], () => null)).toEqual([group('b', 5)]);
  });
});
