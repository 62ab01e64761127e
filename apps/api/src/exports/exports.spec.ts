import type { INestApplicationContext } from '@nestjs/common';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis } from '@ponte/testing';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../test/setup/app-context';
import { newExport, newPerson, type TestPerson } from '../../test/setup/rows';
import type { Config } from '../platform/config/config';
import type { AccountContext } from '../platform/http/caller';
import { QueueModule } from '../platform/queue/queue.module';
import { Exports } from './exports';
import { ExportsModule } from '.';

let directory: string;
let config: Config;
let app: INestApplicationContext;
let dataSource: DataSource;
let exports: Exports;
let person: TestPerson;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ponte-exports-'));
  config = await migratedConfig('embedded', { PONTE_DATA_DIR: directory });
});
afterAll(() => rm(directory, { recursive: true, force: true }));
beforeEach(() => open(config));
afterEach(() => app.close());

async function open(variables: Config): Promise<void> {
  const imports = [QueueModule.for(variables), ExportsModule];
  ({ app, dataSource } = await openContext(variables, { imports }));
  exports = app.get(Exports, { strict: false });
  person = await newPerson(dataSource);
}

const here = (): AccountContext => ({
  accountId: person.accountId,
  role: 'administrator',
  caller: { userId: person.userId, name: 'Ana', email: '', locale: 'en', via: 'token' },
});

describe('Exports.create', () => {
  it.each([
    [undefined, ['name', 'phone_number', 'email'], []],
    [[], ['name', 'phone_number', 'email'], []],
    [['email', 'name'], ['email', 'name'], []],
    [['id', 'id', 'created_at'], ['id', 'created_at'], []],
    [
      ['name', 'password_hash', 'account_id', 'name; DROP TABLE contacts'],
      ['name'],
      ['password_hash', 'account_id', 'name; DROP TABLE contacts'],
    ],
    [['name', 'constructor', '__proto__'], ['name'], ['constructor', '__proto__']],
  ])('takes the columns %j', async (column_names, names, ignored) => {
    const { view } = await exports.create(here(), { column_names }, null);
    expect(view).toMatchObject({
      state: 'queued',
      column_names: names,
      ignored_columns: ignored,
      queue_position: 1,
    });
    await dataSource.query('DELETE FROM exports');
  });

  it.each([
    [undefined, 'csv'],
    ['csv' as const, 'csv'],
    ['xlsx' as const, 'xlsx'],
  ])('makes a file of the format %s', async (format, expected) => {
    const { view } = await exports.create(here(), { format }, null);
    expect(view.format).toBe(expected);
    expect(view.file_name).toMatch(new RegExp(`^contacts-\\d{4}-\\d\\d-\\d\\d\\.${expected}$`));
    await dataSource.query('DELETE FROM exports');
  });

  it.each([
    ['columns that nobody knows', { column_names: ['phone'] }, 'columns_unknown'],
    ['a label', { label: 'vip' }, 'labels_unsupported'],
    [
      'a filter without a meaning',
      { payload: [{ attribute_key: 'name' as const, filter_operator: 'days_before' as const, values: [1] }] },
      'filter_invalid',
    ],
  ])('refuses %s, and writes nothing', async (_, body, code) => {
    await expect(exports.create(here(), body, null)).rejects.toMatchObject({ code });
    expect(await dataSource.query('SELECT 1 FROM exports WHERE account_id = $1', [person.accountId])).toEqual(
      [],
    );
  });

  it('does not wait for a Redis that has gone away', async () => {
    const redis = await startRedis();
    await app.close();
    await open(await migratedConfig('embedded', { PONTE_DATA_DIR: directory, REDIS_URL: redis.url }));
    await exports.create(here(), {}, null);
    await redis.stop();
    const began = performance.now();
    expect((await exports.create(here(), {}, null)).view).toMatchObject({ state: 'queued' });
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe('Exports.file', () => {
  const FILES: [string, Record<string, unknown>, string][] = [
    ['that is not ready', {}, 'export_not_ready'],
    ['that failed', { state: 'failed' }, 'export_not_ready'],
    [
      'whose time is over, removed or not',
      { state: 'finished', storage_key: 'exports/x.csv', expires_at: '2026-01-01' },
      'export_expired',
    ],
    [
      'whose time is over and that was removed',
      { state: 'finished', expires_at: '2026-01-01' },
      'export_expired',
    ],
  ];
  it.each(FILES)('gives no file %s', async (_, values, code) => {
    const id = await newExport(dataSource, person, values);
    await expect(exports.file(here(), id)).rejects.toMatchObject({ code });
  });

  it('gives nobody the file of another account', async () => {
    const id = await newExport(dataSource, person, {
      state: 'finished',
      storage_key: 'exports/x.csv',
      expires_at: '2999-01-01',
    });
    expect(await exports.file(here(), id)).toMatchObject({ name: 'contacts.csv' });
    person = await newPerson(dataSource);
    await expect(exports.file(here(), id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(exports.find(here(), id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await exports.list(here(), 1, 10)).payload).toEqual([]);
  });
});
