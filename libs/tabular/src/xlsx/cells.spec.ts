import { buildXlsx, escapeXml, type BuildXlsxOptions } from '@ponte/testing';
import { describe, expect, test } from 'vitest';
import { bytesSource } from '../byte-source';
import type { TableLocale, TableRow } from '../table';
import { openWorkbook } from './open-workbook';

const limits = { maxRows: 1_048_576, maxColumns: 16_384, maxCellBytes: 1_000_000 };

async function readRows(
  options: BuildXlsxOptions,
  locale: TableLocale = 'pt-BR',
): Promise<readonly TableRow[]> {
  const workbook = await openWorkbook(bytesSource(buildXlsx(options)));
  const rows: TableRow[] = [];
  for await (const batch of workbook.readSheet(0, { limits, locale })) rows.push(...batch);
  return rows;
}

async function readCells(rows: string, options: Omit<BuildXlsxOptions, 'sheets'> = {}) {
  return (await readRows({ sheets: [{ rows }], ...options })).map(({ cells }) => cells);
}

/** What one cell becomes; `undefined` when its row is blank. */
async function readCell(cell: string, options: Omit<BuildXlsxOptions, 'sheets'> = {}) {
  return (await readCells(`<row>${cell}</row>`, options))[0]?.[0];
}

const sharedStrings =
  '<si><t>Ana</t></si><si><r><rPr><b/></rPr><t>Ber</t></r><r><t xml:space="preserve">ta </t></r></si>' +
  '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si><si/><si><t/></si>';

