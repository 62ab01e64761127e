import type { INestApplicationContext } from '@nestjs/common';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from './setup/app-context';
import { newExport, newImport, newMember, newPerson, newUser, type TestPerson } from './setup/rows';
import { CopyForSearch } from '../src/contacts/copy-for-search';
import type { Caller } from '../src/platform/http/caller';
import { FileStorage } from '../src/platform/storage/file-storage';
import { StorageModule } from '../src/platform/storage/storage.module';
import { Deletions } from '../src/deletion/deletions';
import { RemoveDeletedAccounts } from '../src/deletion/remove-deleted-accounts';

let app: INestApplicationContext;
let dataSource: DataSource;
let storage: FileStorage;
let directory: string;
let person: TestPerson;
let deletions: Deletions;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ponte-deletions-'));
  const config = await migratedConfig('embedded', { PONTE_DATA_DIR: directory });
  const providers = [Deletions, RemoveDeletedAccounts, CopyForSearch];
  ({ app, dataSource } = await openContext(config, { imports: [StorageModule], providers }));
  storage = app.get(FileStorage);
  deletions = app.get(Deletions);
});
afterAll(async () => {
  await app.close();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(async () => {
  person = await newPerson(dataSource);
});

const caller = (userId = person.userId, via: Caller['via'] = 'session'): Caller => ({
  userId,
  name: '',
  email: '',
  locale: 'en',
  via,
});
const here = (via: Caller['via'] = 'session') => ({
  accountId: person.accountId,
  role: 'administrator' as const,
  caller: caller(person.userId, via),
});

async function stored(): Promise<string> {
  const key = `uploads/${crypto.randomUUID()}.csv`;
  await storage.write(
    key,
    (async function* () {
      yield Buffer.from('Ana');
    })(),
  );
  return key;
}

/** Rows of every table that are an account's, by the columns that say so. */
async function rowsOf(accountId: number): Promise<Record<string, number>> {
  const tables = await dataSource.query<{ name: string }[]>(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'account_id'
     ORDER BY 1`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await dataSource.query<{ count: number }[]>(
      `SELECT count(*) FROM ${name} WHERE account_id = $1`,
      [accountId],
    );
    if (row !== undefined && row.count > 0) counts[name] = row.count;
  }
  return counts;
}

async function fill(accountId: number, contacts: number): Promise<void> {
  const owner = { ...person, accountId };
  await dataSource.query(
    `INSERT INTO contacts (account_id, name, phone_number) SELECT $1, 'Ana ' || n, '+55119' || to_char(n, 'FM00000000')
     FROM generate_series(1, $2::int) AS n`,
    [accountId, contacts],
  );
  const id = await newImport(dataSource, owner, { storage_key: await stored(), state: 'finished' });
  await dataSource.query(
    `INSERT INTO import_rejected_rows SELECT $1, n, n, '[]', '[]', '["Ana"]' FROM generate_series(1, $2::int) AS n`,
    [id, contacts],
  );
  await newExport(dataSource, owner, { storage_key: await stored(), state: 'finished' });
  await dataSource.query(
    `INSERT INTO import_mappings (account_id, header_sha256, mapping) VALUES ($1, '\\x01', '{}')`,
    [accountId],
  );
  await dataSource.query(
    `INSERT INTO outbox (kind, subject_id, to_address, locale, data) VALUES ('import_finished', $1, 'a@x.com', 'en', $2)`,
    [id, { account_id: accountId }],
  );
}

describe('deleting an account', () => {
  it('takes it from everyone at once, stops its runs, and removes all of it in pieces', async () => {
    await fill(person.accountId, 12_000);
    const running = await newImport(dataSource, person, { state: 'running', fence: 4 });
    await app.get(CopyForSearch).copyWhatIsDue();
    await dataSource.query(
      `INSERT INTO contacts (account_id, name, phone_number) VALUES ($1, 'New', '+551133334444')`,
      [person.accountId],
    );
    const neighbour = await newPerson(dataSource);
    await fill(neighbour.accountId, 10);
    await deletions.deleteAccount(here(), { name: ' Test ' });

    expect((await rowsOf(person.accountId))['members']).toBeUndefined();
    const [run] = await dataSource.query<object[]>('SELECT state, fence FROM imports WHERE id = $1', [
      running,
    ]);
    expect(run).toEqual({ state: 'cancelled', fence: 5 });

    await app.get(RemoveDeletedAccounts).remove();
    await app.get(CopyForSearch).copyWhatIsDue();
    expect(Object.keys(await rowsOf(person.accountId))).toEqual(['audit_events']);
    expect(await dataSource.query('SELECT 1 FROM accounts WHERE id = $1', [person.accountId])).toEqual([]);
    expect((await rowsOf(neighbour.accountId))['contacts']).toBe(10);
    expect(await readdir(join(directory, 'files', 'uploads'))).toHaveLength(2);
    const mails = `SELECT count(*) FROM outbox WHERE (data->>'account_id')::bigint = $1`;
    expect(await dataSource.query(mails, [person.accountId])).toEqual([{ count: 0 }]);
    const events = await dataSource.query<object[]>(
      'SELECT action, user_id, subject_id FROM audit_events WHERE account_id = $1',
      [person.accountId],
    );
    expect(events).toEqual([
      { action: 'account_deleted', user_id: person.userId, subject_id: person.accountId },
    ]);
  });

  it('needs its name, a person at a browser, and an account that is there', async () => {
    await expect(deletions.deleteAccount(here(), { name: 'test' })).rejects.toMatchObject({
      code: 'account_name_wrong',
    });
    await expect(deletions.deleteAccount(here('token'), { name: 'Test' })).rejects.toMatchObject({
      code: 'token_not_allowed',
    });
    await deletions.deleteAccount(here(), { name: 'Test' });
    await expect(deletions.deleteAccount(here(), { name: 'Test' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('deleting a person', () => {
  const leave = (userId = person.userId) => deletions.deleteProfile(caller(userId));
  const users = (id: number) => dataSource.query<object[]>('SELECT 1 FROM users WHERE id = $1', [id]);

  it('removes them with what is theirs; what they started stays without them', async () => {
    const other = await newUser(dataSource);
    await newMember(dataSource, person.accountId, other, 'administrator');
    const imported = await newImport(dataSource, person);
    const exported = await newExport(dataSource, person);
    await leave();
    expect(await users(person.userId)).toEqual([]);
    for (const [table, id] of [['imports', imported] as const, ['exports', exported] as const])
      expect(await dataSource.query(`SELECT created_by FROM ${table} WHERE id = $1`, [id])).toEqual([
        { created_by: null },
      ]);
    const events = await dataSource.query<object[]>(
      'SELECT action, account_id FROM audit_events WHERE user_id = $1 ORDER BY id',
      [person.userId],
    );
    expect(events).toEqual([
      { action: 'member_left', account_id: person.accountId },
      { action: 'profile_deleted', account_id: null },
    ]);
  });

  it('takes the accounts along in which they are alone', async () => {
    await leave();
    const [account] = await dataSource.query<{ gone: boolean }[]>(
      'SELECT deleted_at IS NOT NULL AS gone FROM accounts WHERE id = $1',
      [person.accountId],
    );
    expect(account).toEqual({ gone: true });
  });

  it('is refused to the last administrator of others, and changes nothing', async () => {
    await newMember(dataSource, person.accountId, await newUser(dataSource), 'agent');
    await expect(leave()).rejects.toMatchObject({ code: 'last_administrator' });
    expect(await users(person.userId)).toHaveLength(1);
  });

  it('is refused to one of two administrators who leave at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      person = await newPerson(dataSource);
      const other = await newUser(dataSource);
      await newMember(dataSource, person.accountId, other, 'administrator');
      await newMember(dataSource, person.accountId, await newUser(dataSource), 'agent');
      const results = await Promise.allSettled([leave(person.userId), leave(other)]);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });

  it('needs a person at a browser', async () => {
    const byToken = deletions.deleteProfile(caller(person.userId, 'token'));
    await expect(byToken).rejects.toMatchObject({ code: 'token_not_allowed' });
  });

  it('is possible whatever refers to them: every reference goes along or lets go', async () => {
    const references = await dataSource.query<{ name: string; kind: string }[]>(
      `SELECT conname AS name, confdeltype AS kind FROM pg_constraint WHERE contype = 'f' AND confrelid = 'users'::regclass`,
    );
    expect(references.length).toBeGreaterThan(4);
    for (const { name, kind } of references)
      expect([name, kind]).toEqual([name, expect.stringMatching(/^[cn]$/)]);
  });
});
