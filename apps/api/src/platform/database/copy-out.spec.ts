import { DataSource, type EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDatabase } from '../../../test/setup/database';
import { literals } from './copy';
import { copyOut } from './copy-out';
import { copyRows } from './copy-rows';

let dataSource: DataSource;

beforeAll(async () => {
  dataSource = await new DataSource({
    type: 'postgres',
    url: await newDatabase('embedded'),
    poolSize: 3,
    parseInt8: true,
  }).initialize();
});
afterAll(() => dataSource.destroy());

const inTransaction = <Result>(work: (manager: EntityManager) => Promise<Result>) =>
  dataSource.transaction(work);

async function rowsOf(sql: string): Promise<(string | null)[][]> {
  return inTransaction((manager) => copyOut(manager, { sql, options: 'FORMAT text' }, gather));
}

async function gather(pieces: AsyncIterable<Uint8Array>): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  for await (const piece of pieces) rows.push(...copyRows(piece));
  return rows;
}

/** Every connection of the pool answers, and no server process works on a COPY. */
async function expectAllFree(): Promise<void> {
  const answers = [1, 2, 3].map(() => inTransaction((manager) => manager.query('SELECT 1 AS one')));
  expect(await Promise.all(answers)).toEqual([1, 2, 3].map(() => [{ one: 1 }]));
  const busy = `SELECT 1 FROM pg_stat_activity WHERE query LIKE 'COPY%' AND state = 'active' AND datname = current_database()`;
  expect(await dataSource.query(busy)).toEqual([]);
}

const MANY = `SELECT n, repeat('x', 100) FROM generate_series(1, 3000000) AS n`;

