import type { Contact } from '@ponte/contacts';
import type { DataSource } from 'typeorm';
import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../test/setup/app-context';
import type { PostgresKind } from '../../test/setup/database';
import { newPerson } from '../../test/setup/rows';
import { readStates } from './contact-states';
import { upsertContacts } from './upsert-contacts';

const STORED = 20_000;
const BATCH = 400;

/**
 * The planner knows of one account only: what an account is to it that was filled a moment ago, or whose contacts are few
 * beside those that were there when the statistics were made.
 */
describe.each<PostgresKind>(['embedded', 'debian'])('an account that statistics do not know, %s', (kind) => {
  let app: INestApplicationContext;
  let dataSource: DataSource;
  let accountId: number;

  beforeAll(async () => {
    ({ app, dataSource } = await openContext(await migratedConfig(kind)));
    await dataSource.query('ALTER TABLE contacts SET (autovacuum_enabled = false)');
    await fill((await newPerson(dataSource)).accountId);
    await dataSource.query('ANALYZE contacts');
    accountId = (await newPerson(dataSource)).accountId;
    await fill(accountId);
  });
  afterAll(() => app.close());

  const fill = (account: number) =>
    dataSource.query(
      `INSERT INTO contacts (account_id, phone_number, name, email)
       SELECT $1, '+55119' || to_char(n, 'FM00000000'), 'Ana Maria ' || n, CASE WHEN n % 2 = 0 THEN 'ana' || n || '@p.br' END
       FROM generate_series(1, $2::int) AS n ORDER BY n * 7919 % $2`,
      [account, STORED],
    );

  const contacts = (name: string): Contact[] =>
    Array.from({ length: BATCH }, (_, n) => ({
      phone_number: `+55119${String(n * 10 + 1).padStart(8, '0')}`,
      name: `${name} ${n * 10 + 1}`,
      email: null,
    }));

  /** Does the work in a transaction of its own and answers how many contacts PostgreSQL looked at for it. */
  const looked = (work: Parameters<typeof dataSource.transaction<unknown>>[0]) =>
    dataSource.transaction(async (manager) => {
      await work(manager);
      const [row] = await manager.query<{ rows: number }[]>(
        `SELECT seq_tup_read + idx_tup_fetch AS rows FROM pg_stat_xact_user_tables WHERE relname = 'contacts'`,
      );
      return Number(row?.rows);
    });

  it('is asked for each number by the number', async () => {
    const phones = contacts('Ana Maria').map(({ phone_number }) => phone_number);
    expect(await looked((manager) => readStates(manager, accountId, phones))).toBe(BATCH);
  });

  it('has each contact that changes looked up by its key', async () => {
    const options = { accountId, importId: 1, existing: 'update', lane: null } as const;
    const outcomes = new Set<string>();
    const rows = await looked(async (manager) => {
      for (const outcome of await upsertContacts(manager, options, contacts('Bia'))) outcomes.add(outcome);
    });
    expect([...outcomes]).toEqual(['updated']);
    // Read, written, and seen by the check that no number is there twice.
    expect(rows).toBe(3 * BATCH);
  });
});
