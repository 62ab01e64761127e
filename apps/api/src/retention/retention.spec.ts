import type { INestApplicationContext } from '@nestjs/common';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../test/setup/app-context';
import { newExport, newImport, newPerson, type TestPerson } from '../../test/setup/rows';
import { FileStorage } from '../platform/storage/file-storage';
import { StorageModule } from '../platform/storage/storage.module';
import { Retention } from './retention';
import { RETENTION } from './rules';

let app: INestApplicationContext;
let dataSource: DataSource;
let storage: FileStorage;
let directory: string;
let person: TestPerson;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ponte-retention-'));
  const config = await migratedConfig('embedded', { PONTE_DATA_DIR: directory });
  ({ app, dataSource } = await openContext(config, { imports: [StorageModule], providers: [Retention] }));
  storage = app.get(FileStorage);
});
afterAll(async () => {
  await app.close();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(async () => {
  person = await newPerson(dataSource);
});

const sweep = () => app.get(Retention).sweep();

/** Moves the clock: as if the rows had been written so many hours earlier. */
async function grow(table: string, column: string, hours: number): Promise<void> {
  await dataSource.query(`UPDATE ${table} SET ${column} = ${column} - make_interval(hours => $1)`, [hours]);
}

async function file(): Promise<string> {
  const key = `uploads/${crypto.randomUUID()}.csv`;
  await storage.write(
    key,
    (async function* () {
      yield Buffer.from('x');
    })(),
  );
  return key;
}

async function isThere(key: string): Promise<boolean> {
  try {
    for await (const _ of storage.read(key)) return true;
    return true;
  } catch {
    // Expected: the file is gone.
    return false;
  }
}

const DAY = 24;
const FINISHED = { state: 'finished', finished_at: new Date() };
const one = async (sql: string, params: unknown[] = []) => (await dataSource.query<object[]>(sql, params))[0];

const NAMED = {
  ...FINISHED,
  file_name: 'Ana Souza.csv',
  idempotency_key: 'ana',
  ignored_columns: '["ana@x.com"]',
  columns: {
    header: ['name', 'phone_number', 'ana@x.com'],
    fields: { name: 0, phone_number: 1, email: null, width: 3 },
  },
};

/** Each thing that is kept for a time: how it comes, what of it is seen, and how old it may get. */
interface Case {
  rule: string;
  /** Makes one; answers what shows what of it is there. */
  make: () => Promise<() => Promise<unknown>>;
  clock: [table: string, column: string];
  hours: number;
  gone: unknown;
}

const CASES: Case[] = [
  {
    rule: 'imports storage_key',
    make: async () => {
      const key = await file();
      const id = await newImport(dataSource, person, { ...FINISHED, storage_key: key });
      return async () => [
        await isThere(key),
        await one('SELECT storage_key FROM imports WHERE id = $1', [id]),
      ];
    },
    clock: ['imports', 'finished_at'],
    hours: 30 * DAY,
    gone: [false, { storage_key: null }],
  },
  {
    rule: 'imports file_name columns ignored_columns idempotency_key',
    make: async () => {
      const id = await newImport(dataSource, person, NAMED);
      return () =>
        one(
          `SELECT file_name = 'import-' || id || '.csv' AS neutral, idempotency_key, ignored_columns,
             columns->'header' AS header FROM imports WHERE id = $1`,
          [id],
        );
    },
    clock: ['imports', 'finished_at'],
    hours: 30 * DAY,
    gone: { neutral: true, idempotency_key: null, ignored_columns: [], header: ['', '', ''] },
  },
  {
    rule: 'import_rejected_rows row',
    make: async () => {
      const id = await newImport(dataSource, person, FINISHED);
      await dataSource.query(
        `INSERT INTO import_rejected_rows SELECT $1, n, n, '[]', '[]', '["Ana"]' FROM generate_series(1, 12000) AS n`,
        [id],
      );
      return () => one('SELECT count(*) FROM import_rejected_rows WHERE import_id = $1', [id]);
    },
    clock: ['imports', 'finished_at'],
    hours: 30 * DAY,
    gone: { count: 0 },
  },
  {
    rule: 'exports storage_key',
    make: async () => {
      const key = await file();
      const expires_at = new Date(Date.now() + 72 * 3_600_000);
      const id = await newExport(dataSource, person, { ...FINISHED, storage_key: key, expires_at });
      return async () => [
        await isThere(key),
        await one('SELECT storage_key FROM exports WHERE id = $1', [id]),
      ];
    },
    clock: ['exports', 'expires_at'],
    hours: 72,
    gone: [false, { storage_key: null }],
  },
  {
    rule: 'exports q payload idempotency_key',
    make: async () => {
      const condition = {
        attribute_key: 'name',
        filter_operator: 'contains',
        values: ['Ana'],
        query_operator: null,
      };
      const payload = JSON.stringify([condition, { ...condition, values: 'Bia' }]);
      const id = await newExport(dataSource, person, {
        ...FINISHED,
        q: 'Ana Souza',
        payload,
        idempotency_key: 'ana',
      });
      return () =>
        one(
          `SELECT q, jsonb_path_query_array(payload, '$[*].values') AS values, idempotency_key FROM exports WHERE id = $1`,
          [id],
        );
    },
    clock: ['exports', 'finished_at'],
    hours: 30 * DAY,
    gone: { q: '…', values: [[], []], idempotency_key: null },
  },
  {
    rule: 'import_mappings row',
    make: async () => {
      await dataSource.query(
        `INSERT INTO import_mappings (account_id, header_sha256, mapping) VALUES ($1, '\\x01', '{"defaults": {"name": "Ana"}}')`,
        [person.accountId],
      );
      return () => one('SELECT count(*) FROM import_mappings WHERE account_id = $1', [person.accountId]);
    },
    clock: ['import_mappings', 'used_at'],
    hours: 365 * DAY,
    gone: { count: 0 },
  },
  {
    rule: 'outbox row',
    make: async () => {
      await dataSource.query(
        `INSERT INTO outbox (kind, subject_id, to_address, locale, data, state) VALUES ('import_finished', $1, 'a@x.com', 'en', '{}', 'sent')`,
        [person.accountId],
      );
      return () => one('SELECT count(*) FROM outbox WHERE subject_id = $1', [person.accountId]);
    },
    clock: ['outbox', 'created_at'],
    hours: 30 * DAY,
    gone: { count: 0 },
  },
  {
    rule: 'invitations row',
    make: async () => {
      const email = `guest-${person.accountId}@ponte.example`;
      await dataSource.query(
        `INSERT INTO invitations (account_id, email, name, role, locale, expires_at)
         VALUES ($1, $2, 'Guest', 'agent', 'en', now())`,
        [person.accountId, email],
      );
      return () => one('SELECT count(*) FROM invitations WHERE account_id = $1', [person.accountId]);
    },
    clock: ['invitations', 'expires_at'],
    hours: 30 * DAY,
    gone: { count: 0 },
  },
  {
    rule: 'password_resets row',
    make: async () => {
      const email = `guest-${person.accountId}@ponte.example`;
      await dataSource.query(
        `INSERT INTO password_resets (email_key, expires_at) VALUES ($1, now() + interval '1 hour')`,
        [email],
      );
      return () => one('SELECT count(*) FROM password_resets WHERE email_key = $1', [email]);
    },
    clock: ['password_resets', 'created_at'],
    hours: 2 * DAY,
    gone: { count: 0 },
  },
  {
    rule: 'sessions row',
    make: async () => {
      await dataSource.query(
        `INSERT INTO sessions (token_hash, user_id, expires_at) VALUES (sha256($1::text::bytea), $2, now() + interval '14 days')`,
        [person.userId, person.userId],
      );
      return () => one('SELECT count(*) FROM sessions WHERE user_id = $1', [person.userId]);
    },
    clock: ['sessions', 'expires_at'],
    hours: 14 * DAY,
    gone: { count: 0 },
  },
];

describe('what is kept for a time', () => {
  it.each(CASES)('$rule', async ({ make, clock: [table, column], hours, gone }) => {
    const look = await make();
    const fresh = await look();
    expect(fresh).not.toEqual(gone);
    await grow(table, column, hours - 1);
    await sweep();
    expect(await look()).toEqual(fresh);
    await grow(table, column, 1);
    await sweep();
    expect(await look()).toEqual(gone);
  });

  it('is each rule of the list', () => {
    const rules = RETENTION.map(({ table, columns }) =>
      [table, ...(columns === 'row' ? ['row'] : columns)].join(' '),
    );
    expect(rules).toEqual(CASES.map(({ rule }) => rule));
  });

  it('is told in the page about personal data, as long as the list says', async () => {
    const page = await readFile(join(import.meta.dirname, '../../../../docs/privacy.md'), 'utf8');
    for (const { table, kept } of RETENTION) {
      const line = page.split('\n').find((text) => text.includes(`\`${table}`) && text.includes(` ${kept} `));
      expect([table, kept, line]).toEqual([table, kept, expect.any(String)]);
    }
  });

  it.each([
    ['titles', { columns: NAMED.columns }],
    ['columns that are not used', { ignored_columns: '["ana@x.com"]' }],
    ['a key', { idempotency_key: 'ana' }],
  ])('goes with an import whose file has the neutral name already: %s', async (_, values) => {
    const id = await newImport(dataSource, person, { ...FINISHED, ...values });
    await dataSource.query(`UPDATE imports SET file_name = 'import-' || id || '.csv' WHERE id = $1`, [id]);
    await grow('imports', 'finished_at', 31 * DAY);
    await sweep();
    const [row] = await dataSource.query<{ text: string }[]>(
      'SELECT i::text AS text FROM imports AS i WHERE id = $1',
      [id],
    );
    expect(row?.text).not.toContain('ana');
  });

  it('goes with an export that has nothing but a key', async () => {
    const id = await newExport(dataSource, person, { ...FINISHED, idempotency_key: 'ana' });
    await grow('exports', 'finished_at', 31 * DAY);
    await sweep();
    const key = await one('SELECT idempotency_key AS key FROM exports WHERE id = $1', [id]);
    expect(key).toEqual({ key: null });
  });

  it('is not touched while its run goes on, or its e-mail waits', async () => {
    const key = await file();
    const imported = await newImport(dataSource, person, { storage_key: key, file_name: 'Ana.csv' });
    const exported = await newExport(dataSource, person, { q: 'Ana' });
    await dataSource.query(
      `INSERT INTO outbox (kind, subject_id, to_address, locale, data) VALUES ('waits', $1, 'a@x.com', 'en', '{}')`,
      [person.accountId],
    );
    for (const table of ['imports', 'exports', 'outbox']) await grow(table, 'created_at', 10_000);
    await sweep();
    expect(await isThere(key)).toBe(true);
    expect(await one('SELECT file_name FROM imports WHERE id = $1', [imported])).toEqual({
      file_name: 'Ana.csv',
    });
    expect(await one('SELECT q FROM exports WHERE id = $1', [exported])).toEqual({ q: 'Ana' });
    expect(await one(`SELECT to_address FROM outbox WHERE kind = 'waits'`)).toEqual({
      to_address: 'a@x.com',
    });
  });

  it('has nothing more to do the next time', async () => {
    await sweep();
    for (const { table, due } of RETENTION)
      expect(await one(`SELECT count(*) FROM ${table} WHERE ${due}`)).toEqual({ count: 0 });
  });

  it('goes although one rule fails', async () => {
    const key = await file();
    const id = await newImport(dataSource, person, { ...FINISHED, storage_key: key });
    await grow('imports', 'finished_at', 31 * DAY);
    const broken = { table: 'no_such_table', columns: 'row', kept: '', due: 'TRUE' } as const;
    await expect(app.get(Retention).sweep([broken, ...RETENTION])).rejects.toThrow('no_such_table');
    expect(await one('SELECT storage_key FROM imports WHERE id = $1', [id])).toEqual({ storage_key: null });
  });
});
