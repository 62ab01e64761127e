import type { INestApplicationContext } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../test/setup/app-context';
import { newImport, newPerson } from '../../test/setup/rows';
import { Notifications } from '../platform/database/notifications';
import { Leases, type Lease } from '../platform/queue/leases';
import { ImportEntity } from './import.entity';
import { closeLanes, openLanes, saveLane, type LaneState } from './import-lanes';
import { countsOf, NO_COUNTS } from './progress';
import { PublishedProgress } from './published-progress';

let app: INestApplicationContext;
let dataSource: DataSource;
let lease: Lease;
let lanes: LaneState[];

beforeAll(async () => {
  const imports = [TypeOrmModule.forFeature([ImportEntity])];
  ({ app, dataSource } = await openContext(await migratedConfig(), { imports, providers: [Leases] }));
});
afterAll(() => app.close());
beforeEach(async () => {
  const id = await newImport(dataSource, await newPerson(dataSource), { rows_total: 100 });
  const taken = await app.get(Leases).take('imports', id);
  if (taken === null) throw new Error('The run was not given.');
  lease = taken;
  lanes = await openLanes(lease, await runOf(), 10);
});
afterEach(() => lease.end('over'));

const runOf = () => dataSource.manager.findOneByOrFail(ImportEntity, { id: lease.runId });
const attempts = async () =>
  (
    await dataSource.query<{ attempts: number }[]>('SELECT attempts FROM imports WHERE id = $1', [
      lease.runId,
    ])
  )[0]?.attempts;

/** Commits a checkpoint of the lane and tells of it. */
async function save(
  progress: PublishedProgress,
  lane: number,
  counts: Partial<LaneState['counts']>,
): Promise<void> {
  const state = { lane, position: 50, counts: { ...NO_COUNTS, ...counts } };
  await saveLane(dataSource.manager, lease, state);
  progress.tell(state);
}

describe('PublishedProgress', () => {
  it('shows the sum of the lanes', async () => {
    expect(lanes.map(({ lane }) => lane)).toEqual([0, 1]);
    const progress = new PublishedProgress(dataSource, lease, lanes);
    await save(progress, 0, {
      done: 20,
      created: 18,
      failed: 2,
      rejectedByCode: { phone_missing: 2, name_missing: 1 },
    });
    await save(progress, 1, {
      done: 10,
      created: 5,
      updated: 1,
      unchanged: 2,
      skipped: 1,
      failed: 1,
      rejectedByCode: { phone_missing: 1 },
    });
    await progress.settle();
    const run = await runOf();
    expect(countsOf(run)).toEqual({
      done: 30,
      created: 23,
      updated: 1,
      unchanged: 2,
      skipped: 1,
      failed: 3,
      rejectedByCode: { phone_missing: 3, name_missing: 1 },
    });
    expect(run.rowsPerSecond).toBeGreaterThan(0);
  });

  it('tells those who follow the run', async () => {
    const heard = new Promise<string>((resolve) => {
      const stop = app.get(Notifications).listen('ponte_runs', (payload) => {
        if (payload !== `import ${lease.runId}`) return;
        stop();
        resolve(payload);
      });
    });
    await save(new PublishedProgress(dataSource, lease, lanes), 0, { done: 1, created: 1 });
    expect(await heard).toBe(`import ${lease.runId}`);
  });

  it('forgets how often the run was tried when it gets ahead, and only then', async () => {
    await dataSource.query('UPDATE imports SET attempts = 7 WHERE id = $1', [lease.runId]);
    const progress = new PublishedProgress(dataSource, lease, lanes);
    await save(progress, 0, {});
    await progress.settle();
    expect(await attempts()).toBe(7);
    await save(progress, 1, { done: 1, created: 1 });
    await progress.settle();
    expect(await attempts()).toBe(0);
  });

  it('shows nothing of a run that another worker has', async () => {
    await dataSource.query('UPDATE imports SET fence = fence + 1 WHERE id = $1', [lease.runId]);
    const progress = new PublishedProgress(dataSource, lease, lanes);
    await save(progress, 0, { done: 1, created: 1 });
    await progress.settle();
    expect((await runOf()).rowsDone).toBe(0);
  });
});

describe('the lanes of a run', () => {
  it('take over what an earlier version has done without them', async () => {
    await dataSource.query('DELETE FROM import_lanes WHERE import_id = $1', [lease.runId]);
    await dataSource.query(
      `UPDATE imports SET rows_done = 30, rows_created = 28, rows_failed = 2, rejected_by_code = '{"phone_missing": 2}'
       WHERE id = $1`,
      [lease.runId],
    );
    const opened = await openLanes(lease, await runOf(), 10);
    const counts = { ...NO_COUNTS, done: 30, created: 28, failed: 2, rejectedByCode: { phone_missing: 2 } };
    expect(opened).toEqual([
      { lane: 0, position: 30, counts },
      { lane: 1, position: 30, counts: NO_COUNTS },
    ]);
  });

  it('stay as many as they were, whatever the size of a batch is by now', async () => {
    expect(await openLanes(lease, await runOf(), 1_000)).toEqual(lanes);
  });

  it('go with the end of the run, and their sum stays', async () => {
    const [lane] = lanes;
    if (lane === undefined) throw new Error('The run has no lane.');
    await saveLane(dataSource.manager, lease, { ...lane, counts: { ...NO_COUNTS, done: 4, unchanged: 4 } });
    await closeLanes(dataSource.manager, lease);
    expect(countsOf(await runOf())).toEqual({ ...NO_COUNTS, done: 4, unchanged: 4 });
    expect(await dataSource.query('SELECT FROM import_lanes WHERE import_id = $1', [lease.runId])).toEqual(
      [],
    );
  });
});