describe('copyOut', () => {
  it('gives every row once, in pieces of whole rows', async () => {
    const numbers: string[] = [];
    let pieces = 0;
    const sql = `SELECT n, repeat('x', n % 300) FROM generate_series(1, 20000) AS n`;
    await inTransaction((manager) =>
      copyOut(manager, { sql, options: 'FORMAT text' }, async (coming) => {
        for await (const piece of coming) {
          pieces += 1;
          numbers.push(...copyRows(piece).map(([number]) => number ?? ''));
        }
      }),
    );
    expect(pieces).toBeGreaterThan(10);
    expect(pieces).toBeLessThan(100);
    expect(numbers).toEqual(Array.from({ length: 20_000 }, (_, index) => String(index + 1)));
  });

  it('gives a row that is longer than a piece', async () => {
    const rows = await rowsOf(`VALUES ('a'), (repeat('b', 1000000))`);
    expect(rows.map(([cell]) => cell?.length)).toEqual([1, 1_000_000]);
  });

  it('gives rows alone when the server says something between them', async () => {
    const rows = await inTransaction(async (manager) => {
      await manager.query(`CREATE FUNCTION pg_temp.say(n int) RETURNS int LANGUAGE plpgsql AS $$
        BEGIN RAISE NOTICE 'Here is %, and it is only said.', n; RETURN n; END $$`);
      const sql = 'SELECT pg_temp.say(n) FROM generate_series(1, 5000) AS n';
      return copyOut(manager, { sql, options: 'FORMAT text' }, gather);
    });
    expect(rows).toEqual(Array.from({ length: 5_000 }, (_, index) => [String(index + 1)]));
  });

  it('gives the rows of one query after the other on one connection', async () => {
    const rows = await inTransaction(async (manager) => {
      const statement = (n: number) => ({ sql: `SELECT ${n}`, options: 'FORMAT text' });
      const first = await copyOut(manager, statement(1), gather);
      return [
        ...first,
        ...(await manager.query<{ n: number }[]>('SELECT 2 AS n')),
        ...(await copyOut(manager, statement(3), gather)),
      ];
    });
    expect(rows).toEqual([['1'], { n: 2 }, ['3']]);
  });

  it('gives nothing for nothing', async () => {
    expect(await rowsOf('SELECT 1 WHERE false')).toEqual([]);
  });

  it('reads every sign as it was written, and tells null from empty', async () => {
    const cells = [
      '',
      ' ',
      '\\N',
      '\\',
      '\\\\n',
      '\t',
      '\n',
      '\r\n',
      '\b\f\v',
      '"',
      "'",
      'é',
      '🙂',
      '\u2028',
    ];
    const sql = literals(`SELECT ${cells.map((_, index) => `$${index + 1}`).join(', ')}, NULL`, cells);
    expect(await rowsOf(sql)).toEqual([[...cells, null]]);
  });

  it('waits for whoever takes the rows', async () => {
    const bytes = await inTransaction((manager) =>
      copyOut(manager, { sql: MANY, options: 'FORMAT text' }, async (pieces) => {
        for await (const piece of pieces) {
          const [{ state } = { state: '' }] = await dataSource.query<{ state: string }[]>(
            `SELECT wait_event AS state FROM pg_stat_activity WHERE query LIKE 'COPY%' AND datname = current_database()`,
          );
          // The server cannot write because nobody reads: what comes is not piled up here.
          if (state === 'ClientWrite') return piece.length;
        }
        return 0;
      }),
    );
    expect(bytes).toBeGreaterThan(0);
  });

  it.each<[string, (pieces: AsyncIterable<Uint8Array>) => Promise<unknown>]>([
    ['after the first piece', async (pieces) => pieces[Symbol.asyncIterator]().next()],
    [
      'in the middle of a loop',
      async (pieces) => {
        for await (const piece of pieces) return piece;
        return null;
      },
    ],
    ['before the first piece', () => Promise.resolve()],
  ])('cancels the query and frees the connection when it ends %s', async (_, take) => {
    await inTransaction((manager) => copyOut(manager, { sql: MANY, options: 'FORMAT text' }, take));
    await expectAllFree();
  });

  it('throws what made the taking end, with the rows still coming', async () => {
    const take = async (pieces: AsyncIterable<Uint8Array>) => {
      for await (const piece of pieces)
        throw new Error(`No room for ${piece.length > 0 ? 'rows' : 'nothing'}.`);
    };
    const taking = inTransaction((manager) => copyOut(manager, { sql: MANY, options: 'FORMAT text' }, take));
    await expect(taking).rejects.toThrow('No room for rows.');
    await expectAllFree();
  });

  it('does not wait for a query that is silent', async () => {
    const sql = 'SELECT pg_sleep(3600)';
    const take = () => Promise.reject(new Error('enough'));
    const taking = inTransaction((manager) => copyOut(manager, { sql, options: 'FORMAT text' }, take));
    await expect(taking).rejects.toThrow('enough');
    await expectAllFree();
  });

  it.each([
    ['at once', 'SELECT nothing', '42703'],
    ['in the middle', 'SELECT 1 / (50000 - n) FROM generate_series(1, 100000) AS n', '22012'],
  ])('throws what PostgreSQL says %s', async (_, sql, code) => {
    await expect(rowsOf(sql)).rejects.toMatchObject({ code });
    await expectAllFree();
  });

  it('throws when the connection is lost', async () => {
    const taking = inTransaction((manager) =>
      copyOut(manager, { sql: MANY, options: 'FORMAT text' }, async (pieces) => {
        let bytes = 0;
        for await (const piece of pieces) {
          if (bytes === 0)
            await dataSource.query(
              `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE query LIKE 'COPY%' AND state = 'active' AND datname = current_database()`,
            );
          bytes += piece.length;
        }
        return bytes;
      }),
    );
    await expect(taking).rejects.toThrow();
    await expectAllFree();
  });
});

describe('literals', () => {
  const VALUES = [
    "'",
    "''; DROP TABLE contacts; --",
    '\\',
    "\\'; SELECT pg_sleep(10); --",
    'E\\\\x',
    '$1',
    '$2 $1 $$',
    '%_\\%',
    'naïve 🙂 \u202e ＝',
    '\n\r\t',
    '{"a": 1}',
    '--',
    '/* */',
  ];

  it('gives every value back as it was, and nothing else happens', async () => {
    const sql = literals(`SELECT ${VALUES.map((_, index) => `$${index + 1}::text`).join(', ')}`, VALUES);
    expect(await rowsOf(sql)).toEqual([VALUES]);
  });

  it('gives numbers and null, wherever they stand', async () => {
    const sql = literals('SELECT $2 + 1, $1 IS NULL, $2, -$3', [null, 41, 1.5]);
    expect(await rowsOf(sql)).toEqual([['42', 't', '41', '-1.5']]);
  });

  it.each([[undefined], [true], [Number.NaN], [new Date()], [['a']]])('refuses %s', (value) => {
    expect(() => literals('SELECT $1', [value])).toThrow(TypeError);
  });
});
