import type { INestApplicationContext } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../../test/setup/app-context';
import { newImport, newPerson } from '../../../test/setup/rows';
import { isPassing } from '../database/retry';
import { Leases, type Lease } from './leases';

type Client = PoolClient & { connection: { stream: { pause(): void; resume(): void } } };

/** How a worker stands still in a transaction; each answers what lets it go on. */
const STALLED: [string, string, (client: Client) => () => Promise<unknown>][] = [
  ['between two statements', 'idle in transaction ClientRead', (client) => () => client.query('SELECT 1')],
  [
    'inside a COPY',
    'active ClientRead',
    (client) => {
      const stream = client.query(copyFrom('COPY contacts (account_id, name, phone_number) FROM STDIN'));
      const ended = new Promise((resolve, reject) => stream.on('finish', resolve).on('error', reject));
      ended.catch(() => undefined);
      stream.write('1\tHalf a');
      return () => ended;
    },
  ],
  [
    'behind rows that it does not read',
    'active ClientWrite',
    (client) => {
      const rows = client.query(`SELECT repeat('x', 1000) FROM generate_series(1, 100000)`);
      rows.catch(() => undefined);
      client.connection.stream.pause();
      return () => {
        client.connection.stream.resume();
        return rows;
      };
    },
  ],
];

describe.each(['embedded', 'debian'] as const)(
  'a worker that takes over a run, in the %s PostgreSQL',
  (kind) => {
    let app: INestApplicationContext;
    let dataSource: DataSource;
    let leases: Leases;

    beforeAll(async () => {
      // No limit of a transaction ends anything here.
      const config = await migratedConfig(kind, { PONTE_LEASE_SECONDS: '600' });
      ({ app, dataSource } = await openContext(config, { providers: [Leases] }));
      leases = app.get(Leases);
    });
    afterAll(() => app.close());

    async function newHeldRun(): Promise<Lease> {
      return mustTake(await newImport(dataSource, await newPerson(dataSource)));
    }

    async function mustTake(id: number): Promise<Lease> {
      const lease = await leases.take('imports', id);
      if (lease === null) throw new Error('The run was not given.');
      return lease;
    }

    /** The worker's transaction: takes a lock, stands still, goes on when it is told to, and answers how that went. */
    async function stall(lease: Lease, stop: (client: Client) => () => Promise<unknown>) {
      let goOn: () => Promise<unknown> = () => Promise.resolve();
      let wake = (): void => undefined;
      const woken = new Promise<void>((resolve) => (wake = resolve));
      const stalled = new Promise<Promise<unknown>>((resolve) => {
        const end = lease.transaction(async (manager) => {
          await manager.query('SELECT pg_advisory_xact_lock($1)', [lease.runId]);
          goOn = stop((await manager.queryRunner?.connect()) as Client);
          resolve(settled());
          await woken;
          await goOn();
        });
        const settled = () =>
          end.then(
            () => null,
            (error: unknown) => error,
          );
      });
      return { wake, ending: () => stalled };
    }

    const statesOf = async ({ runId }: Lease) =>
      (
        await dataSource.query<{ state: string }[]>(
          `SELECT state || ' ' || wait_event AS state FROM pg_stat_activity
         WHERE datname = current_database() AND application_name LIKE $1`,
          [`ponte imports ${runId} fence %`],
        )
      ).map(({ state }) => state);

    it.each(STALLED)('ends the one that stands still %s, and nobody else', async (_, state, stop) => {
      const [earlier, bystander] = [await newHeldRun(), await newHeldRun()];
      const stalled = await stall(earlier, stop);
      const working = await stall(bystander, (client) => () => client.query('SELECT 1'));
      await until(async () => (await statesOf(earlier)).includes(state));

      await dataSource.query(`UPDATE imports SET lease_until = now() - interval '1 second' WHERE id = $1`, [
        earlier.runId,
      ]);
      const lease = await mustTake(earlier.runId);
      expect(lease.fence).toBe(2);
      expect(await statesOf(earlier)).toEqual([]);
      const [{ is_free: isFree } = { is_free: false }] = await lease.transaction((manager) =>
        manager.query<{ is_free: boolean }[]>('SELECT pg_try_advisory_xact_lock($1) AS is_free', [
          lease.runId,
        ]),
      );
      expect(isFree).toBe(true);

      working.wake();
      expect(await working.ending()).toBeNull();
      stalled.wake();
      expect(await stalled.ending()).toSatisfy(isPassing);
      await Promise.all([earlier, bystander, lease].map((each) => each.end('over')));
    });

    it('is not needed to end a transaction that stands still: its limits are shorter than the lease', async () => {
      const lease = await newHeldRun();
      const [limits] = await lease.transaction((manager) =>
        manager.query<Record<string, number>[]>(
          `SELECT setting::int AS idle, (SELECT setting::int FROM pg_settings WHERE name = 'lock_timeout') AS lock,
           (SELECT setting::int FROM pg_settings WHERE name = 'statement_timeout') AS statement
         FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'`,
        ),
      );
      expect(limits).toEqual({ idle: 540_000, lock: 200_000, statement: 540_000 });
      const after = await dataSource.query<object[]>(
        `SELECT setting FROM pg_settings WHERE name IN ('lock_timeout', 'statement_timeout', 'application_name') ORDER BY name`,
      );
      expect(after).toEqual([{ setting: 'ponte' }, { setting: '0' }, { setting: '0' }]);
      await lease.end('over');
    });
  },
);

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await condition()); await pause(20)) {
    if (Date.now() > end) throw new Error('It did not happen within 20 seconds.');
  }
}
