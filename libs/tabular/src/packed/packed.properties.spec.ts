import { createRandom, type Random } from '@ponte/testing';
import { describe, expect, test } from 'vitest';
import { bytesSource, type ByteSource } from '../byte-source';
import { openTable } from '../open-table';
import { HIGH_CHARACTERS } from '../single-byte-encodings';
import type { Encoding, OpenedTable, TableChoice, TableRow } from '../table';
import { TableRefusal } from '../table-refusal';
import type { CellBatch } from './cell-batch';

const LIMITS = { maxRows: 100_000, maxColumns: 12, maxCellBytes: 20_000 };

type Row = Pick<TableRow, 'line' | 'cells' | 'isMalformed'>;
type Outcome = readonly Row[] | { readonly refusal: string; readonly line: number | undefined };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function unpack({ lines, widths, columns, malformed }: CellBatch): Row[] {
  const ends = columns.map(() => 0);
  const rows = Array.from(lines, (line, row) => {
    const cells = columns.map((column, at) => {
      const from = ends[at] ?? 0;
      const to = from + (column?.lengths[row] ?? 0);
      ends[at] = to;
      return decoder.decode(column?.bytes.subarray(from, to));
    });
    const width = widths[row] ?? 0;
    expect(cells.slice(width).join('')).toBe('');
    return { line, cells: cells.slice(0, width), isMalformed: malformed.includes(row) };
  });
  columns.forEach((column, at) => {
    expect(ends[at]).toBe(column?.bytes.length ?? 0);
    const filled = rows.filter(({ cells }) => (cells[at] ?? '').trim() !== '');
    expect(column?.filled ?? 0).toBe(filled.length);
  });
  return rows;
}

async function* rowsOf(table: OpenedTable): AsyncGenerator<readonly Row[]> {
  for await (const batch of table.rows())
    yield batch.map(({ line, cells, isMalformed }) => ({ line, cells, isMalformed }));
}

async function* packedOf(table: OpenedTable): AsyncGenerator<readonly Row[]> {
  if (table.packed === undefined) throw new Error('this table does not come packed');
  for await (const batch of table.packed()) yield unpack(batch);
}

async function read(
  source: ByteSource,
  choice: TableChoice,
  rowsBy: typeof rowsOf,
  limits = LIMITS,
): Promise<Outcome> {
  const rows: Row[] = [];
  try {
    const table = await openTable(source, { limits, locale: 'pt-BR', choice });
    for await (const batch of rowsBy(table)) rows.push(...batch);
  } catch (error) {
    if (!(error instanceof TableRefusal)) throw error;
    return { refusal: error.code, line: error.line };
  }
  return rows;
}

/** The bytes in pieces of their own sizes, as a file's stream gives them. */
function cutSource(bytes: Uint8Array, pieceBytes: number): ByteSource {
  return {
    ...bytesSource(bytes),
    async *stream(to) {
      for (let at = 0; at < to; at += pieceBytes) yield bytes.subarray(at, Math.min(to, at + pieceBytes));
    },
  };
}

async function expectSame(bytes: Uint8Array, choice: TableChoice, limits = LIMITS): Promise<Outcome> {
  const byRows = await read(bytesSource(bytes), choice, rowsOf, limits);
  for (const size of [1, 2, 3, 7, 100, 5000, bytes.length]) {
    if (bytes.length / size > 2000) continue;
    expect(await read(cutSource(bytes, size), choice, packedOf, limits)).toEqual(byRows);
  }
  return byRows;
}

function encode(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8' || encoding === 'mixed') return new TextEncoder().encode(text);
  const high = HIGH_CHARACTERS[encoding as keyof typeof HIGH_CHARACTERS];
  const byteOf = (code: number) => (code < 0x80 ? code : 0x80 + high.indexOf(String.fromCharCode(code)));
  return Uint8Array.from({ length: text.length }, (_, at) => byteOf(text.charCodeAt(at)));
}

const ENCODINGS = ['utf-8', 'mixed', 'windows-1252', 'ibm850', 'macintosh'] as const;

const lettersOf = (encoding: Encoding): readonly string[] =>
  encoding in HIGH_CHARACTERS
    ? [...HIGH_CHARACTERS[encoding as keyof typeof HIGH_CHARACTERS]]
    : ['é', 'ç', '€', '日本', '😀', 'e\u0301', '\ufeff', '\ufffd', '\u00a0', '\u2003'];

/** A cell as writers write it, and now and then as nobody does. */
function writeCell(random: Random, letters: readonly string[]): string {
  const parts = ['a', 'Ana', ' ', '11 98765-4321', "'", '\t', ...letters.slice(0, 40)];
  const text = Array.from({ length: random.below(5) }, () => random.pick(parts)).join('');
  switch (random.below(24)) {
    case 0:
      return `"${text}""${text}"`;
    case 1:
      return `"${text}\n${text}"`;
    case 2:
      return `"\r\n${text}\r\r\n"`;
    case 3:
      return `"${text};${text}"`;
    case 4:
      return `${text}"${text}`;
    case 5:
      return random.below(3) === 0 ? `"${text}"${text}` : `"${text}"`;
    case 6:
      return text.repeat(random.below(400));
    case 7:
      return random.below(4) === 0 ? 'x'.repeat(480 + random.below(60)) : '';
    case 8:
      return random.pick(['""', '" "', ' ', '', '\0']);
    default:
      return text;
  }
}

