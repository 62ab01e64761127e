import type { INestApplicationContext } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../../test/setup/app-context';
import { newExport, newImport, newPerson, type TestPerson } from '../../../test/setup/rows';
import { LeaseLost, Leases, type Lease, type RunTable } from './leases';

const LEASE_SECONDS = 2;

let app: INestApplicationContext;
let dataSource: DataSource;
let leases: Leases;
let person: TestPerson;
const held: Lease[] = [];

beforeAll(async () => {
  const config = await migratedConfig('embedded', { PONTE_LEASE_SECONDS: String(LEASE_SECONDS) });
  ({ app, dataSource } = await openContext(config, { providers: [Leases] }));
  leases = app.get(Leases);
  person = await newPerson(dataSource);
});
afterEach(async () => {
  await Promise.all(held.splice(0).map((lease) => lease.end('over')));
});
afterAll(() => app.close());

interface Run {
  state: string;
  fence: number;
  attempts: number;
  has_started: boolean;
  /** Seconds until the lease runs out; null when there is none. */
  seconds: number | null;
}

async function runOf(id: number, table: RunTable = 'imports'): Promise<Run | undefined> {
  const rows = await dataSource.query<Run[]>(
    `SELECT state, fence, attempts, started_at IS NOT NULL AS has_started,
       extract(epoch FROM lease_until - clock_timestamp())::float AS seconds FROM ${table} WHERE id = $1`,
    [id],
  );
  return rows[0];
}

const newRun = (values: Record<string, unknown> = {}) => newImport(dataSource, person, values);

async function take(id: number, table: RunTable = 'imports'): Promise<Lease | null> {
  const lease = await leases.take(table, id);
  if (lease !== null) held.push(lease);
  return lease;
}

async function mustTake(id: number): Promise<Lease> {
  const lease = await take(id);
  if (lease === null) throw new Error('The run was not given.');
  return lease;
}

/** As if the worker had been silent until the lease was over. */
async function runOut(id: number): Promise<void> {
  await dataSource.query(`UPDATE imports SET lease_until = now() - interval '1 second' WHERE id = $1`, [id]);
}

const contactsOf = (phone: string) =>
  dataSource.query<object[]>('SELECT name FROM contacts WHERE account_id = $1 AND phone_number = $2', [
    person.accountId,
    phone,
  ]);

const writeContact = (manager: EntityManager, phone: string) =>
  manager.query('INSERT INTO contacts (account_id, name, phone_number) VALUES ($1, $2, $3)', [
    person.accountId,
    'Ana',
    phone,
  ]);

