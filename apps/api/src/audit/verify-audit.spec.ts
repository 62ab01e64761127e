import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migratedConfig, openContext, testConfig } from '../../test/setup/app-context';
import { newDatabase, query } from '../../test/setup/database';
import { migrate, MIGRATIONS } from '../platform/database/migrate';
import { AuditAndErasure1790000000015 } from '../platform/database/migrations/15-audit-and-erasure';
import { recordAudit } from './audit';
import { verifyAudit, type AuditVerdict, type ChainHead } from './verify-audit';

let app: INestApplicationContext;
let dataSource: DataSource;

beforeAll(async () => {
  ({ app, dataSource } = await openContext(await migratedConfig()));
});
afterAll(() => app.close());

const ACCOUNT = 7;

const verify = (kept: ChainHead[] = []): Promise<AuditVerdict> =>
  dataSource.transaction('REPEATABLE READ', (manager) => verifyAudit(manager, kept));

/** Events with everything that can be in them, in two chains. */
async function addEvents(): Promise<void> {
  for (let count = 1; count <= 4; count += 1) {
    await recordAudit(
      dataSource.manager,
      {
        action: 'contact_changed',
        accountId: ACCOUNT,
        userId: 3,
        subjectId: count,
        count,
        details: { fields: ['e'] },
      },
      { via: 'token', address: '2001:db8::1', tokenId: 5 },
    );
    await recordAudit(dataSource.manager, {
      action: 'sign_in_failed',
      details: { a: 'ç " \\ 🙂', b: count },
    });
  }
}

/** What somebody does who has the rights of the service, which owns the tables. */
async function tamper(sql: string): Promise<void> {
  const tables = ['audit_events', 'audit_chains'];
  for (const table of tables) await dataSource.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
  await dataSource.query(sql);
  for (const table of tables) await dataSource.query(`ALTER TABLE ${table} ENABLE TRIGGER ALL`);
}

const NTH = (place: number) => `account_id = ${ACCOUNT} AND position = ${place}`;

beforeEach(addEvents);
afterEach(() => tamper('TRUNCATE audit_events, audit_chains'));

