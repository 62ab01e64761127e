import { describe, expect, test } from 'vitest';
import { CsvRefusal } from './csv-refusal';
import type { CsvRow } from './csv-row';
import { readCsv, type ReadCsvOptions } from './read-csv';

const limits = { maxRows: 1000, maxColumns: 20, maxCellBytes: 10_000 };

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function toBytes(content: string | readonly number[]): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content);
}

/** A UTF-8 text with single bytes put in as they are, which no string can hold. */
function bytesOf(...parts: readonly (string | number)[]): Uint8Array {
  return toBytes(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...toBytes(part)])));
}

async function readAll(
  bytes: Uint8Array,
  size: number,
  options: Partial<ReadCsvOptions> = {},
): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const batch of readCsv(inChunks(bytes, size), { limits, ...options })) rows.push(...batch);
  return rows;
}

async function refusalOf(
  bytes: Uint8Array,
  size: number,
  options: Partial<ReadCsvOptions> = {},
): Promise<unknown> {
  try {
    await readAll(bytes, size, options);
  } catch (error) {
    if (!(error instanceof CsvRefusal)) throw error;
    return { code: error.code, line: error.line, params: error.params };
  }
  return 'nothing was refused';
}

const SIZES = [1, 2, 3, 5, 1 << 20];

/** A row as a line and its cells; a malformed one says so at the end. */
const brief = (rows: readonly CsvRow[]) =>
  rows.map(({ line, cells, isMalformed }) => [line, ...cells, ...(isMalformed ? ['MALFORMED'] : [])]);

