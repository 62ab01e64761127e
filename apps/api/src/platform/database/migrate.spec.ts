import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { beforeAll, describe, expect, it } from 'vitest';
import { migratedConfig, testConfig } from '../../../test/setup/app-context';
import { newDatabase, query } from '../../../test/setup/database';
import type { Config } from '../config/config';
import { StartProblem } from '../start-problem';
import { migrate, MIGRATIONS } from './migrate';
import { RunsThatAccount1790000000013 } from './migrations/13-runs-that-account';
import { HashedIdempotencyKeys1790000000017 } from './migrations/17-hashed-idempotency-keys';

const schemaOf = (url: string) =>
  query<{ what: string }>(
    url,
    `SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(column_default, '') AS what
       FROM information_schema.columns WHERE table_schema = 'public'
     UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
     UNION ALL SELECT 'migration ' || name FROM migrations ORDER BY what`,
  );

/** Connections that somebody keeps open, besides the one that asks. */
const connectionsTo = async (url: string) =>
  (
    await query<{ count: string }>(
      url,
      `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
    )
  )[0]?.count;

/** Brings an empty database to where an earlier version left it, after so many migrations. */
async function migrateTo(url: string, shipped: number): Promise<void> {
  const migrations = MIGRATIONS.slice(0, shipped);
  const earlier = await new DataSource({
    type: 'postgres',
    url,
    migrations,
    installExtensions: false,
  }).initialize();
  await earlier.runMigrations({ transaction: 'each' });
  await earlier.destroy();
}

/** A database that has run one of them will not run it again: what is new belongs into another one. */
const SHIPPED: Record<string, string> = {
  '1-initial-schema.ts': '1c43ca0607e5e339',
  '2-import-mappings.ts': '724de6352211e3ed',
  '3-export-of-an-import.ts': '52f0aa7578cbe2b1',
  '4-import-lanes.ts': '0fd4a5da851c9870',
  '5-export-formats.ts': 'd93d2b57bd448301',
  '6-contact-search.ts': '4cc6570dcda11227',
  '7-joined-search-text.ts': '7ea755bd19d77980',
  '8-extent-of-accounts.ts': 'bb139036fd5bdc81',
  '9-cheaper-fold.ts': '0aa5857e99cad880',
  '10-gaps-between-words.ts': '587fa8d10819e603',
  '11-invitations-and-resets.ts': '6e5147dc2794e75a',
  '12-sessions-tokens-second-factor.ts': '94cf29ff2900acf7',
  '13-runs-that-account.ts': '2e6ec08275e72973',
  '14-idempotency-and-shares.ts': '833ac317cd9d003e',
  '15-audit-and-erasure.ts': 'b2e297d4f2c950ef',
  '16-workers.ts': '669f8f9e8e0ebbdb',
  '17-hashed-idempotency-keys.ts': '7c6ee6db918b6bdc',
};

it('has not changed a migration that was shipped', async () => {
  const folder = join(import.meta.dirname, 'migrations');
  const digests: Record<string, string> = {};
  for (const file of await readdir(folder)) {
    const hash = createHash('sha256').update(await readFile(join(folder, file)));
    digests[file] = hash.digest('hex').slice(0, 16);
  }
  expect(digests).toEqual(SHIPPED);
});

describe.each(['embedded', 'debian'] as const)('migrate in the %s PostgreSQL', (kind) => {
  it('makes the same schema once although five processes start at once on an empty database', async () => {
    const config = testConfig(await newDatabase(kind));
    await Promise.all(Array.from({ length: 5 }, () => migrate(config)));
    const alone = await migratedConfig(kind);
    const schema = await schemaOf(config.database.url);
    expect(schema).toEqual(await schemaOf(alone.database.url));
    expect(schema.filter(({ what }) => what.startsWith('migration '))).toHaveLength(MIGRATIONS.length);
  });

  it('does nothing the second time, and keeps what is there', async () => {
    const config = await migratedConfig(kind);
    const { url } = config.database;
    await query(url, `INSERT INTO accounts (name) VALUES ('kept')`);
    const before = await schemaOf(url);
    await migrate(config);
    expect(await schemaOf(url)).toEqual(before);
    expect(await query(url, 'SELECT name FROM accounts')).toEqual([{ name: 'kept' }]);
  });

  it('brings the schema of every earlier version up to date, and keeps what is there', async () => {
    const newest = await schemaOf((await migratedConfig(kind)).database.url);
    for (let shipped = 1; shipped < MIGRATIONS.length; shipped++) {
      const config = testConfig(await newDatabase(kind));
      const { url } = config.database;
      await migrateTo(url, shipped);
      await query(url, `INSERT INTO accounts (name) VALUES ('kept')`);
      await migrate(config);
      expect(await schemaOf(url)).toEqual(newest);
      expect(await query(url, 'SELECT name FROM accounts')).toEqual([{ name: 'kept' }]);
    }
  });

  it('mends counters that a changed file left, and refuses such counters from then on', async () => {
    const config = testConfig(await newDatabase(kind));
    const { url } = config.database;
    const before = MIGRATIONS.indexOf(RunsThatAccount1790000000013);
    await migrateTo(url, before);
    const [run] = await query<{ id: string }>(
      url,
      `WITH account AS (INSERT INTO accounts (name) VALUES ('a') RETURNING id),
         person AS (INSERT INTO users (name, email, password_hash) VALUES ('p', 'p@example.com', '') RETURNING id)
       INSERT INTO imports (account_id, created_by, state, file_name, file_bytes, file_sha256, options, columns,
         ignored_columns, rows_total, rows_done, rows_created, rows_updated, rows_unchanged, rows_skipped, rows_failed)
       SELECT account.id, person.id, 'finished', 'f', 1, '', '{}', '{}', '[]', 5000, 8000, 7746, 49, 47, -3000, 158
       FROM account, person RETURNING id`,
    );
    await migrate(config);
    const counters =
      'rows_total, rows_done, rows_created, rows_updated, rows_unchanged, rows_skipped, rows_failed';
    expect(await query(url, `SELECT ${counters} FROM imports`)).toEqual([
      {
        rows_total: 8000,
        rows_done: 8000,
        rows_created: 7746,
        rows_updated: 49,
        rows_unchanged: 47,
        rows_skipped: 0,
        rows_failed: 158,
      },
    ]);
    const broken = [
      'UPDATE imports SET rows_skipped = -1',
      'UPDATE imports SET rows_created = rows_created + 1',
      'UPDATE imports SET rows_done = 8001',
      `INSERT INTO import_lanes (import_id, lane, fence, position, rows_done) VALUES (${run?.id}, 0, 1, 1, 1)`,
    ];
    for (const statement of broken) await expect(query(url, statement)).rejects.toThrow('_counters');
  });

  it('hashes the Idempotency-Keys that are stored, as the service hashes those that come', async () => {
    const config = testConfig(await newDatabase(kind));
    const { url } = config.database;
    await migrateTo(url, MIGRATIONS.indexOf(HashedIdempotencyKeys1790000000017));
    const key = 'josé.d@example.com';
    await query(
      url,
      `WITH account AS (INSERT INTO accounts (name) VALUES ('a') RETURNING id),
         person AS (INSERT INTO users (name, email, password_hash) VALUES ('p', 'p@example.com', '') RETURNING id),
         import AS (INSERT INTO imports (account_id, created_by, file_name, file_bytes, file_sha256, options, columns,
             ignored_columns, rows_total, idempotency_key)
           SELECT account.id, person.id, 'f', 1, '', '{}', '{}', '[]', 1, '${key}' FROM account, person)
       INSERT INTO exports (account_id, created_by, file_name, q, payload, ignored_columns, column_names, idempotency_key)
       SELECT account.id, person.id, 'f', '', '[]', '[]', '["name"]', unnest(ARRAY['${key}', NULL]) FROM account, person`,
    );
    await migrate(config);
    const hash = createHash('sha256').update(key).digest('hex');
    const keys = `SELECT idempotency_key AS key FROM imports UNION ALL SELECT idempotency_key FROM exports ORDER BY 1`;
    expect(await query(url, keys)).toEqual([{ key: hash }, { key: hash }, { key: null }]);
  });

  it('lets go of its lock and of its connections', async () => {
    const config = await migratedConfig(kind);
    const { url } = config.database;
    expect(
      await query(
        url,
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      ),
    ).toEqual([]);
    expect(Number(await connectionsTo(url))).toBe(0);
  });

  describe('ponte_fold', () => {
    let config: Config;
    beforeAll(async () => {
      config = await migratedConfig(kind);
    });

    it.each([
      ['Ana', 'ana'],
      ['JOÃO', 'joao'],
      ['joão', 'joao'],
      ['Conceição', 'conceicao'],
      ['CONCEIÇÃO', 'conceicao'],
      ['ÁÀÂÃÄÅ áàâãäå', 'aaaaaa aaaaaa'],
      ['ÉÈÊË éèêë', 'eeee eeee'],
      ['ÍÌÎÏ íìîï', 'iiii iiii'],
      ['ÓÒÔÕÖ óòôõö', 'ooooo ooooo'],
      ['ÚÙÛÜ úùûü', 'uuuu uuuu'],
      ['ÝÇÑ ýçñ', 'ycn ycn'],
      ['Núñez', 'nunez'],
      ["D'Ávila-Öztürk", "d'avila-ozturk"],
      ['100% _\\', '100% _\\'],
      ['李小龍', '李小龍'],
      ['Иван', /^[Ии]ван$/],
      ['😀', '😀'],
      ['', ''],
    ])('%j is %s', async (name, folded) => {
      const rows = await query<{ folded: string }>(config.database.url, 'SELECT ponte_fold($1) AS folded', [
        name,
      ]);
      if (typeof folded === 'string') expect(rows).toEqual([{ folded }]);
      // Outside Latin the locale of the database decides about capitals.
      else expect(rows[0]?.folded).toMatch(folded);
    });

    it('is nothing for nothing, and folding twice changes nothing', async () => {
      const rows = await query<object>(
        config.database.url,
        `SELECT ponte_fold(NULL) AS nothing, ponte_fold(ponte_fold('ÁÇ ñ')) = ponte_fold('ÁÇ ñ') AS same`,
      );
      expect(rows).toEqual([{ nothing: null, same: true }]);
    });
  });

  it('refuses to change or empty the audit, whoever asks', async () => {
    const { url } = (await migratedConfig(kind)).database;
    await query(url, `INSERT INTO audit_events (action) VALUES ('signed_in')`);
    for (const statement of [
      `UPDATE audit_events SET action = 'x'`,
      'DELETE FROM audit_events',
      'TRUNCATE audit_events',
    ]) {
      await expect(query(url, statement)).rejects.toThrow('append-only');
    }
    expect(await query(url, 'SELECT action FROM audit_events')).toEqual([{ action: 'signed_in' }]);
  });
});

describe('migrate without a database', () => {
  async function problemAt(url: string): Promise<string> {
    const problem: unknown = await migrate(testConfig(url)).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(StartProblem);
    const message = problem instanceof StartProblem ? problem.message : '';
    expect(message).not.toContain('hunter2');
    expect(message).not.toContain('\n');
    expect(message).toContain('DATABASE_URL');
    expect(message).toMatch(/^The database at .*\.$/);
    return message;
  }

  it('says that nobody listens', async () => {
    expect(await problemAt('postgres://ponte:hunter2@127.0.0.1:1/ponte')).toContain('127.0.0.1:1');
  });

  it('says that there is no such host', async () => {
    expect(await problemAt('postgres://ponte:hunter2@ponte.invalid/ponte')).toContain('ponte.invalid:5432');
  });

  it('says that there is no such database', async () => {
    const url = new URL(await newDatabase());
    url.pathname = '/nobody_made_this';
    expect(await problemAt(url.href)).toContain('nobody_made_this');
  });

  it('says that the password cannot be read', async () => {
    await problemAt('postgres://ponte:hunter2%zz@127.0.0.1:1/ponte');
  });

  it('does not wait for ever for a server that says nothing', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const began = performance.now();
    await problemAt(`postgres://ponte:hunter2@127.0.0.1:${port}/ponte`);
    expect(performance.now() - began).toBeLessThan(10_000);
    silent.close();
  });
});