describe('verifyAudit', () => {
  it('follows every chain to its head', async () => {
    const { heads, faults } = await verify();
    expect(faults).toEqual([]);
    expect(heads.map(({ chain, events }) => [chain, events])).toEqual([
      [0, 4],
      [ACCOUNT, 4],
    ]);
  });

  const TAMPERING: [what: string, sql: string][] = [
    ['another action', `UPDATE audit_events SET action = 'signed_in' WHERE ${NTH(2)}`],
    ['another person', `UPDATE audit_events SET user_id = 4 WHERE ${NTH(2)}`],
    ['nobody', `UPDATE audit_events SET user_id = NULL WHERE ${NTH(2)}`],
    ['another subject', `UPDATE audit_events SET subject_id = 9 WHERE ${NTH(2)}`],
    ['another count', `UPDATE audit_events SET count = 9 WHERE ${NTH(2)}`],
    ['other details', `UPDATE audit_events SET details = '{}' WHERE ${NTH(2)}`],
    ['another way', `UPDATE audit_events SET via = 'session' WHERE ${NTH(2)}`],
    ['another address', `UPDATE audit_events SET address = '10.0.0.1' WHERE ${NTH(2)}`],
    ['another token', `UPDATE audit_events SET token_id = 6 WHERE ${NTH(2)}`],
    [
      'another time',
      `UPDATE audit_events SET created_at = created_at + interval '1 microsecond' WHERE ${NTH(2)}`,
    ],
    ['another account', `UPDATE audit_events SET account_id = 8 WHERE ${NTH(2)}`],
    ['the last one changed', `UPDATE audit_events SET user_id = 4 WHERE ${NTH(4)}`],
    ['the first one gone', `DELETE FROM audit_events WHERE ${NTH(1)}`],
    ['one in the middle gone', `DELETE FROM audit_events WHERE ${NTH(2)}`],
    ['the last one gone', `DELETE FROM audit_events WHERE ${NTH(4)}`],
    ['all of a chain gone', `DELETE FROM audit_events WHERE account_id = ${ACCOUNT}`],
    ['everything gone but the heads', 'DELETE FROM audit_events'],
    ['a head gone', `DELETE FROM audit_chains WHERE chain = ${ACCOUNT}`],
    [
      'two swapped',
      `UPDATE audit_events SET position = 5 - position WHERE account_id = ${ACCOUNT} AND position IN (2, 3)`,
    ],
    [
      'two swapped with their hashes',
      `UPDATE audit_events AS event SET position = other.position, hash = other.hash FROM audit_events AS other
       WHERE event.account_id = ${ACCOUNT} AND other.account_id = ${ACCOUNT}
         AND event.position IN (2, 3) AND other.position = 5 - event.position`,
    ],
    [
      'one put in between',
      `INSERT INTO audit_events (action, account_id, position, hash)
       SELECT 'signed_in', account_id, position, hash FROM audit_events WHERE ${NTH(2)}`,
    ],
    [
      'one added without a place',
      `INSERT INTO audit_events (action, account_id) VALUES ('signed_in', ${ACCOUNT})`,
    ],
    [
      'the last two cut off, with a head that fits their number',
      `WITH cut AS (DELETE FROM audit_events WHERE account_id = ${ACCOUNT} AND position > 2)
       UPDATE audit_chains SET events = 2 WHERE chain = ${ACCOUNT}`,
    ],
  ];

  it.each(TAMPERING)('finds %s', async (_, sql) => {
    await tamper(sql);
    expect((await verify()).faults).not.toEqual([]);
  });

  it('finds a chain that was written anew, by a head that was kept elsewhere', async () => {
    const { heads } = await verify();
    // Cut off with a head that fits: nothing inside the database tells that there was more.
    await tamper(
      `WITH cut AS (DELETE FROM audit_events WHERE account_id = ${ACCOUNT} AND position > 2)
       UPDATE audit_chains SET events = 2, head = (SELECT hash FROM audit_events WHERE ${NTH(2)}) WHERE chain = ${ACCOUNT}`,
    );
    expect((await verify()).faults).toEqual([]);
    expect((await verify(heads)).faults).toEqual([
      `Chain ${ACCOUNT}: the head of its 4 events that was kept is not in it any more.`,
    ]);
    await addEvents();
    expect((await verify(heads)).faults).toHaveLength(1);
  });

  it('finds that everything is gone, by heads that were kept elsewhere', async () => {
    const { heads } = await verify();
    await tamper('TRUNCATE audit_events, audit_chains');
    expect((await verify(heads)).faults).toHaveLength(2);
  });

  it('knows kept heads again after more events', async () => {
    const { heads } = await verify();
    await addEvents();
    expect((await verify(heads)).faults).toEqual([]);
  });

  it('is whole after many writers at once, in one chain and in two in any order', async () => {
    const write = (index: number) =>
      dataSource.transaction(async (manager) => {
        const accounts = index % 2 === 0 ? [ACCOUNT, undefined] : [undefined, ACCOUNT];
        for (const accountId of accounts) await recordAudit(manager, { action: 'signed_in', accountId });
        if (index % 5 === 0) throw new Error('taken back');
      });
    const results = await Promise.allSettled(Array.from({ length: 60 }, (_, index) => write(index)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(48);
    const { heads, faults } = await verify();
    expect(faults).toEqual([]);
    expect(heads.map(({ events }) => events)).toEqual([4 + 48, 4 + 48]);
  });

  it('keeps no writer waiting for a transaction that stands still', async () => {
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await recordAudit(runner.manager, { action: 'signed_in', accountId: ACCOUNT });
    await recordAudit(dataSource.manager, { action: 'signed_in', accountId: ACCOUNT });
    await runner.commitTransaction();
    await runner.release();
    expect((await verify()).faults).toEqual([]);
  });

  it('lets nobody chain an event twice', async () => {
    await expect(
      dataSource.query(`UPDATE audit_events SET hash = hash, position = 9 WHERE ${NTH(1)}`),
    ).rejects.toThrow('append-only');
  });
});

it('chains the events of earlier versions', async () => {
  const config = testConfig(await newDatabase());
  const { url } = config.database;
  const migrations = MIGRATIONS.slice(0, MIGRATIONS.indexOf(AuditAndErasure1790000000015));
  const connected = new DataSource({ type: 'postgres', url, migrations, installExtensions: false });
  const earlier = await connected.initialize();
  await earlier.runMigrations({ transaction: 'each' });
  await earlier.query(
    `INSERT INTO audit_events (action, account_id, details)
     SELECT 'import_ended', nullif(n % 3, 0), jsonb_build_object('count', n) FROM generate_series(1, 10) AS n`,
  );
  await earlier.destroy();
  await migrate(config);
  const later = await new DataSource({ type: 'postgres', url, installExtensions: false }).initialize();
  const { heads, faults } = await later.transaction((manager) => verifyAudit(manager));
  await later.destroy();
  expect(faults).toEqual([]);
  expect(heads.map(({ events }) => events)).toEqual([3, 4, 3]);
  expect(await query(url, 'SELECT sum(count)::int AS sum FROM audit_events')).toEqual([{ sum: 55 }]);
});
