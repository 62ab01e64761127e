import type { INestApplicationContext } from '@nestjs/common';
import type { Contact } from '@ponte/contacts';
import type { DataSource, EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../test/setup/app-context';
import type { PostgresKind } from '../../test/setup/database';
import { newUnknownAccount } from '../../test/setup/rows';
import { ContactsModule } from '.';
import { readStates } from './contact-states';
import { Contacts } from './contacts';
import { upsertContacts } from './upsert-contacts';

const STORED = 20_000;
const BATCH = 400;

describe.each<PostgresKind>(['embedded', 'debian'])('an account that statistics do not know, %s', (kind) => {
  let app: INestApplicationContext;
  let dataSource: DataSource;
  let accountId: number;

  beforeAll(async () => {
    // One connection, so that what it has looked at can be asked of it.
    const config = await migratedConfig(kind);
    const database = { ...config.database, poolSize: 1 };
    ({ app, dataSource } = await openContext({ ...config, database }, { imports: [ContactsModule] }));
    ({ accountId } = await newUnknownAccount(dataSource, STORED));
  });
  afterAll(() => app.close());

  const contacts = (name: string): Contact[] =>
    Array.from({ length: BATCH }, (_, n) => ({
      phone_number: `+55119${String(n * 10 + 1).padStart(8, '0')}`,
      name: `${name} ${n * 10 + 1}`,
      email: null,
    }));

  /** How many contacts PostgreSQL looked at for the work, which is done in a transaction. */
  const looked = (work: (manager: EntityManager) => Promise<unknown>) =>
    dataSource.transaction(async (manager) => {
      await work(manager);
      const [row] = await manager.query<{ rows: number }[]>(
        `SELECT (seq_tup_read + idx_tup_fetch)::int AS rows FROM pg_stat_xact_user_tables WHERE relname = 'contacts'`,
      );
      return row?.rows;
    });

  /** How many pages of the table and its indexes it has looked at so far. */
  async function pagesUntilNow(): Promise<number> {
    await dataSource.query('SELECT pg_stat_force_next_flush()');
    const [{ pages = 0 } = {}] = await dataSource.query<{ pages: number }[]>(
      `SELECT (heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit)::int AS pages
       FROM pg_statio_user_tables WHERE relname = 'contacts'`,
    );
    return pages;
  }

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

  it('shows, changes and deletes one contact without a look at the others', async () => {
    const service = app.get(Contacts);
    const [{ id = 0 } = {}] = await dataSource.query<{ id: number }[]>(
      `SELECT id FROM contacts WHERE account_id = $1 AND phone_number = '+5511900000002'`,
      [accountId],
    );
    const before = await pagesUntilNow();
    await service.find(accountId, id);
    await service.update(accountId, id, { name: 'Bia' });
    expect((await service.find(accountId, id)).name).toBe('Bia');
    await service.delete(accountId, id);
    expect((await pagesUntilNow()) - before).toBeLessThan(100);
    await expect(service.find(accountId, id)).rejects.toMatchObject({ code: 'not_found' });
  });
});