describe.each(SIZES)('in chunks of %i bytes', (size) => {
  test.each<[title: string, text: string, rows: (string | number)[][]]>([
    [
      'LF',
      'a,b\n1,2\n',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
    ],
    [
      'CR LF',
      'a,b\r\n1,2\r\n',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
    ],
    [
      'CR',
      'a,b\r1,2\r',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
    ],
    [
      'mixed line ends',
      'a\nb\r\nc\rd\n\re',
      [
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
        [4, 'd'],
        [6, 'e'],
      ],
    ],
    [
      'no line end at the end',
      'a,b\n1,2',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
    ],
    [
      'a delimiter at the end',
      'a,b\n1,',
      [
        [1, 'a', 'b'],
        [2, '1', ''],
      ],
    ],
    [
      'empty cells',
      'a,b,c\n,,3\n1,,\n',
      [
        [1, 'a', 'b', 'c'],
        [2, '', '', '3'],
        [3, '1', '', ''],
      ],
    ],
    ['blanks, kept', ' a , b \n', [[1, ' a ', ' b ']]],
    [
      'quotes',
      '"a","b"\n"1",2\n',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
    ],
    [
      'empty quotes',
      'a,b\n"",x\nx,""',
      [
        [1, 'a', 'b'],
        [2, '', 'x'],
        [3, 'x', ''],
      ],
    ],
    [
      'escaped quotes',
      'a\n"x ""y"" z"\n""""\n',
      [
        [1, 'a'],
        [2, 'x "y" z'],
        [3, '"'],
      ],
    ],
    [
      'delimiters in quotes',
      'a\n"1,2",3\n',
      [
        [1, 'a'],
        [2, '1,2', '3'],
      ],
    ],
    [
      'an LF in quotes',
      'a\n"x\ny"\nz\n',
      [
        [1, 'a'],
        [2, 'x\ny'],
        [4, 'z'],
      ],
    ],
    [
      'a CR LF in quotes',
      'a\r\n"x\r\ny"\r\nz\r\n',
      [
        [1, 'a'],
        [2, 'x\r\ny'],
        [4, 'z'],
      ],
    ],
    [
      'a CR in quotes',
      'a\r"x\ry"\rz\r',
      [
        [1, 'a'],
        [2, 'x\ry'],
        [4, 'z'],
      ],
    ],
    [
      'line ends at the edges of quotes',
      'a\n"\r\nx\r\n"\nz',
      [
        [1, 'a'],
        [2, '\r\nx\r\n'],
        [5, 'z'],
      ],
    ],
    [
      'LF CR in quotes, which are two lines',
      'a\n"x\n\ry"\nz',
      [
        [1, 'a'],
        [2, 'x\n\ry'],
        [5, 'z'],
      ],
    ],
    [
      'a later cell with a line end',
      'a,b\n1,"x\ny"\n2,z\n',
      [
        [1, 'a', 'b'],
        [2, '1', 'x\ny'],
        [4, '2', 'z'],
      ],
    ],
    [
      'blank lines, skipped but counted',
      '\n\r\na\n\n  \n\t\nb\n\n',
      [
        [3, 'a'],
        [7, 'b'],
      ],
    ],
    [
      'rows of separators only',
      'a,b\n,\n , \n"",""\nx,y\n',
      [
        [1, 'a', 'b'],
        [5, 'x', 'y'],
      ],
    ],
    [
      'quotes inside an unquoted cell, kept',
      'a\nAna "An" L\nx"\n',
      [
        [1, 'a'],
        [2, 'Ana "An" L'],
        [3, 'x"'],
      ],
    ],
    [
      'a blank before a quote, which is no opening quote',
      'a\n "x",y\n',
      [
        [1, 'a'],
        [2, ' "x"', 'y'],
      ],
    ],
    [
      'text after a closing quote',
      'a,b\n"Ana" L,1\nx,2\n',
      [
        [1, 'a', 'b'],
        [2, '"Ana" L', '1', 'MALFORMED'],
        [3, 'x', '2'],
      ],
    ],
    [
      'text after a closing quote, then more quotes on the line',
      'a,b\n"Ana "Na" L","x,y"\nx,2\n',
      [
        [1, 'a', 'b'],
        [2, '"Ana "Na" L"', '"x', 'y"', 'MALFORMED'],
        [3, 'x', '2'],
      ],
    ],
    [
      'text after a closing quote at the end of the file',
      'a\n"Ana" L',
      [
        [1, 'a'],
        [2, '"Ana" L', 'MALFORMED'],
      ],
    ],
    [
      'text after empty quotes',
      'a\n""x\ny\n',
      [
        [1, 'a'],
        [2, '""x', 'MALFORMED'],
        [3, 'y'],
      ],
    ],
    [
      'a good quoted row after a malformed one',
      'a\n"x"y\n"1\n2"\n',
      [
        [1, 'a'],
        [2, '"x"y', 'MALFORMED'],
        [3, '1\n2'],
      ],
    ],
    ['a byte order mark', '\ufeffa,b\n', [[1, 'a', 'b']]],
    ['two byte order marks before a quote', '\ufeff\ufeff"a",b\n', [[1, 'a', 'b']]],
    [
      'a byte order mark inside, kept',
      'a\n\ufeffb\n',
      [
        [1, 'a'],
        [2, '\ufeffb'],
      ],
    ],
    [
      'characters of one to four bytes',
      'é,€\n😀,a\n',
      [
        [1, 'é', '€'],
        [2, '😀', 'a'],
      ],
    ],
    [
      'NUL in a row',
      'a\nx\u0000y\n',
      [
        [1, 'a'],
        [2, 'x\u0000y'],
      ],
    ],
    ['a last line of blanks', 'a\n  ', [[1, 'a']]],
  ])('reads %s', async (_, text, rows) => {
    expect(brief(await readAll(toBytes(text), size))).toEqual(rows);
  });

  test.each<[title: string, bytes: Uint8Array, refusal: Record<string, unknown>]>([
    ['nothing', bytesOf(''), { code: 'empty_file' }],
    ['a byte order mark alone', bytesOf('\ufeff'), { code: 'empty_file' }],
    ['blank lines', bytesOf('\r\n\n \r,,\n'), { code: 'empty_file' }],
    ['an open quote', bytesOf('a\nb\n"c\nd\n'), { code: 'malformed_csv', line: 3 }],
    [
      'an open quote in a later cell of a long row',
      bytesOf('a\n"1\n2","c\nd'),
      { code: 'malformed_csv', line: 3 },
    ],
    ['a quote that swallowed rows', bytesOf('a\n"b\nc\n"d",e\n'), { code: 'malformed_csv', line: 2 }],
    ['a wrong byte in line 1', bytesOf('a', 0xe9, '\nb'), { code: 'not_utf8', line: 1 }],
    ['a wrong byte in line 3', bytesOf('a\r\nb\r\nc', 0xe9, 'd\n'), { code: 'not_utf8', line: 3 }],
    ['a wrong byte after CR', bytesOf('a\rb\r', 0xe9, 'c'), { code: 'not_utf8', line: 3 }],
    [
      'a wrong byte after a line end in quotes',
      bytesOf('a\n"b\r\n', 0xff, '"'),
      { code: 'not_utf8', line: 3 },
    ],
    ['a lead byte before a line end', bytesOf('a\nb', 0xc3, '\nc'), { code: 'not_utf8', line: 2 }],
    ['two of three bytes', bytesOf('a\nb', 0xe2, 0x82, '\nc'), { code: 'not_utf8', line: 2 }],
    ['an unfinished character at the end', bytesOf('a\nb\nc', 0xf0, 0x9f), { code: 'not_utf8', line: 3 }],
    ['an overlong slash', bytesOf('a\nb', 0xc0, 0xaf, '\n'), { code: 'not_utf8', line: 2 }],
    ['an encoded surrogate', bytesOf('a\nb\n', 0xed, 0xa0, 0x80, '\n'), { code: 'not_utf8', line: 3 }],
    ['a value above U+10FFFF', bytesOf('a\n', 0xf4, 0x90, 0x80, 0x80), { code: 'not_utf8', line: 2 }],
    [
      'UTF-16LE',
      bytesOf(0xff, 0xfe, 'a', 0, ',', 0),
      { code: 'not_utf8', line: 1, params: { encoding: 'utf-16le' } },
    ],
    [
      'UTF-16BE',
      bytesOf(0xfe, 0xff, 0, 'a', 0, ','),
      { code: 'not_utf8', line: 1, params: { encoding: 'utf-16be' } },
    ],
    [
      'UTF-16LE without a mark',
      bytesOf('a\0,\0b\0\n\0'),
      { code: 'not_utf8', line: 1, params: { encoding: 'utf-16le' } },
    ],
    [
      'UTF-16BE without a mark',
      bytesOf('\0a\0,\0b\0\n'),
      { code: 'not_utf8', line: 1, params: { encoding: 'utf-16be' } },
    ],
    ['a PDF', bytesOf('%PDF-1.7\n'), { code: 'not_csv', line: 1, params: { format: 'pdf' } }],
    ['a PNG', bytesOf(0x89, 'PNG\r\n\x1a\n'), { code: 'not_csv', line: 1, params: { format: 'png' } }],
    ['a ZIP', bytesOf('PK\x03\x04photos/'), { code: 'not_csv', line: 1, params: { format: 'zip' } }],
    [
      'a workbook',
      bytesOf('PK\x03\x04\x14\0[Content_Types].xml'),
      { code: 'not_csv', line: 1, params: { format: 'xlsx' } },
    ],
    [
      'an old workbook',
      bytesOf(0xd0, 0xcf, 0x11, 0xe0, 0xa1),
      { code: 'not_csv', line: 1, params: { format: 'xls' } },
    ],
    ['gzip', bytesOf(0x1f, 0x8b, 8, 0), { code: 'not_csv', line: 1, params: { format: 'gzip' } }],
    ['a JPEG', bytesOf(0xff, 0xd8, 0xff, 0xe0), { code: 'not_csv', line: 1, params: { format: 'jpeg' } }],
    ['a GIF', bytesOf('GIF89a'), { code: 'not_csv', line: 1, params: { format: 'gif' } }],
    [
      'control characters in the header',
      bytesOf('\n\x01\x02a,b\n'),
      { code: 'not_csv', line: 1, params: { format: 'binary' } },
    ],
  ])('refuses %s', async (_, bytes, refusal) => {
    expect(await refusalOf(bytes, size)).toEqual({ line: undefined, params: undefined, ...refusal });
  });

  test.each<[title: string, text: string, custom: object, refusal: object]>([
    ['rows', 'h\n1\n\n2\n3\n', { maxRows: 2 }, { code: 'too_many_rows', line: 5, params: { limit: 2 } }],
    [
      'columns',
      'a,b\n1,2,3\n',
      { maxColumns: 2 },
      { code: 'too_many_columns', line: 2, params: { limit: 2 } },
    ],
    [
      'bytes in a cell',
      'a\nab\néé\n',
      { maxCellBytes: 3 },
      { code: 'cell_too_large', line: 3, params: { limit: 3, of: 'cell' } },
    ],
    [
      'bytes in a quoted cell',
      'a\n"12\n45"\n',
      { maxCellBytes: 4 },
      { code: 'cell_too_large', line: 2, params: { limit: 4, of: 'cell' } },
    ],
    [
      'bytes before an open quote is noticed',
      'a\n"12345',
      { maxCellBytes: 4 },
      { code: 'cell_too_large', line: 2, params: { limit: 4, of: 'cell' } },
    ],
    [
      'characters in a row',
      'a\n123,123,123,123,1',
      { maxCellBytes: 3 },
      { code: 'cell_too_large', line: 2, params: { limit: 12, of: 'row' } },
    ],
  ])('refuses too many %s', async (_, text, custom, refusal) => {
    expect(await refusalOf(toBytes(text), size, { limits: { ...limits, ...custom } })).toEqual(refusal);
  });

  test.each<[title: string, text: string, custom: object, records: number]>([
    ['rows', 'h\n1\n2\n\n\n', { maxRows: 2 }, 3],
    ['columns', 'a,b\n1,2\n', { maxColumns: 2 }, 2],
    ['bytes in a cell', 'a\néa\n"😀"\n', { maxCellBytes: 4 }, 3],
  ])('accepts as many %s as allowed', async (_, text, custom, records) => {
    expect(await readAll(toBytes(text), size, { limits: { ...limits, ...custom } })).toHaveLength(records);
  });

  test.each([';', '\t', '|'])('reads with the delimiter %j', async (delimiter) => {
    const text = `a${delimiter}b\n"1${delimiter}2"${delimiter}3,4\n`;
    expect(brief(await readAll(toBytes(text), size, { delimiter }))).toEqual([
      [1, 'a', 'b'],
      [2, `1${delimiter}2`, '3,4'],
    ]);
  });
});

