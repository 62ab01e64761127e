import type { INestApplicationContext } from '@nestjs/common';
import type { Contact } from '@ponte/contacts';
import { CONTACT_SORTS, type FilterCondition } from '@ponte/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../test/setup/app-context';
import type { PostgresKind } from '../../test/setup/database';
import { newUnknownAccount } from '../../test/setup/rows';
import { ContactsModule } from '.';
import { readOrder } from './contact-order';
import { readStates } from './contact-states';
import { Contacts } from './contacts';
import { CopyForSearch } from './copy-for-search';
import { listContacts } from './list-contacts';
import { upsertContacts } from './upsert-contacts';

const STORED = 20_000;
const BATCH = 400;

/** As in an account that is too large to be searched as a whole. */
const PARTS = { small: 1_000, copyRows: 5_000, contactRows: 2_000, share: 0.5 };

/** Long names make their index dearer than that of the numbers, short ones cheaper. */
const CASES: [PostgresKind, number][] = [
  ['embedded', 0],
  ['embedded', 250],
  ['debian', 0],
  ['debian', 250],
];

describe.each(CASES)('an account that statistics do not know, %s, names of %i letters', (kind, letters) => {
  let app: INestApplicationContext;
  let dataSource: DataSource;
  let accountId: number;

  beforeAll(async () => {
    // One connection, so that what it has looked at can be asked of it.
    const config = await migratedConfig(kind);
    const database = { ...config.database, poolSize: 1 };
    ({ app, dataSource } = await openContext({ ...config, database }, { imports: [ContactsModule] }));
    ({ accountId } = await newUnknownAccount(dataSource, STORED, letters));
    // As if nobody had imported for a while, or it would wait for the rest.
    await dataSource.query(`UPDATE contact_changes SET noted_at = now() - interval '1 hour'`);
    await new CopyForSearch(dataSource).copyWhatIsDue();
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
      const untilNow = async () => {
        const [{ rows = 0 } = {}] = await manager.query<{ rows: number }[]>(
          `SELECT (seq_tup_read + idx_tup_fetch)::int AS rows FROM pg_stat_xact_user_tables WHERE relname = 'contacts'`,
        );
        return rows;
      };
      const before = await untilNow();
      await work(manager);
      return (await untilNow()) - before;
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
    expect(rows).toBe(2 * BATCH);
  });

  it.each(CONTACT_SORTS)('has the beginning of its list read in the order of an index: %s', async (sort) => {
    const page = { order: readOrder(sort), page: 2, perPage: 25 };
    const rows = await looked(async (manager) => {
      expect((await listContacts(manager, { accountId }, page)).payload).toHaveLength(25);
    });
    // For the ids and for the contacts of the page, and those that the copy does not know yet.
    expect(rows).toBeLessThanOrEqual(50 + 25 + BATCH);
  });

  it.each(CONTACT_SORTS)('has a filter follow the list until the page is full: %s', async (sort) => {
    const conditions: FilterCondition[] = [
      { attribute_key: 'phone_number', filter_operator: 'contains', values: '7' },
    ];
    const page = { order: readOrder(sort), page: 1, perPage: 25 };
    const rows = await looked((manager) => listContacts(manager, { accountId, conditions }, page, PARTS));
    expect(rows).toBeLessThan(STORED / 5);
  });

  it('has the few without an e-mail found in their own index', async () => {
    await dataSource.query(
      `INSERT INTO contacts (account_id, phone_number, name) SELECT $1, '+552190000000' || n, 'Zé' FROM generate_series(0, 4) AS n`,
      [accountId],
    );
    const conditions: FilterCondition[] = [
      { attribute_key: 'email', filter_operator: 'is_not_present', values: [] },
    ];
    const page = { order: readOrder('name'), page: 1, perPage: 25 };
    const rows = await looked(async (manager) => {
      const { payload } = await listContacts(manager, { accountId, conditions }, page, PARTS);
      expect(payload.map(({ name }) => name)).toEqual(Array(5).fill('Zé'));
    });
    expect(rows).toBeLessThan(PARTS.contactRows + 100);
  });

  it('shows, changes and deletes one contact without a look at the others', async () => {
    const service = app.get(Contacts);
    const [{ id = 0 } = {}] = await dataSource.query<{ id: number }[]>(
      `SELECT id FROM contacts WHERE account_id = $1 AND phone_number = '+5511900000002'`,
      [accountId],
    );
    const before = await pagesUntilNow();
    await service.find(accountId, id);
    const caller = { userId: 1, name: '', email: '', locale: 'en', via: 'session' } as const;
    const account = { accountId, role: 'administrator', caller } as const;
    await service.update(account, id, { name: 'Bia' });
    expect((await service.find(accountId, id)).name).toBe('Bia');
    await service.delete(account, id);
    expect((await pagesUntilNow()) - before).toBeLessThan(100);
    await expect(service.find(accountId, id)).rejects.toMatchObject({ code: 'not_found' });
  });
});