function writeTable(random: Random, encoding: Encoding): string {
  const letters = random.below(2) === 0 ? lettersOf(encoding) : ['a'];
  const lineEnd = random.pick(['\n', '\n', '\r\n', '\r\n', '\r']);
  const width = 1 + random.below(5);
  const isOdd = random.below(3) === 0;
  const rows = Array.from({ length: 1 + random.below(60) }, () => {
    if (isOdd && random.below(10) === 0) return random.pick(['', ' ; ', ';'.repeat(random.below(8)), '\r']);
    const cells = isOdd && random.below(10) === 0 ? 1 + random.below(7) : width;
    return Array.from({ length: cells }, () => writeCell(random, letters)).join(';');
  });
  const start = random.pick(['', '', encoding === 'utf-8' ? '\ufeff' : '', 'sep=;\n', '\n\n']);
  return `${start}Nome;Fone${lineEnd}${rows.join(lineEnd)}${random.pick(['', lineEnd, lineEnd + lineEnd, '\x1a'])}`;
}

describe('the same table by rows and packed', () => {
  test.each(ENCODINGS)('in %s', async (encoding) => {
    const random = createRandom(ENCODINGS.indexOf(encoding) + 1);
    let refusals = 0;
    for (let round = 0; round < 150; round++) {
      const bytes = encode(writeTable(random, encoding), encoding);
      const headerLine = random.pick([0, 1, 1, 2, 5]);
      const outcome = await expectSame(bytes, { encoding, delimiter: ';', headerLine });
      if ('refusal' in outcome) refusals++;
    }
    expect(refusals).toBeLessThan(120);
  });

  test('where lines of two encodings stand in one file', async () => {
    const random = createRandom(9);
    for (let round = 0; round < 60; round++) {
      const lines = Array.from({ length: 1 + random.below(50) }, () => {
        const cells = random.pick(['José;a\n', '"Zé\nLima";b\r\n', 'x;"ção"\n', 'Ana;1\r\n', 'Inês;2\r']);
        return encode(cells, random.pick(['utf-8', 'windows-1252']));
      });
      const bytes = Uint8Array.from([...lines.flatMap((line) => [...line])]);
      for (const encoding of ['utf-8', 'mixed', 'windows-1252'] as const)
        await expectSame(bytes, { encoding, delimiter: ';', headerLine: 0 });
    }
  });

  test('whatever the bytes', async () => {
    const random = createRandom(11);
    const some = [
      0, 9, 10, 10, 13, 0x1a, 0x22, 0x22, 0x3b, 0x3b, 0x41, 0x42, 0x80, 0xc3, 0xa9, 0xe2, 0x82, 0xff,
    ];
    for (let round = 0; round < 400; round++) {
      const bytes = Uint8Array.from({ length: 1 + random.below(120) }, () => random.pick(some));
      const encoding = random.pick(ENCODINGS);
      await expectSame(bytes, { encoding, delimiter: ';', headerLine: random.below(3) });
    }
  });
});

describe('limits', () => {
  const line = (cells: readonly string[]) => `${cells.join(';')}\n`;
  const many = (rows: number) => Array.from({ length: rows }, (_, row) => line([`Ana ${row}`, '1'])).join('');
  const utf8 = (text: string) => new TextEncoder().encode(text);
  const choice = { encoding: 'utf-8', delimiter: ';', headerLine: 1 } as const;

  test.each([
    ['as many rows as are allowed', many(3001), 3000, 12, null],
    ['a row too many', many(3002), 3000, 12, 'too_many_rows'],
    [
      'a column too many',
      many(50) + line(Array.from({ length: 13 }, () => 'a')),
      3000,
      12,
      'too_many_columns',
    ],
    ['a cell too large', many(50) + line(['é'.repeat(101), 'a']), 3000, 12, 'cell_too_large'],
    [
      'a row too large',
      many(50) + line(Array.from({ length: 9 }, () => 'a'.repeat(99))),
      3000,
      12,
      'cell_too_large',
    ],
    ['a quote that stays open', `${many(20)}"Ana;1\n${many(9)}`, 3000, 12, 'malformed_csv'],
  ])('%s', async (_, text, maxRows, maxColumns, refusal) => {
    const outcome = await expectSame(utf8(text), choice, { maxRows, maxColumns, maxCellBytes: 200 });
    expect('refusal' in outcome ? outcome.refusal : null).toBe(refusal);
  });

  test('batches are closed in time, however wide or long their rows are', async () => {
    const wide = `x;${'a;'.repeat(2999)}b\n`.repeat(200);
    const long = `x;${'a'.repeat(19_000)}\n`.repeat(700);
    for (const text of [wide, long]) {
      const limits = { ...LIMITS, maxColumns: 5000 };
      const outcome = await read(bytesSource(utf8(text)), { ...choice, headerLine: 0 }, packedOf, limits);
      expect(outcome).toHaveLength(text === wide ? 200 : 700);
    }
  });

  test('UTF-16 comes by rows alone', async () => {
    const bytes = Uint8Array.from([...'nome;fone\nAna;1\n'].flatMap((letter) => [letter.charCodeAt(0), 0]));
    const table = await openTable(bytesSource(bytes), { limits: LIMITS, locale: 'pt-BR' });
    expect(table.packed).toBeUndefined();
  });
});