describe('batches', () => {
  test('begin with the header alone, then hold at most batchSize rows', async () => {
    const text = Array.from({ length: 8 }, (_, i) => `row ${i}\n`).join('');
    const sizes: number[] = [];
    for await (const batch of readCsv(inChunks(toBytes(text), 1000), { limits, batchSize: 3 }))
      sizes.push(batch.length);
    expect(sizes).toEqual([1, 3, 3, 1]);
  });

  test('come while the file is still arriving', async () => {
    let sent = 0;
    async function* slow() {
      for (; sent < 100; sent++) yield toBytes(`row ${sent},${'x'.repeat(1000)}\n`);
    }
    for await (const batch of readCsv(slow(), { limits })) {
      expect(batch).toHaveLength(1);
      break;
    }
    expect(sent).toBeLessThan(5);
  });

  test('stop when the signal says so, with its reason, and close the source', async () => {
    const controller = new AbortController();
    let isClosed = false;
    async function* endless() {
      try {
        for (;;) yield toBytes('a,b\n'.repeat(1000));
      } finally {
        isClosed = true;
      }
    }
    const reading = (async () => {
      const options = { limits: { ...limits, maxRows: 1e9 }, signal: controller.signal, batchSize: 10 };
      for await (const batch of readCsv(endless(), options)) {
        if (batch.length > 1) controller.abort(new Error('cancelled by the user'));
      }
    })();
    await expect(reading).rejects.toThrow('cancelled by the user');
    expect(isClosed).toBe(true);
  });

  test("let the source's own faults through", async () => {
    async function* broken() {
      yield toBytes('a,b\n');
      throw new Error('disk on fire');
    }
    await expect(async () => {
      for await (const _ of readCsv(broken(), { limits })) void _;
    }).rejects.toThrow('disk on fire');
  });

  test('survive postMessage', async () => {
    const rows = await readAll(toBytes('a,b\n"1"x,2\n'), 100);
    expect(structuredClone(rows)).toEqual(rows);
  });
});

