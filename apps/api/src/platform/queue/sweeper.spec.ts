import type { INestApplicationContext } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../../test/setup/app-context';
import { newExport, newImport, newPerson, type TestPerson } from '../../../test/setup/rows';
import type { Config } from '../config/config';
import { QueueModule } from './queue.module';
import { Sweeper } from './sweeper';

let config: Config;
let app: INestApplicationContext;
let dataSource: DataSource;
let sweeper: Sweeper;
let person: TestPerson;

beforeAll(async () => {
  config = await migratedConfig();
  ({ app, dataSource } = await openContext(config, {
    imports: [QueueModule.for(config)],
    providers: [Sweeper],
  }));
  sweeper = app.get(Sweeper);
  // The test sweeps; the timer is tried by the last one.
  await sweeper.onModuleDestroy();
  person = await newPerson(dataSource);
});
beforeEach(async () => {
  for (const table of ['imports', 'exports', 'jobs']) await dataSource.query(`DELETE FROM ${table}`);
});
afterAll(() => app.close());

const jobs = () =>
  dataSource.query<{ queue: string; run_id: number; turn: number }[]>(
    'SELECT queue, run_id, turn FROM jobs ORDER BY id',
  );

const OLD = '2026-01-01T00:00:00Z';
const FAR = '2999-01-01T00:00:00Z';

const RUNS: [string, Record<string, unknown>, boolean][] = [
  ['waits since long ago', { created_at: OLD }, true],
  ['was made just now, and its own job is on its way', {}, false],
  ['runs, but its lease ran out', { state: 'running', lease_until: OLD }, true],
  ['runs', { state: 'running', lease_until: FAR, created_at: OLD }, false],
  ['rests after a fault', { state: 'running', lease_until: FAR, created_at: OLD }, false],
  ['rested long enough', { state: 'queued', lease_until: OLD }, true],
  ['is finished', { state: 'finished', created_at: OLD }, false],
  ['is failed', { state: 'failed', created_at: OLD, lease_until: OLD }, false],
  ['is cancelled', { state: 'cancelled', created_at: OLD, lease_until: OLD }, false],
];

describe('Sweeper', () => {
  it.each(RUNS)('looks at an import that %s', async (_, values, isAdded) => {
    const id = await newImport(dataSource, person, { fence: 4, ...values });
    await sweeper.sweep();
    expect(await jobs()).toEqual(isAdded ? [{ queue: 'import', run_id: id, turn: 4 }] : []);
  });

  it.each(RUNS)('looks at an export that %s', async (_, values, isAdded) => {
    const id = await newExport(dataSource, person, { fence: 1, ...values });
    await sweeper.sweep();
    expect(await jobs()).toEqual(isAdded ? [{ queue: 'export', run_id: id, turn: 1 }] : []);
  });

  it('adds the oldest first, and nothing twice however often it sweeps', async () => {
    const ids = [];
    for (let count = 0; count < 5; count += 1)
      ids.push(await newImport(dataSource, person, { created_at: OLD }));
    await Promise.all([sweeper.sweep(), sweeper.sweep()]);
    await sweeper.sweep();
    expect((await jobs()).map(({ run_id }) => run_id).sort((a, b) => a - b)).toEqual(ids);
  });

  it('wakes nobody for a job that is waiting already', async () => {
    await newImport(dataSource, person, { created_at: OLD });
    await sweeper.sweep();
    const heard: unknown[] = [];
    const listener = dataSource.createQueryRunner();
    const client = (await listener.connect()) as {
      on(event: 'notification', heard: (message: unknown) => void): void;
    };
    client.on('notification', (message) => heard.push(message));
    await listener.query('LISTEN ponte_jobs');
    await sweeper.sweep();
    await newImport(dataSource, person, { created_at: OLD });
    await sweeper.sweep();
    await until(() => heard.length > 0);
    expect(heard).toHaveLength(1);
    await listener.query('UNLISTEN *');
    await listener.release();
  });

  it('sweeps by itself, and no more once it is closed', async () => {
    const other = await openContext(config, { imports: [QueueModule.for(config)], providers: [Sweeper] });
    const id = await newImport(dataSource, person, { created_at: OLD });
    await until(async () => (await jobs()).length > 0);
    expect(await jobs()).toEqual([{ queue: 'import', run_id: id, turn: 0 }]);
    await other.app.close();
  });
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await condition()); await pause(20)) {
    if (Date.now() > end) throw new Error('It did not happen within 10 seconds.');
  }
}
