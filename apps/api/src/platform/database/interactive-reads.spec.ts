import type { INestApplicationContext } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../../test/setup/app-context';
import { query } from '../../../test/setup/database';
import { until } from '../../../test/setup/product';
import type { Config } from '../config/config';
import { InteractiveReads } from './interactive-reads';

const { signal: never } = new AbortController();
const SLEEP = 'SELECT pg_sleep(30)';

let config: Config;
let app: INestApplicationContext;
let dataSource: DataSource;
let reads: InteractiveReads;

beforeEach(async () => {
  // Room for two searches.
  config = await migratedConfig('debian', { DATABASE_POOL_SIZE: '6', PONTE_RUN_CONCURRENCY: '2' });
  ({ app, dataSource } = await openContext(config));
  reads = app.get(InteractiveReads);
});
afterEach(() => app.close());

const sleeping = async () =>
  (
    await query<{ count: number }>(
      config.database.url,
      `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query = '${SLEEP}'`,
    )
  )[0]?.count ?? 0;

describe('an interactive read', () => {
  it('is told that it takes too long', async () => {
    const began = performance.now();
    const read = reads.read(never, (manager) => manager.query(SLEEP));
    await expect(read).rejects.toMatchObject({ code: 'search_too_slow' });
    expect(performance.now() - began).toBeLessThan(9_000);
    expect(await sleeping()).toBe(0);
  });

  it('takes no longer in many statements than in one', async () => {
    const read = reads.read(never, async (manager) => {
      for (let statement = 0; statement < 100; statement += 1) await manager.query('SELECT pg_sleep(1)');
    });
    await expect(read).rejects.toMatchObject({ code: 'search_too_slow' });
  });

  it('ends when its caller has gone', async () => {
    const caller = new AbortController();
    const read = reads.read(caller.signal, (manager) => manager.query(SLEEP));
    read.catch(() => undefined);
    await until(sleeping, (count) => count === 1);
    caller.abort(new Error('gone'));
    await expect(read).rejects.toThrow('gone');
    expect(await sleeping()).toBe(0);
  });

  it('cannot write', async () => {
    const read = reads.read(never, (manager) => manager.query(`INSERT INTO accounts (name) VALUES ('x')`));
    await expect(read).rejects.toMatchObject({ code: '25006' });
  });

  it('is cancelled without hitting what comes after it on the connection', async () => {
    // At every moment: before the statement, in it, behind it, between it and the next one.
    for (let turn = 0; turn < 150; turn += 1) {
      const caller = new AbortController();
      const read = reads.read(caller.signal, async (manager) => {
        for (let statement = 0; statement < 3; statement += 1) await manager.query('SELECT pg_sleep(0.002)');
      });
      setTimeout(() => caller.abort(new Error('gone')), turn % 12);
      await read.catch((error: unknown) => expect(String(error)).toContain('gone'));
      // Every connection of the pool, so that the one that was used is among them.
      await Promise.all(Array.from({ length: 6 }, () => dataSource.query('SELECT pg_sleep(0.005)')));
    }
  });
});

describe('searches', () => {
  it('leave connections to others, whoever asks and however often', async () => {
    const callers = new AbortController();
    const searches = Array.from({ length: 12 }, (_, account) =>
      reads
        .search(account, callers.signal, (manager) => manager.query(SLEEP))
        .catch((error: unknown) => error),
    );
    await until(sleeping, (count) => count === 1);
    const began = performance.now();
    for (let turn = 0; turn < 20; turn += 1) await dataSource.query('SELECT 1');
    expect(performance.now() - began).toBeLessThan(1_000);
    await pause(100);
    expect(await sleeping()).toBe(1);
    callers.abort(new Error('gone'));
    for (const search of searches) expect(String(await search)).toContain('gone');
    expect(await sleeping()).toBe(0);
  });

  it('of one account are two at a time; others of it wait for a while, and many not at all', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, () =>
        reads
          .search(1, never, (manager) => manager.query(SLEEP))
          .then(null, (error: { code?: string }) => error.code),
      ),
    );
    // Those that wait get their turn when the first two are over, or have waited too long by then.
    expect(new Set(answers)).toEqual(new Set(['search_too_slow', 'account_busy']));
    expect(answers.filter((code) => code === 'account_busy').length).toBeGreaterThanOrEqual(8);
    expect(await reads.search(1, never, (manager) => manager.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  });
});