describe('what never ends is refused early', () => {
  /** The code of the refusal and how many characters had been asked for by then. */
  const readForever = async (start: string, chunk: string): Promise<[string, number]> => {
    let sent = 0;
    async function* endless() {
      yield toBytes(start);
      for (; ; sent += chunk.length) yield toBytes(chunk);
    }
    try {
      for await (const _ of readCsv(endless(), { limits })) void _;
    } catch (error) {
      if (error instanceof CsvRefusal) return [error.code, sent];
      throw error;
    }
    return ['nothing', sent];
  };

  test.each([
    ['a line', 'h\n', 'x'.repeat(1000), 'cell_too_large', 12_000],
    ['an open quote', 'h\n"', 'x\n'.repeat(500), 'cell_too_large', 12_000],
    ['an open quote with escaped quotes', 'h\n"', '""'.repeat(500), 'cell_too_large', 24_000],
    ['a row of cells', 'h\n', 'x,'.repeat(500), 'too_many_columns', 3000],
    ['a row of large cells', 'h\n', `${'x'.repeat(9000)},`, 'cell_too_large', 60_000],
    ['the rest of a malformed row', 'h\n"a"b', 'x'.repeat(1000), 'cell_too_large', 12_000],
  ])('%s', async (_, start, chunk, code, most) => {
    const [found, sent] = await readForever(start, chunk);
    expect(found).toBe(code);
    expect(sent).toBeLessThan(most);
  });
});