describe('a cell is the text that people see', () => {
  test.each<[title: string, cell: string, text: string | undefined]>([
    ['shared string', '<c t="s"><v>0</v></c>', 'Ana'],
    ['rich text', '<c t="s"><v>1</v></c>', 'Berta '],
    ['phonetic reading', '<c t="s"><v>2</v></c>', '東京'],
    ['empty shared strings', '<c t="s"><v>3</v></c><c t="s"><v>4</v></c>', undefined],
    ['number beyond the shared strings', '<c t="s"><v>5</v></c>', undefined],
    ['negative number of a shared string', '<c t="s"><v>-1</v></c>', undefined],
    ['no number of a shared string', '<c t="s"><v>abc</v></c>', undefined],
    ['shared string without value', '<c t="s"/>', undefined],
    ['inline string', '<c t="inlineStr"><is><t>Ana</t></is></c>', 'Ana'],
    [
      'inline rich text',
      '<c t="inlineStr"><is><r><t>A</t></r><r><t>na</t></r><rPh><t>x</t></rPh></is></c>',
      'Ana',
    ],
    ['inline string without a type', '<c><is><t>Ana</t></is></c>', 'Ana'],
    ['inline string in the value', '<c t="inlineStr"><v>Ana</v></c>', 'Ana'],
    ['formula with text', '<c t="str"><f>A1&amp;"x"</f><v>Ana</v></c>', 'Ana'],
    ['formula with a number', '<c><f>1+1</f><v>2</v></c>', '2'],
    ['formula without a value', '<c><f>1+1</f></c>', undefined],
    ['text formula without a value', '<c t="str"><f>"x"</f></c>', undefined],
    ['shared formula', '<c t="str"><f t="shared" si="0"/><v>Ana</v></c>', 'Ana'],
    ['yes', '<c t="b"><v>1</v></c>', 'VERDADEIRO'],
    ['no', '<c t="b"><v>0</v></c>', 'FALSO'],
    ['yes in words', '<c t="b"><v>true</v></c>', 'VERDADEIRO'],
    ['boolean without value', '<c t="b"/>', undefined],
    ['error', '<c t="e"><v>#N/D</v></c>', '#N/D'],
    ['spaces', '<c t="str"><v xml:space="preserve">  Ana </v></c>', '  Ana '],
    ['entities', '<c t="str"><v>&lt;&amp;&gt;&quot;&apos;&#233;&#x1F600;</v></c>', '<&>"\'é😀'],
    ['CDATA', '<c t="str"><v>A<![CDATA[<&amp;>]]>b</v></c>', 'A<&amp;>b'],
    ['comment and instruction', '<c t="str"><v>A<!-- <v>-- > -->n<?x <v>?>a</v></c>', 'Ana'],
    ['line ends', '<c t="str"><v>a\r\nb\rc\nd</v></c>', 'a\nb\nc\nd'],
    ['line end kept by reference', '<c t="str"><v>a&#13;&#10;b</v></c>', 'a\r\nb'],
    ['escape', '<c t="str"><v>a_x000D_\nb</v></c>', 'a\r\nb'],
    ['escaped underscore', '<c t="str"><v>_x005F_x0041_ _x0041_</v></c>', '_x0041_ A'],
    ['no escape', '<c t="str"><v>_x00_ _xZZZZ_ _X0041_</v></c>', '_x00_ _xZZZZ_ _X0041_'],
    ['escaped pair', '<c t="str"><v>_xD83D__xDE00_</v></c>', '😀'],
    ['> in text', '<c t="str"><v>a>b</v></c>', 'a>b'],
    ['> in an attribute', '<c t="str" x="a>b" y=\'"/>\'><v>Ana</v></c>', 'Ana'],
    ['apostrophes around attributes', "<c t='str' r='A1'><v>Ana</v></c>", 'Ana'],
    ['spaces in a tag', '<c \n t = "str"\t><v >Ana</v ></c >', 'Ana'],
    ['a type of later days', '<c t="x"><v>Ana</v></c>', 'Ana'],
    ['ISO date', '<c t="d"><v>2024-01-31</v></c>', '31/01/2024'],
    ['ISO date and time', '<c t="d"><v>2024-01-31T13:05:00</v></c>', '31/01/2024 13:05:00'],
    ['ISO date at midnight', '<c t="d"><v>2024-01-31T00:00:00.000Z</v></c>', '31/01/2024'],
    ['no ISO date', '<c t="d"><v>2024-02-31</v></c>', '2024-02-31'],
    ['ISO date before 1900', '<c t="d"><v>1889-11-15</v></c>', '1889-11-15'],
  ])('%s', async (_, cell, text) => {
    expect(await readCell(cell, { sharedStrings })).toBe(text);
  });

  test.each<[TableLocale, string, string]>([
    ['pt-BR', 'VERDADEIRO', 'FALSO'],
    ['en', 'TRUE', 'FALSE'],
    ['es', 'VERDADERO', 'FALSO'],
  ])('booleans in %s', async (locale, yes, no) => {
    const rows = '<row><c t="b"><v>1</v></c><c t="b"><v>0</v></c></row>';
    expect((await readRows({ sheets: [{ rows }] }, locale))[0]?.cells).toEqual([yes, no]);
  });
});

