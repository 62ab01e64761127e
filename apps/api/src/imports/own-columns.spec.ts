import type { OwnColumn } from '@ponte/contracts';
import { describe, expect, it } from 'vitest';
import { inOwnColumns, shownColumns } from './own-columns';

const CANONICAL = ['name', 'phone_number', 'email'];
const fields = (width: number) => ({ name: 0, phone_number: 1, email: 2, width });

/** Columns of a file with the canonical three in front of the given ones. */
const columns = (own: OwnColumn[], titles = own.map((_, index) => `Own ${index}`)) => ({
  header: [...CANONICAL, ...titles],
  fields: fields(3 + own.length),
  own,
});
const row = (...cells: string[]) => ({ row: 7, line: 8, codes: ['x'], fields: [], cells });
const shown = (own: OwnColumn[], ...cells: string[]) => {
  const { line, cells: answered } = inOwnColumns(row(...cells), columns(own));
  return { line, cells: answered };
};

describe('shownColumns', () => {
  it('are those of the file, with the fields that are read from them', () => {
    const header = ['Cidade', 'email', 'NAME', '', 'phone_number'];
    expect(shownColumns({ header, fields: { name: 2, phone_number: 4, email: 1, width: 5 } })).toEqual([
      { title: 'Cidade', field: null },
      { title: 'email', field: 'email' },
      { title: 'NAME', field: 'name' },
      { title: '', field: null },
      { title: 'phone_number', field: 'phone_number' },
    ]);
  });

  it("are the person's own, without the line", () => {
    const own: OwnColumn[] = ['line', 'phone_number', null, 'name'];
    expect(shownColumns(columns(own, ['#', 'DDD', 'Cidade', 'name']))).toEqual([
      { title: 'DDD', field: 'phone_number' },
      { title: 'Cidade', field: null },
      { title: 'name', field: 'name' },
    ]);
  });
});

describe('inOwnColumns', () => {
  it('leaves rows of a file without own columns as they are', () => {
    const plain = row('Ana', '1', '');
    expect(inOwnColumns(plain, { header: CANONICAL, fields: fields(3) })).toBe(plain);
    expect(inOwnColumns(plain, { header: CANONICAL, fields: fields(3), own: [] })).toBe(plain);
  });

  it.each<[string, OwnColumn[], string[], { line: number; cells: string[] }]>([
    [
      'keeps the own cells and the own line',
      ['line', 'name', 'phone_number', null],
      ['Ana', '', '', '41', ' ana ', '1', 'Recife'],
      { line: 41, cells: [' ana ', '1', 'Recife'] },
    ],
    [
      'finds the line wherever it is',
      ['name', 'line', 'phone_number'],
      ['Ana', '', '', 'ana', ' 12 ', '1'],
      { line: 12, cells: ['ana', '1'] },
    ],
    [
      'counts the lines of this file without a column for them',
      ['name', 'phone_number'],
      ['Ana', '', '', 'ana', '1'],
      { line: 8, cells: ['ana', '1'] },
    ],
    ...['', '0', '-1', 'x', '1e3', '1.5', '12345678901'].map(
      (line): [string, OwnColumn[], string[], { line: number; cells: string[] }] => [
        `believes no line ${JSON.stringify(line)}`,
        ['line', 'name'],
        ['Ana', '', '', line, 'ana'],
        { line: 8, cells: ['ana'] },
      ],
    ),
    [
      'takes missing cells for empty ones',
      ['line', 'name', 'phone_number', null],
      ['Ana', '', '', '41', 'ana'],
      { line: 41, cells: ['ana', '', ''] },
    ],
    [
      'keeps cells beyond the header',
      ['name', null],
      ['Ana', '', '', 'ana', 'x', '', 'more'],
      { line: 8, cells: ['ana', 'x', '', 'more'] },
    ],
    [
      'puts the contact where it came from when there are no own cells',
      ['line', 'phone_number', null, 'email', 'name'],
      ['Ana', '+5511987654321', 'a@p.br'],
      { line: 8, cells: ['+5511987654321', '', 'a@p.br', 'Ana'] },
    ],
    [
      'and when only the line is there',
      ['line', 'name', 'phone_number'],
      ['Ana', '+5511987654321', '', '41', '', ' '],
      { line: 41, cells: ['Ana', '+5511987654321'] },
    ],
    [
      'puts joined fields where joining again gives the same',
      ['name', 'name', 'phone_number', 'phone_number'],
      ['Ana Lima', '+5511987654321', ''],
      { line: 8, cells: ['Ana Lima', '', '', '+5511987654321'] },
    ],
    [
      'leaves out what no own column is for',
      [null, 'phone_number'],
      ['Ana', '+5511987654321', 'a@p.br'],
      { line: 8, cells: ['', '+5511987654321'] },
    ],
  ])('%s', (_, own, cells, expected) => {
    expect(shown(own, ...cells)).toEqual(expected);
  });

  it('knows that a file may have no e-mail', () => {
    const own: OwnColumn[] = ['email', 'name'];
    const header = ['phone_number', 'name', 'E-mail', 'Nome'];
    const there = { header, fields: { name: 1, phone_number: 0, email: null, width: 4 }, own };
    expect(inOwnColumns(row('+5511987654321', 'Ana'), there).cells).toEqual(['', 'Ana']);
  });
});
