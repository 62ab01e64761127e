import { bytesSource, openTable, openWorkbook } from '@ponte/tabular';
import exceljs from 'exceljs';
import fc from 'fast-check';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { workbookFile, type WorkbookOptions } from './workbook-file';

type Cells = (string | null)[];

const COLUMNS = ['name', 'phone_number', 'email'];
const LIMITS = { maxRows: 1_000_000, maxColumns: 100, maxCellBytes: 100_000 };

async function* inBatches(rows: readonly Cells[], size = 1000): AsyncGenerator<Cells[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}

async function written(rows: readonly Cells[], options: Partial<WorkbookOptions> = {}): Promise<Uint8Array> {
  const file = workbookFile(inBatches(rows), { columns: COLUMNS, title: 'Contatos', ...options });
  return new Uint8Array(await buffer(file));
}

/** What the import's own reader finds on each sheet, header included; cells to the last one that is not empty. */
async function sheetsOf(bytes: Uint8Array): Promise<[name: string, rows: string[][]][]> {
  const workbook = await openWorkbook(bytesSource(bytes));
  const sheets: [string, string[][]][] = [];
  for (const [index, { name }] of workbook.sheets.entries()) {
    const rows: string[][] = [];
    for await (const batch of workbook.readSheet(index, { limits: LIMITS, locale: 'pt-BR' }))
      rows.push(...batch.map(({ cells }) => [...cells]));
    sheets.push([name, rows]);
  }
  return sheets;
}

const people = (count: number): Cells[] =>
  Array.from({ length: count }, (_, index) => [
    `Ana Conceição ${index}`,
    `+55119${10_000_000 + index}`,
    index % 2 === 0 ? `ana${index}@example.com` : null,
  ]);

describe('workbookFile', () => {
  it('comes back as the same contacts from our own reader', async () => {
    const table = await openTable(bytesSource(await written(people(3_000))), {
      limits: LIMITS,
      locale: 'pt-BR',
    });
    const rows: string[][] = [];
    for await (const batch of table.rows()) rows.push(...batch.map(({ cells }) => [...cells]));
    expect(table.header).toEqual(COLUMNS);
    expect(rows.map(([name, phone, email]) => [name, phone, email ?? null])).toEqual(people(3_000));
  });

  it.each([
    [
      'formulas, which are texts',
      ['=1+1', '=HYPERLINK("http://x")', '@SUM(A1)', '-1', "'=1", '|calc', '＝1'],
    ],
    [
      'numbers and dates, which are texts',
      ['0012', '+5511987654321', '1e5', '2026-03-12', 'TRUE', '1.50', '#N/A'],
    ],
    ['signs of XML', ['<b>&amp;</b>', ']]>', '"', "'", '&#10;', '<![CDATA[x]]>', '<?x?>']],
    [
      'characters that XML cannot hold',
      ['a\u0001b', 'a\u000bb\u001f', 'a\u007fb', 'a\ufffeb', 'a\uffffb', 'a\rb\r\nc'],
    ],
    [
      'escapes of workbooks',
      ['_x0041_', '_x000D_', '_x005F_', '_x0041_x0042_', '__x0041_', '_X0041_', '_x41_'],
    ],
    ['line ends and tabs inside', ['a\nb', 'a\tb', 'a  b']],
    ['every plane', ['🙂', 'ｶﾅ', 'أحمد', '\u0085x', 'a\u2028b', '👨‍👩‍👧']],
  ])('brings back %s', async (_, texts) => {
    const rows = texts.map((text) => [text, '+5511987654321']);
    const [[, found] = []] = await sheetsOf(await written(rows));
    expect(found?.slice(1)).toEqual(rows);
  });

  it('brings back any text that PostgreSQL can hold', async () => {
    const text = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 40 })
      .filter((value) => !value.includes('\0') && value.trim() === value);
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (texts) => {
        const rows = texts.map((value) => [value, 'x']);
        const [[, found] = []] = await sheetsOf(await written(rows));
        expect(found?.slice(1)).toEqual(rows);
      }),
      { numRuns: 100 },
    );
  });

  it('is what exceljs reads too: texts, a header that stays and columns wide enough', async () => {
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.load(Buffer.from(await written([['=1+1', '+5511987654321', null]])).buffer);
    const [sheet] = workbook.worksheets;
    expect(sheet?.name).toBe('Contatos');
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet?.getColumn(1).width).toBe(36);
    expect(sheet?.getCell('A1').font.bold).toBe(true);
    expect(sheet?.getCell('B2').numFmt).toBe('@');
    const cells = ['A1', 'B1', 'A2', 'B2'].map((place) => sheet?.getCell(place));
    expect(cells.map((cell) => cell?.type)).toEqual(Array(4).fill(exceljs.ValueType.String));
    expect(cells.map((cell) => cell?.value)).toEqual(['name', 'phone_number', '=1+1', '+5511987654321']);
  });

  it('has a header alone for nobody', async () => {
    expect(await sheetsOf(await written([]))).toEqual([['Contatos', [COLUMNS]]]);
  });

  it.each([
    [9, [9]],
    [10, [9, 1]],
    [2_000, Array.from({ length: 223 }, (_, index) => (index < 222 ? 9 : 2))],
  ])('goes on on the next sheet: %i rows', async (count, sizes) => {
    const sheets = await sheetsOf(await written(people(count), { sheetRows: 9 }));
    expect(sheets.map(([, rows]) => rows.length - 1)).toEqual(sizes);
    expect(sheets.map(([name]) => name).slice(0, 2)).toEqual(
      ['Contatos', 'Contatos 2'].slice(0, sizes.length),
    );
    expect(sheets.every(([, [header]]) => header?.join() === COLUMNS.join())).toBe(true);
    expect(sheets.flatMap(([, rows]) => rows.slice(1).map(([name]) => name))).toEqual(
      people(count).map(([name]) => name),
    );
  });

  it('ends with the error of its rows', async () => {
    const broken = async function* (): AsyncGenerator<Cells[]> {
      yield people(10);
      await Promise.reject(new Error('The database is gone.'));
    };
    await expect(buffer(workbookFile(broken(), { columns: COLUMNS, title: 'Contatos' }))).rejects.toThrow(
      'The database is gone.',
    );
  });

  it('makes no more than is taken, and lets go of the rows when nobody takes it', async () => {
    const batch = people(1000);
    let made = 0;
    let isReleased = false;
    const endless = async function* (): AsyncGenerator<Cells[]> {
      try {
        for (; ; made += 1) yield await Promise.resolve(batch);
      } finally {
        isReleased = true;
      }
    };
    const file = workbookFile(endless(), { columns: COLUMNS, title: 'Contatos' });
    // The archive's own first bytes, and then a piece of the sheet.
    await file.next();
    await file.next();
    const afterFirst = made;
    for (let turns = 0; turns < 200; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    // A file of a megabyte would be more than the buffers between the rows and the taker hold.
    expect(made - afterFirst).toBeLessThan(60);
    await file.return(undefined);
    for (let turns = 0; turns < 200 && !isReleased; turns += 1)
      await new Promise((resolve) => setImmediate(resolve));
    expect(isReleased).toBe(true);
  });
});