describe('a number is all its digits', () => {
  test.each<[stored: string, text: string]>([
    ['5511987654321', '5511987654321'],
    ['5.521987654321E12', '5521987654321'],
    ['5.521987654321e+12', '5521987654321'],
    ['5541987654321.0', '5541987654321'],
    ['5.5119876543215512E+25', '55119876543215512000000000'],
    ['55119876543219880', '55119876543219880'],
    ['5511987654321.5', '5511987654321.5'],
    ['5521987654320.75', '5521987654320.75'],
    ['-5531987654321', '-5531987654321'],
    ['+12', '12'],
    ['0', '0'],
    ['-0', '0'],
    ['-0.0', '0'],
    ['007', '7'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1.1000000000000001', '1.1'],
    ['0.30000000000000004', '0.3'],
    ['1E-7', '0.0000001'],
    ['-1.5E-3', '-0.0015'],
    ['1.2345678901234567E-5', '0.0000123456789012346'],
    ['123456789012345678.5', '123456789012345678.5'],
    [' 12 ', '12'],
    ['1E400', `1${'0'.repeat(400)}`],
    ['1E4000', '1E4000'],
    [`1.${'0'.repeat(500)}1`, `1.${'0'.repeat(500)}1`],
    ['1E-400', `0.${'0'.repeat(399)}1`],
    ['abc', 'abc'],
    ['1,5', '1,5'],
    ['.', '.'],
    ['-', '-'],
    ['Infinity', 'Infinity'],
    ['NaN', 'NaN'],
  ])('%s is %s', async (stored, text) => {
    expect(await readCell(`<c><v>${stored}</v></c>`)).toBe(text);
    expect(await readCell(`<c t="n"><v>${stored}</v></c>`)).toBe(text);
  });

  test.each<[format: string | number, stored: string, text: string]>([
    ['"+"0', '5511987654321', '+5511987654321'],
    ['+0', '5511987654321', '+5511987654321'],
    ['\\+#', '5511987654321', '+5511987654321'],
    ['+General', '5511987654321', '+5511987654321'],
    ['"+55"0', '11987654321', '+5511987654321'],
    ['"+55 "(00) 00000-0000', '11987654321', '+5511987654321'],
    ['+00 00 00000-0000', '5511987654321', '+5511987654321'],
    ['+0;-0;0', '-5', '-5'],
    ['+0', '0', '0'],
    ['+0', '5511987654321.5', '5511987654321.5'],
    ['+0.00', '5', '5'],
    ['+0%', '5', '5'],
    ['+0.00E+00', '5', '5'],
    ['[>99]+0;0', '5', '5'],
    ['(00) 00000-0000', '11987654321', '11987654321'],
    ['00000-000', '1310100', '1310100'],
    ['0.00E+00', '5511987654321', '5511987654321'],
    ['"R$ "#,##0.00', '1234.5', '1234.5'],
    ['[$R$-416] #,##0.00', '1234.5', '1234.5'],
    ['[Red]0 "dias"', '5', '5'],
    ['# ?/?', '0.5', '0.5'],
    ['Standard', '5', '5'],
    ['', '5', '5'],
    ['@', '5511987654321', '5511987654321'],
    [49, '5511987654321', '5511987654321'],
    [11, '5511987654321', '5511987654321'],
    [9, '0.5', '0.5'],
    [999, '5', '5'],
  ])('%s on %s shows %s', async (format, stored, text) => {
    expect(await readCell(`<c s="1"><v>${stored}</v></c>`, { formats: [format] })).toBe(text);
  });

  test('a style beyond the styles, and a workbook without them', async () => {
    expect(await readCell('<c s="99"><v>5</v></c>')).toBe('5');
    expect(await readCell('<c s="1"><v>5</v></c>', { parts: { 'xl/styles.xml': null } })).toBe('5');
  });

  test('formats of conditional formatting say nothing about cells', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>' +
      '<dxfs><dxf><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></dxf></dxfs></styleSheet>';
    expect(await readCell('<c s="1"><v>45322</v></c>', { parts: { 'xl/styles.xml': styles } })).toBe('45322');
  });
});