describe('Leases.take', () => {
  it('gives a run that waits', async () => {
    const id = await newRun();
    const lease = await mustTake(id);
    expect(lease).toMatchObject({ runId: id, fence: 1, attempts: 1 });
    expect(lease.signal.aborted).toBe(false);
    const run = await runOf(id);
    expect(run).toMatchObject({ state: 'running', fence: 1, attempts: 1, has_started: true });
    expect(run?.seconds).toBeGreaterThan(LEASE_SECONDS - 1);
    expect(run?.seconds).toBeLessThanOrEqual(LEASE_SECONDS);
  });

  it('gives it to one of ten who ask at once', async () => {
    const id = await newRun();
    const answers = await Promise.all(Array.from({ length: 10 }, () => take(id)));
    expect(answers.filter((lease) => lease !== null)).toHaveLength(1);
    expect(await runOf(id)).toMatchObject({ fence: 1, attempts: 1 });
  });

  it('gives one whose lease ran out to one of ten who ask at once', async () => {
    const id = await newRun();
    await mustTake(id);
    await runOut(id);
    const answers = await Promise.all(Array.from({ length: 10 }, () => take(id)));
    expect(answers.flatMap((lease) => lease?.fence ?? [])).toEqual([2]);
  });

  const WHEN: [string, Record<string, unknown>, boolean][] = [
    ['waits', { state: 'queued' }, true],
    ['was handed over', { state: 'running', lease_until: '2000-01-01' }, true],
    ['has a worker', { state: 'running', lease_until: '2999-01-01' }, false],
    ['rests after a fault', { state: 'queued', lease_until: '2999-01-01' }, false],
    ['is finished', { state: 'finished' }, false],
    ['is failed', { state: 'failed' }, false],
    ['is cancelled', { state: 'cancelled' }, false],
    ['ended with an old lease', { state: 'finished', lease_until: '2000-01-01' }, false],
  ];
  it.each(WHEN)('asked for one that %s', async (_, values, isGiven) => {
    const id = await newRun(values);
    const before = await runOf(id);
    expect((await take(id)) !== null).toBe(isGiven);
    if (!isGiven) expect(await runOf(id)).toMatchObject({ state: before?.state, fence: 0, attempts: 0 });
  });

  it('has nothing to give for an id that nobody has', async () => {
    expect(await take(999_999_999)).toBeNull();
  });

  it('counts every take in the fence and in the attempts, and keeps the first start', async () => {
    const id = await newRun({ started_at: '2026-01-02T03:04:05Z' });
    for (const fence of [1, 2, 3]) {
      expect(await mustTake(id)).toMatchObject({ fence, attempts: fence });
      await runOut(id);
    }
    const rows = await dataSource.query<{ started_at: Date }[]>(
      'SELECT started_at FROM imports WHERE id = $1',
      [id],
    );
    expect(rows[0]?.started_at).toEqual(new Date('2026-01-02T03:04:05Z'));
  });

  it('keeps imports and exports apart', async () => {
    const exportId = await newExport(dataSource, person);
    const lease = await take(exportId, 'exports');
    expect(lease?.fence).toBe(1);
    expect(await runOf(exportId, 'exports')).toMatchObject({ state: 'running', fence: 1 });
    expect(await take(exportId, 'exports')).toBeNull();
  });
});

describe('Lease.hold', () => {
  it('lets its worker write', async () => {
    const id = await newRun();
    const lease = await mustTake(id);
    await dataSource.transaction(async (manager) => {
      await lease.hold(manager);
      await writeContact(manager, '+5511900000001');
    });
    expect(await contactsOf('+5511900000001')).toHaveLength(1);
  });

  it('extends the lease', async () => {
    const id = await newRun();
    const lease = await mustTake(id);
    await dataSource.query(`UPDATE imports SET lease_until = now() + interval '100 ms' WHERE id = $1`, [id]);
    await dataSource.transaction((manager) => lease.hold(manager));
    expect((await runOf(id))?.seconds).toBeGreaterThan(1);
  });

  it('undoes what a stalled worker writes after another has taken the run', async () => {
    const id = await newRun();
    const stalled = await mustTake(id);
    await runOut(id);
    const other = await mustTake(id);
    const late = dataSource.transaction(async (manager) => {
      await writeContact(manager, '+5511900000002');
      await manager.query('UPDATE imports SET rows_total = 77 WHERE id = $1', [id]);
      await stalled.hold(manager);
    });
    await expect(late).rejects.toBeInstanceOf(LeaseLost);
    expect(stalled.signal.aborted).toBe(true);
    expect(stalled.signal.reason).toBeInstanceOf(LeaseLost);
    expect(await contactsOf('+5511900000002')).toEqual([]);
    expect(other.signal.aborted).toBe(false);
    const rows = await dataSource.query<object[]>('SELECT rows_total FROM imports WHERE id = $1', [id]);
    expect(rows).toEqual([{ rows_total: 0 }]);
  });

  it('lets nobody in between: who asks during its transaction is told at once that somebody has the run', async () => {
    const id = await newRun();
    const slow = await mustTake(id);
    await runOut(id);
    await dataSource.transaction(async (manager) => {
      await slow.hold(manager);
      expect(await take(id)).toBeNull();
      await writeContact(manager, '+5511900000003');
    });
    expect(await contactsOf('+5511900000003')).toHaveLength(1);
  });

  it.each(['finished', 'failed', 'cancelled'])('throws when the run is %s meanwhile', async (state) => {
    const id = await newRun();
    const lease = await mustTake(id);
    await dataSource.query('UPDATE imports SET state = $2 WHERE id = $1', [id, state]);
    await expect(dataSource.transaction((manager) => lease.hold(manager))).rejects.toBeInstanceOf(LeaseLost);
  });

  it('throws when the run was removed', async () => {
    const id = await newRun();
    const lease = await mustTake(id);
    await dataSource.query('DELETE FROM imports WHERE id = $1', [id]);
    await expect(dataSource.transaction((manager) => lease.hold(manager))).rejects.toBeInstanceOf(LeaseLost);
  });
});

