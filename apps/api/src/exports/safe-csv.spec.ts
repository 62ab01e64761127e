import { csvLine } from '@ponte/tabular';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDatabase } from '../../test/setup/database';
import { copyOut } from '../platform/database/copy-out';
import { safeCsv } from './safe-csv';

let dataSource: DataSource;

beforeAll(async () => {
  const url = await newDatabase('embedded');
  dataSource = await new DataSource({ type: 'postgres', url }).initialize();
});
afterAll(() => dataSource.destroy());

type Cells = (string | null)[];

/** The rows as PostgreSQL's CSV, made safe: the file that an export of them would be, and how many rows were counted. */
async function exported(
  rows: readonly Cells[],
  options = 'FORMAT csv',
): Promise<{ csv: string; rows: number }> {
  const width = rows[0]?.length ?? 1;
  const columns = Array.from({ length: width }, (_, index) => `cells ->> ${index}`).join(', ');
  const found = { csv: '', rows: 0 };
  await dataSource.transaction(async (manager) => {
    await manager.query('CREATE TEMPORARY TABLE nasty (id int, cells jsonb) ON COMMIT DROP');
    await manager.query(
      `INSERT INTO nasty SELECT place, value FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS e (value, place)`,
      [JSON.stringify(rows)],
    );
    const statement = { sql: `SELECT ${columns} FROM nasty ORDER BY id`, options };
    await copyOut(manager, statement, async (pieces) => {
      for await (const { bytes, rows: count } of safeCsv(pieces)) {
        found.csv += Buffer.from(bytes).toString('utf8');
        found.rows += count;
      }
    });
  });
  return found;
}

const SIGNS = [
  ...[
    "'",
    "''",
    '=',
    '+',
    '-',
    '@',
    '|',
    '\t',
    '\r',
    '\n',
    '\r\n',
    '＝',
    '＋',
    '－',
    '＠',
    '"',
    '""',
    ',',
    ';',
  ],
  ...['; ', ';=', 'a;', '\t@', '\u000b', '\u007f', '\u00a1', '\u1680', '\u2060', '、', 'ア', '山'],
  ...[' ', '\u00a0', '\u2003', '\u200b', '\ufeff', '\u3000', '￼', '｀', '\\', '\\.', '\\N', 'é', '🙂', 'ｱ'],
  ...[
    '0',
    '1',
    '9',
    '5511987654321',
    '+5511987654321',
    '+0511987654321',
    '+551198',
    '+5511987',
    '٣',
    'NULL',
    'a',
  ],
];

const cell = fc.oneof(
  fc.constant(null),
  fc.array(fc.constantFrom(...SIGNS), { maxLength: 5 }).map((signs) => signs.join('')),
  fc.integer({ min: 5, max: 17 }).map((digits) => `+${'5511987654321987654'.slice(0, digits)}`),
);

describe('safeCsv', () => {
  it.each([1, 2, 3, 6])('writes what csvLine writes, byte by byte, in %i columns', async (width) => {
    const tables = fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
      minLength: 1,
      maxLength: 200,
    });
    await fc.assert(
      fc.asyncProperty(tables, async (rows) => {
        const { csv, rows: count } = await exported(rows);
        expect(csv).toBe(rows.map((cells) => csvLine(cells)).join(''));
        expect(count).toBe(rows.length);
      }),
      { numRuns: 60 },
    );
  });

  it.each([2, 3])('does so in %i columns that PostgreSQL was told to quote', async (width) => {
    const phone = fc.constantFrom('+5511987654321', '+49151234567890123', '+0511987654321');
    const tables = fc.array(fc.tuple(phone, fc.array(cell, { minLength: width - 1, maxLength: width - 1 })), {
      minLength: 1,
      maxLength: 200,
    });
    await fc.assert(
      fc.asyncProperty(tables, async (found) => {
        const rows = found.map(([first, others]): Cells => [first, ...others]);
        const { csv } = await exported(rows, 'FORMAT csv, FORCE_QUOTE *');
        expect(csv).toBe(rows.map((cells) => csvLine(cells)).join(''));
      }),
      { numRuns: 60 },
    );
  });

  it('knows every single sign at the beginning of a cell, behind any other', async () => {
    const rows = SIGNS.flatMap((first) => SIGNS.map((second): Cells => [first + second, second, null]));
    expect((await exported(rows)).csv).toBe(rows.map((cells) => csvLine(cells)).join(''));
  });

  it.each<[string, Cells[]]>([
    ['a phone in front', [['+5511987654321', 'Ana', null, 'a;b', 'a,b']]],
    ['a phone alone in its line', [['+5511987654321'], ['+55119876543210000']]],
    ['phones behind semicolons', [['a;+5511987654321', ';+5511987654321', '+5511987654321;']]],
    ['semicolons at every place', [[';', 'a;', ';a', '"a;"', 'a,;', ';,', 'a;;b']]],
    ['quotes that a program may see as opening', [['Ana;"=1+1"', ';"', 'a;""', '";"=1']]],
    ['letters and signs of Japanese', [['やまだ', 'ア=', '、=', '\u3000=1', 'a;\u3000=1', 'a;や']]],
  ])('knows %s', async (_, rows) => {
    expect((await exported(rows)).csv).toBe(rows.map((cells) => csvLine(cells)).join(''));
  });

  it('takes an empty text for nothing, as csvLine does', async () => {
    expect(
      (
        await exported([
          ['', 'a', ''],
          [null, '', null],
        ])
      ).csv,
    ).toBe(',a,\r\n,,\r\n');
    expect((await exported([[''], [null], ['a']])).csv).toBe('""\r\n""\r\na\r\n');
  });
});