describe('a date is what its format shows', () => {
  const at = '45322.5633101852'; // Wednesday, 31 January 2024, 13:31:10

  test.each<[format: string | number, pt: string, en: string, es: string]>([
    [14, '31/01/2024', '1/31/2024', '31/01/2024'],
    [15, '31/jan/24', '31-Jan-24', '31-ene-24'],
    [16, '31/jan', '31-Jan', '31-ene'],
    [17, 'jan/24', 'Jan-24', 'ene-24'],
    [18, '1:31 PM', '1:31 PM', '1:31 PM'],
    [19, '1:31:10 PM', '1:31:10 PM', '1:31:10 PM'],
    [20, '13:31', '13:31', '13:31'],
    [21, '13:31:10', '13:31:10', '13:31:10'],
    [22, '31/01/2024 13:31', '1/31/2024 13:31', '31/01/2024 13:31'],
    [30, '31/01/2024', '1/31/2024', '31/01/2024'],
    [32, '13:31', '13:31', '13:31'],
    [45, '31:10', '31:10', '31:10'],
    [46, '1087741:31:10', '1087741:31:10', '1087741:31:10'],
    [47, '31:10,0', '31:10.0', '31:10,0'],
    [57, '31/01/2024', '1/31/2024', '31/01/2024'],
    ['dd/mm/yyyy', '31/01/2024', '31/01/2024', '31/01/2024'],
    ['yyyy-mm-dd hh:mm:ss', '2024-01-31 13:31:10', '2024-01-31 13:31:10', '2024-01-31 13:31:10'],
    ['d "de" mmmm "de" yyyy', '31 de janeiro de 2024', '31 de January de 2024', '31 de enero de 2024'],
    ['dddd, ddd', 'quarta-feira, qua', 'Wednesday, Wed', 'miércoles, mié'],
    ['[$-409]d-mmm-yy;@', '31-Jan-24', '31-Jan-24', '31-Jan-24'],
    ['[$-416]mmmm/yy', 'janeiro/24', 'janeiro/24', 'janeiro/24'],
    ['mmmmm', 'J', 'J', 'E'],
    [
      '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy',
      'quarta-feira, 31 de janeiro de 2024',
      'Wednesday, January 31, 2024',
      'miércoles, 31 de enero de 2024',
    ],
    ['[$-F400]h:mm:ss\\ AM/PM', '13:31:10', '13:31:10', '13:31:10'],
    ['h"h"mm', '13h31', '13h31', '13h31'],
    ['h:m', '13:31', '13:31', '13:31'],
    ['ss.000', '10,000', '10.000', '10,000'],
    ['[mm]:ss', '65264491:10', '65264491:10', '65264491:10'],
    ['h a/p', '1 p', '1 p', '1 p'],
    ['h A/P', '1 P', '1 P', '1 P'],
    ['d\\/m', '31/1', '31/1', '31/1'],
    ['m', '1', '1', '1'],
    ['e.m.d', '2024.1.31', '2024.1.31', '2024.1.31'],
    ['[$-411]ggge', '2024', '2024', '2024'],
    ['[Blue]yy_)', '24', '24', '24'],
  ])('%s', async (format, ...texts) => {
    for (const [i, locale] of (['pt-BR', 'en', 'es'] as const).entries()) {
      const rows = `<row><c s="1"><v>${at}</v></c></row>`;
      expect((await readRows({ sheets: [{ rows }], formats: [format] }, locale))[0]?.cells).toEqual([
        texts[i],
      ]);
    }
  });

  test.each<[title: string, format: string | number, stored: string, text: string]>([
    ['first day', 'dd/mm/yyyy', '1', '01/01/1900'],
    ['last day before the leap bug', 'dd/mm/yyyy', '59', '28/02/1900'],
    ['leap bug', 'dd/mm/yyyy', '60', '29/02/1900'],
    ['first day behind it', 'dd/mm/yyyy', '61', '01/03/1900'],
    ['day 0', 'dd/mm/yyyy', '0', '00/01/1900'],
    ['last day', 'dd/mm/yyyy', '2958465', '31/12/9999'],
    ['no date: a phone', 14, '5511987654321', '5511987654321'],
    ['no date: negative', 14, '-1', '-1'],
    ['no number', 14, 'abc', 'abc'],
    ['time alone', 'hh:mm', '0.5', '12:00'],
    ['rounded to the next day', 'dd/mm/yyyy hh:mm', '45322.9999999', '01/02/2024 00:00'],
    ['elapsed, rounded to the next day', '[h]:mm', '1.9999999', '48:00'],
    ['elapsed hours', '[h]:mm', '1.5', '36:00'],
    ['midnight of twelve hours', 'h:mm AM/PM', '0', '12:00 AM'],
    ['noon of twelve hours', 'h:mm AM/PM', '0.5', '12:00 PM'],
  ])('%s', async (_, format, stored, text) => {
    expect(await readCell(`<c s="1"><v>${stored}</v></c>`, { formats: [format] })).toBe(text);
  });

  test.each<[format: string, stored: string, text: string]>([
    ['dd/mm/yyyy', '0', '01/01/1904'],
    ['dd/mm/yyyy', '43860', '31/01/2024'],
    ['[h]:mm', '1.5', '36:00'],
  ])('since 1904: %s of %s', async (format, stored, text) => {
    const options = { formats: [format], is1904: true };
    expect(await readCell(`<c s="1"><v>${stored}</v></c>`, options)).toBe(text);
    expect(await readCell('<c t="d"><v>2024-01-31</v></c>', options)).toBe('31/01/2024');
  });
});

