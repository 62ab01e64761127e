import { describe, expect, it } from 'vitest';
import { judgeRows, rejected } from './judge-rows';

const COLUMNS = { name: 0, phone_number: 1, email: 2, width: 3 };
const row = (line: number, cells: string[], isMalformed = false) => ({ line, cells, isMalformed });

describe('judgeRows', () => {
  it('makes a contact of a good row, and keeps its place and its cells', () => {
    const cells = [' Ana  Lima ', '+55 11 98765-4321', 'ana@example.com'];
    expect(judgeRows([row(7, cells)], 3, COLUMNS)).toEqual([
      {
        row: 3,
        line: 7,
        cells,
        contact: { name: 'Ana Lima', phone_number: '+5511987654321', email: 'ana@example.com' },
      },
    ]);
  });

  it('counts rows from the first, whatever the lines', () => {
    const rows = [row(2, ['Ana', '+5511987654321']), row(9, ['', '']), row(10, ['Bia', '+5511987654322'])];
    expect(judgeRows(rows, 41, COLUMNS).map((judged) => [judged.row, judged.line])).toEqual([
      [41, 2],
      [42, 9],
      [43, 10],
    ]);
    expect(judgeRows([], 1, COLUMNS)).toEqual([]);
  });

  it.each([
    ['no name', ['', '+5511987654321', ''], ['name_missing'], ['name']],
    ['nothing', ['', '', ''], ['name_missing', 'phone_missing'], ['name', 'phone_number']],
    [
      'three reasons',
      ['', '12', 'x'],
      ['name_missing', 'phone_no_plus', 'email_invalid'],
      ['name', 'phone_number', 'email'],
    ],
    [
      'one reason in two fields',
      ['A\u0000', '+5511987654321', 'a\u0000@p.br'],
      ['invalid_character'],
      ['name', 'email'],
    ],
    ['too many cells', ['Ana', '+5511987654321', '', 'extra'], ['wrong_cell_count'], []],
  ])('says why not: %s', (_, cells, codes, fields) => {
    expect(judgeRows([row(2, cells)], 1, COLUMNS)).toEqual([
      { row: 1, line: 2, cells, contact: null, codes, fields },
    ]);
  });

  it('looks no further into a malformed row', () => {
    expect(judgeRows([row(2, ['Ana', '+5511987654321', ''], true)], 1, COLUMNS)).toMatchObject([
      { contact: null, codes: ['malformed_row'], fields: [] },
    ]);
  });
});

describe('rejected', () => {
  it('gives the reasons of the row', () => {
    const [judged] = judgeRows([row(2, ['', '12', ''])], 1, COLUMNS);
    expect(judged && rejected(judged)).toEqual({
      row: 1,
      line: 2,
      codes: ['name_missing', 'phone_no_plus'],
      fields: ['name', 'phone_number'],
      cells: ['', '12', ''],
    });
  });

  it('blames the database for a row without a reason of its own', () => {
    const cells = ['Ana', '+5511987654321', ''];
    const [judged] = judgeRows([row(2, cells)], 1, COLUMNS);
    expect(judged && rejected(judged)).toEqual({
      row: 1,
      line: 2,
      codes: ['row_refused'],
      fields: [],
      cells,
    });
  });
});
