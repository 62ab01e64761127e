import { describe, expect, test } from 'vitest';
import { openSheet } from './open-sheet';
import {
  TableRefusal,
  type OpenTableOptions,
  type SheetInfo,
  type TableChoice,
  type TableRow,
} from './index';
import type { Workbook } from './xlsx/workbook';

const OPTIONS: OpenTableOptions = {
  limits: { maxRows: 10, maxColumns: 10, maxCellBytes: 100 },
  locale: 'pt-BR',
};

interface FakeSheet {
  readonly visibility?: SheetInfo['visibility'];
  /** Cells separated by bars; the row number is the place in the list, blank rows are left out. */
  readonly rows: readonly string[];
}

/** A workbook without a file: what a sheet reader gives, two rows a batch. */
function fakeWorkbook(sheets: readonly FakeSheet[]): Workbook {
  return {
    sheets: sheets.map(({ visibility = 'visible' }, index) => ({ name: `S${index}`, visibility })),
    async *readSheet(index) {
      const rows: TableRow[] = (sheets[index]?.rows ?? [])
        .map((text, at) => ({ line: at + 1, cells: text.split('|'), isMalformed: false, isHidden: false }))
        .filter(({ cells }) => cells.some((cell) => cell !== ''));
      for (let from = 0; from < rows.length; from += 2)
        yield await Promise.resolve(rows.slice(from, from + 2));
    },
  };
}

async function read(sheets: readonly FakeSheet[], choice?: TableChoice) {
  const table = await openSheet(fakeWorkbook(sheets), { ...OPTIONS, ...(choice && { choice }) });
  const rows: TableRow[] = [];
  for await (const batch of table.rows()) rows.push(...batch);
  return { ...table, rows };
}

const EMPTY: FakeSheet = { rows: [] };
const TITLES: FakeSheet = { rows: ['Nome|Fone'] };
const TEXT: FakeSheet = { rows: ['Como preencher', 'Uma linha por contato', 'Salve o arquivo'] };
const DATA: FakeSheet = { rows: ['Nome|Fone', 'Ana|11987654321'] };
const HIDDEN: FakeSheet = { visibility: 'hidden', rows: ['Nome|Fone', 'Rui|21987654321'] };
const VERY_HIDDEN: FakeSheet = { visibility: 'very_hidden', rows: ['Nome|Fone', 'Bia|31987654321'] };
const UNTITLED: FakeSheet = { rows: ['Eva|41987654321'] };

describe('the sheet that is read', () => {
  const cases: readonly (readonly [title: string, sheets: readonly FakeSheet[], sheet: number])[] = [
    ['the only one', [DATA], 0],
    ['the first of two', [DATA, UNTITLED], 0],
    ['not an empty one', [EMPTY, DATA], 1],
    ['not one with titles alone', [TITLES, DATA], 1],
    ['not one with instructions', [TEXT, DATA], 1],
    ['one with instructions, if there is nothing else', [EMPTY, TEXT], 1],
    ['one without titles', [EMPTY, UNTITLED], 1],
    ['never a hidden one before a visible one', [HIDDEN, VERY_HIDDEN, DATA], 2],
    ['not even before instructions', [HIDDEN, TEXT], 1],
    ['a hidden one where the visible ones are empty', [EMPTY, TITLES, HIDDEN], 2],
    ['a very hidden one, too', [EMPTY, VERY_HIDDEN], 1],
  ];
  test.each(cases)('%s', async (_, sheets, sheet) => {
    const table = await read(sheets);
    expect(table.detection).toMatchObject({ format: 'xlsx', encoding: null, delimiter: null, sheet });
    expect(table.detection.sheets).toHaveLength(sheets.length);
    expect(table.rows.length).toBeGreaterThan(0);
  });

  test.each([
    ['nothing anywhere', [EMPTY, EMPTY], 'empty_file'],
    ['titles somewhere', [EMPTY, TITLES], 'no_rows'],
  ])('%s: %s', async (_, sheets, code) => {
    await expect(read(sheets)).rejects.toMatchObject({ code });
    await expect(read(sheets)).rejects.toBeInstanceOf(TableRefusal);
  });

  test('is the chosen one, also when it is hidden, empty or text', async () => {
    expect((await read([DATA, HIDDEN], { sheet: 1 })).rows[0]?.cells).toEqual(['Rui', '21987654321']);
    expect((await read([DATA, TEXT], { sheet: 1 })).detection.sheet).toBe(1);
    await expect(read([DATA, EMPTY], { sheet: 1 })).rejects.toMatchObject({ code: 'empty_file' });
    await expect(read([DATA, TITLES], { sheet: 1 })).rejects.toMatchObject({ code: 'no_rows' });
  });
});

describe('its rows', () => {
  const SHEET: FakeSheet = { rows: ['ACME', '', 'Nome|Fone', 'Ana|11987654321', '', 'Rui|21987654321'] };

  test('lie below the header, which has its row number', async () => {
    const table = await read([SHEET]);
    expect(table.detection.headerLine).toBe(3);
    expect(table.header).toEqual(['Nome', 'Fone']);
    expect(table.top.map(({ line }) => line)).toEqual([1, 3, 4, 6]);
    expect(table.rows.map(({ line }) => line)).toEqual([4, 6]);
  });

  test.each([
    [0, [1, 3, 4, 6], []],
    [1, [3, 4, 6], ['ACME']],
    [2, [3, 4, 6], []],
    [4, [6], ['Ana', '11987654321']],
  ])('or below the chosen line %i', async (headerLine, lines, header) => {
    const table = await read([EMPTY, SHEET], { headerLine });
    expect(table.detection).toMatchObject({ headerLine, sheet: 1 });
    expect(table.header).toEqual(header);
    expect(table.rows.map(({ line }) => line)).toEqual(lines);
  });

  test('are limited from below the header', async () => {
    const rows = (count: number) => [
      'ACME',
      'Nome|Fone',
      ...Array.from({ length: count }, () => 'Ana|11987654321'),
    ];
    expect((await read([{ rows: rows(10) }])).rows).toHaveLength(10);
    await expect(read([{ rows: rows(11) }])).rejects.toMatchObject({
      code: 'too_many_rows',
      line: 13,
      params: { limit: 10 },
    });
  });
});