describe('rows and places', () => {
  const text = (value: string, place = '') =>
    `<c t="str"${place && ` r="${place}"`}><v>${escapeXml(value)}</v></c>`;

  test('cells stand where their references say, or behind the one before', async () => {
    const rows = `<row>${text('a', 'B1')}${text('b')}${text('c', 'F1')}${text('d')}</row>`;
    expect(await readCells(rows)).toEqual([['', 'a', 'b', '', '', 'c', 'd']]);
  });

  test('cells out of order, twice, in lower case, without letters', async () => {
    const rows = `<row>${text('c', 'C1')}${text('a', 'A1')}${text('b', 'b1')}${text('x', '7')}${text('y', 'A1')}</row>`;
    expect(await readCells(rows)).toEqual([['y', 'b', 'x']]);
  });

  test('rows have their own numbers, or follow the one before; blank ones are left out', async () => {
    const rows = `<row>${text('a')}</row><row r="5"><c s="1"/></row><row>${text('b')}</row><row r="x">${text('c')}</row>
      <row r="3">${text('d')}</row><row>${text('  ')}</row><row/>`;
    const found = await readRows({ sheets: [{ rows }] });
    expect(found.map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, 'a'],
      [6, 'b'],
      [7, 'c'],
      [3, 'd'],
    ]);
  });

  test('cells end with the last that is not empty', async () => {
    expect(await readCells(`<row>${text('a')}${text('')}<c s="1"/></row>`)).toEqual([['a']]);
  });

  test('a far cell', async () => {
    const [cells] = await readCells(`<row>${text('a')}${text('z', 'XFD1')}</row>`);
    expect(cells?.length).toBe(16_384);
    expect(cells?.at(-1)).toBe('z');
  });

  test('hidden rows are told', async () => {
    const rows = `<row hidden="1">${text('a')}</row><row hidden="true">${text('b')}</row><row hidden="0">${text('c')}</row>`;
    expect((await readRows({ sheets: [{ rows }] })).map(({ isHidden }) => isHidden)).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('elements of the same names outside of the data are no cells', async () => {
    const sheet = `<worksheet><extLst><row><c t="str"><v>x</v></c></row></extLst><sheetData><row>${text('a')}</row></sheetData>
      <mergeCells><mergeCell ref="A1:C3"/></mergeCells><extLst><row><c t="str"><v>x</v></c></row></extLst></worksheet>`;
    expect(await readCells('', { parts: { 'xl/worksheets/sheet1.xml': sheet } })).toEqual([['a']]);
  });

  test('any prefix, or none', async () => {
    const sheet = `<x:worksheet xmlns:x="m"><x:sheetData><x:row r="2"><x:c r="B2" t="s"><x:v>0</x:v></x:c>
      <x:c t="inlineStr"><x:is><x:t>b</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`;
    const strings = '<ss:sst xmlns:ss="m"><ss:si><ss:t>a</ss:t></ss:si></ss:sst>';
    const parts = { 'xl/worksheets/sheet1.xml': sheet, 'xl/sharedStrings.xml': strings };
    expect(await readRows({ sheets: [{ rows: '' }], parts })).toEqual([
      { line: 2, cells: ['', 'a', 'b'], isMalformed: false, isHidden: false },
    ]);
  });

  test.each(['utf-16le', 'utf-16be', 'utf-8'] as const)(
    'parts in %s, with and without a mark',
    async (encoding) => {
      const encode = (xml: string) => {
        const bytes = Buffer.from(xml, encoding === 'utf-8' ? 'utf8' : 'utf16le');
        return encoding === 'utf-16be' ? bytes.swap16() : bytes;
      };
      const sheet = `<worksheet><sheetData><row>${text('José 😀')}</row></sheetData></worksheet>`;
      for (const mark of ['', '\ufeff']) {
        const parts = { 'xl/worksheets/sheet1.xml': encode(mark + sheet) };
        expect(await readCells('', { parts })).toEqual([['José 😀']]);
      }
    },
  );
});
