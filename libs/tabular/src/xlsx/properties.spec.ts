import { Workbook as ExcelWorkbook, type CellValue } from 'exceljs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesSource } from '../byte-source';
import { openWorkbook } from './open-workbook';

const limits = { maxRows: 1_048_576, maxColumns: 16_384, maxCellBytes: 1_000_000 };

/** A cell as exceljs takes it, and the text that people see. */
interface SampleCell {
  readonly value: CellValue;
  readonly format?: string;
  readonly isShown: (text: string) => boolean;
  readonly isBlank: boolean;
}

const shownAs = (text: string) => ({
  isShown: (shown: string) => shown === text,
  isBlank: text.trim() === '',
});

/**
 * Text that an XLSX can hold as exceljs writes it: no control characters but tab and LF (exceljs drops them, and XML
 * turns CR into LF), no lone surrogates, nothing that looks like an escape (exceljs does not escape it again).
 */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom(
        'é',
        '😀',
        '<',
        '&amp;',
        '"',
        "'",
        ']]>',
        ' ',
        '  ',
        '\n',
        '\t',
        '_',
        '_x',
        '=1+1',
        '\u200b',
        '\u00a0',
        '中',
      ),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''))
  // eslint-disable-next-line no-control-regex
  .filter((value) => !/[\0-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]|[\ud800-\udfff]/u.test(value))
  .filter((value) => !/_x[0-9a-f]{4}_/i.test(value));

const string = text.map((value): SampleCell => ({ value, ...shownAs(value) }));
const rich = fc
  .array(
    text.filter((part) => part !== ''),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts): SampleCell => ({
    value: { richText: parts.map((part, i) => ({ text: part, font: { bold: i % 2 === 0 } })) },
    ...shownAs(parts.join('')),
  }));
/** exceljs writes a link without text as JSON. */
const link = fc
  .tuple(
    text.filter((value) => value !== ''),
    fc.webUrl(),
  )
  .map(([value, hyperlink]): SampleCell => ({
    value: { text: value, hyperlink },
    ...shownAs(value),
  }));
const number = fc
  .oneof(
    fc.integer({ min: -1_000_000, max: 1_000_000 }),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(5511987654321, 0.1 + 0.2, 1e21, 1e-7, 1.1, -0),
  )
  .map((value): SampleCell => ({
    value,
    isBlank: false,
    isShown: (shown) =>
      /^-?\d+(\.\d+)?$/.test(shown) &&
      Number(shown) === (Number.isInteger(value) ? value + 0 : Number(value.toPrecision(15))),
  }));
const boolean = fc.boolean().map((value): SampleCell => ({
  value,
  ...shownAs(value ? 'VERDADEIRO' : 'FALSO'),
}));
const pad = (value: number) => String(value).padStart(2, '0');
const date = fc
  .date({ min: new Date('1900-03-01T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true })
  .map((exact): SampleCell => {
    const value = new Date(Math.round(exact.getTime() / 1000) * 1000);
    const day = `${pad(value.getUTCDate())}/${pad(value.getUTCMonth() + 1)}/${value.getUTCFullYear()}`;
    const time = [value.getUTCHours(), value.getUTCMinutes(), value.getUTCSeconds()].map(pad).join(':');
    return { value, format: 'dd/mm/yyyy hh:mm:ss', ...shownAs(`${day} ${time}`) };
  });
const formula = text.map((value): SampleCell => ({
  value: { formula: 'A1', result: value },
  ...shownAs(value),
}));
const nothing = fc.constant<SampleCell>({ value: null, ...shownAs('') });

const table = fc.array(
  fc.array(fc.oneof(string, string, rich, link, number, boolean, date, formula, nothing), { maxLength: 6 }),
  { maxLength: 6 },
);

async function write(rows: readonly (readonly SampleCell[])[], gap: number): Promise<Uint8Array> {
  const workbook = new ExcelWorkbook();
  const sheet = workbook.addWorksheet('Clientes');
  rows.forEach((cells, row) =>
    cells.forEach(({ value, format }, column) => {
      if (value === null) return;
      const cell = sheet.getCell(1 + row * (1 + gap), 1 + column * (1 + gap));
      cell.value = value;
      if (format !== undefined) cell.numFmt = format;
    }),
  );
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

test('random tables that exceljs writes come back as they were', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 0, max: 3 }), async (rows, gap) => {
      const workbook = await openWorkbook(bytesSource(await write(rows, gap)));
      const found = new Map<number, readonly string[]>();
      for await (const batch of workbook.readSheet(0, { limits, locale: 'pt-BR' })) {
        for (const { line, cells } of batch) found.set(line, cells);
      }
      rows.forEach((cells, row) => {
        const shown = found.get(1 + row * (1 + gap));
        // A row of white space alone is left out.
        if (shown === undefined) {
          expect(cells.every((cell) => cell.isBlank)).toBe(true);
          return;
        }
        cells.forEach(({ value, isShown }, column) => {
          const cell = shown[column * (1 + gap)] ?? '';
          if (!isShown(cell)) expect({ value, cell }).toEqual({ value, cell: 'what was written' });
        });
      });
    }),
    { numRuns: 250, seed: 1 },
  );
});