describe('the heartbeat', () => {
  it('keeps the lease of a worker that lives, longer than the lease is', async () => {
    const id = await newRun();
    await mustTake(id);
    for (const end = Date.now() + LEASE_SECONDS * 1_500; Date.now() < end; await pause(100)) {
      expect((await runOf(id))?.seconds).toBeGreaterThan(0);
      expect(await take(id)).toBeNull();
    }
  });

  it('tells a worker that its run was taken', async () => {
    const id = await newRun();
    const stalled = await mustTake(id);
    await runOut(id);
    await mustTake(id);
    await until(() => stalled.signal.aborted);
    expect(stalled.signal.reason).toBeInstanceOf(LeaseLost);
  });

  it('asks once at a time while a transaction holds the row', async () => {
    const id = await newRun();
    const lease = await mustTake(id);
    const waiting = await dataSource.transaction(async (manager) => {
      await lease.hold(manager);
      await pause(LEASE_SECONDS * 1_000 * 1.2);
      const [row] = await manager.query<{ count: number }[]>(
        `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return row?.count;
    });
    expect(waiting).toBe(1);
    await until(async () => ((await runOf(id))?.seconds ?? 0) > 1);
  });

  it('stops with the lease', async () => {
    const id = await newRun();
    const lease = await mustTake(id);
    await lease.end('over');
    await dataSource.query(`UPDATE imports SET lease_until = '2000-01-01' WHERE id = $1`, [id]);
    await pause((LEASE_SECONDS * 1_000) / 3 + 200);
    expect((await runOf(id))?.seconds).toBeLessThan(0);
  });
});

describe('Lease.end', () => {
  it('over: changes nothing, the run has said its end itself', async () => {
    const id = await newRun();
    const lease = await mustTake(id);
    const before = await runOf(id);
    await lease.end('over');
    expect(await runOf(id)).toMatchObject({ state: 'running', fence: before?.fence });
    expect(await take(id)).toBeNull();
  });

  it('hand_over: another worker may take it at once', async () => {
    const id = await newRun();
    await (await mustTake(id)).end('hand_over');
    expect((await take(id))?.fence).toBe(2);
  });

  it.each([
    [1, 2],
    [2, 4],
    [5, 32],
    [8, 256],
    [9, 300],
    [40, 300],
  ])('later: after attempt %i it rests for %i seconds', async (attempt, seconds) => {
    const id = await newRun({ attempts: attempt - 1 });
    await (await mustTake(id)).end('later');
    const left = (await runOf(id))?.seconds ?? 0;
    expect(left).toBeGreaterThan(seconds - 1);
    expect(left).toBeLessThanOrEqual(seconds);
    expect(await take(id)).toBeNull();
  });

  it.each(['hand_over', 'later'] as const)('%s: leaves the run of another alone', async (how) => {
    const id = await newRun();
    const stalled = await mustTake(id);
    await runOut(id);
    await mustTake(id);
    await dataSource.query(`UPDATE imports SET lease_until = '2999-01-01' WHERE id = $1`, [id]);
    await stalled.end(how);
    expect((await runOf(id))?.seconds).toBeGreaterThan(1_000_000);
  });
});

describe('Lease.abort', () => {
  it('tells the worker why', async () => {
    const lease = await mustTake(await newRun());
    const reason = new LeaseLost();
    lease.abort(reason);
    expect(lease.signal.reason).toBe(reason);
  });
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await condition()); await pause(20)) {
    if (Date.now() > end) throw new Error('It did not happen within 10 seconds.');
  }
}
