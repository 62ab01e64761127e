import type { DataSource, EntityManager } from 'typeorm';
import { LANES } from '../contacts';
import type { Channel } from '../platform/database/notifications';
import { type Lease, LeaseLost } from '../platform/queue/leases';
import type { ImportEntity } from './import.entity';
import type { Counts } from './progress';

/** A file of fewer batches is written in one lane, so that its contacts keep its order. */
const BATCHES_FOR_LANES = 6;

/** How far one lane of a run is. */
export interface LaneState {
  lane: number;
  /** The checkpoint: the lane has done every data row of its own up to this one, counted in the file from 1. */
  position: number;
  /** The lane's own part of the sum. */
  counts: Counts;
}

interface LaneRow {
  lane: number;
  position: number;
  rows_done: number;
  rows_created: number;
  rows_updated: number;
  rows_unchanged: number;
  rows_skipped: number;
  rows_failed: number;
  rejected_by_code: Record<string, number>;
}

const LANE = `lane, position, rows_done, rows_created, rows_updated, rows_unchanged, rows_skipped, rows_failed,
  rejected_by_code`;

/**
 * The lanes of a run as they were left, now this worker's; lanes that begin do so where the run is. A worker that had
 * them before finishes or loses the batch that it has begun, and can begin no other.
 */
export function openLanes(
  lease: Lease,
  { rowsTotal }: ImportEntity,
  batchRows: number,
): Promise<LaneState[]> {
  return lease.transaction(async (manager) => {
    await lease.hold(manager);
    const [{ count = 0 } = {}] = await manager.query<{ count: number }[]>(
      'SELECT count(*) FROM import_lanes WHERE import_id = $1',
      [lease.runId],
    );
    if (count === 0) await addLanes(manager, lease, rowsTotal < BATCHES_FOR_LANES * batchRows ? 1 : LANES);
    const [rows] = await manager.query<[LaneRow[], number]>(
      `UPDATE import_lanes SET fence = $2 WHERE import_id = $1 RETURNING ${LANE}`,
      [lease.runId, lease.fence],
    );
    return rows.map(stateOf).sort((a, b) => a.lane - b.lane);
  });
}

/** A run of an earlier version has done rows without lanes: the first one takes over its sum. */
async function addLanes(manager: EntityManager, { runId, fence }: Lease, count: number): Promise<void> {
  await manager.query(
    `INSERT INTO import_lanes (import_id, fence, ${LANE})
     SELECT id, $2, 0, rows_done, rows_done, rows_created, rows_updated, rows_unchanged, rows_skipped, rows_failed,
       rejected_by_code FROM imports WHERE id = $1`,
    [runId, fence],
  );
  await manager.query(
    `INSERT INTO import_lanes (import_id, fence, lane, position)
     SELECT id, $2, lane, rows_done FROM imports, generate_series(1, $3 - 1) AS lane WHERE id = $1`,
    [runId, fence, count],
  );
}

/**
 * Locks the lane until the transaction ends and answers it as it is committed, and whether somebody asked to cancel.
 * Throws `LeaseLost` when the run is somebody else's or has ended: who takes it waits here for this transaction.
 */
export async function holdLane(
  manager: EntityManager,
  lease: Lease,
  lane: number,
): Promise<{ state: LaneState; isCancelled: boolean }> {
  const [row] = await manager.query<(LaneRow & { cancel_requested: boolean })[]>(
    `SELECT lane.*, cancel_requested FROM import_lanes AS lane
     JOIN imports ON imports.id = import_id AND imports.fence = lane.fence AND state = 'running'
     WHERE import_id = $1 AND lane = $2 AND lane.fence = $3 FOR UPDATE OF lane`,
    [lease.runId, lane, lease.fence],
  );
  if (row === undefined) throw new LeaseLost();
  return { state: stateOf(row), isCancelled: row.cancel_requested };
}

/** Writes the lane's checkpoint. Absolute values, not sums: the lane is locked and only this worker counts in it. */
export async function saveLane(
  manager: EntityManager,
  lease: Lease,
  { lane, position, counts }: LaneState,
): Promise<void> {
  await manager.query(
    `UPDATE import_lanes SET position = $3, rows_done = $4, rows_created = $5, rows_updated = $6, rows_unchanged = $7,
       rows_skipped = $8, rows_failed = $9, rejected_by_code = $10 WHERE import_id = $1 AND lane = $2`,
    [
      lease.runId,
      lane,
      position,
      counts.done,
      counts.created,
      counts.updated,
      counts.unchanged,
      counts.skipped,
      counts.failed,
      JSON.stringify(counts.rejectedByCode),
    ],
  );
}

/**
 * Writes the sum of the lanes ($1: the import) into the import, where everybody looks. It shows what is committed, and the
 * fence ($2) keeps a worker that has lost the run from showing anything. $3: rows a second, or null.
 */
const SUM_LANES = `UPDATE imports SET attempts = CASE WHEN lanes.rows_done > imports.rows_done THEN 0 ELSE attempts END,
       rows_done = lanes.rows_done, rows_created = lanes.rows_created, rows_updated = lanes.rows_updated,
       rows_unchanged = lanes.rows_unchanged, rows_skipped = lanes.rows_skipped, rows_failed = lanes.rows_failed,
       rejected_by_code = lanes.rejected_by_code, rows_per_second = coalesce($3, rows_per_second)
     FROM (
       SELECT sum(rows_done) AS rows_done, sum(rows_created) AS rows_created, sum(rows_updated) AS rows_updated,
         sum(rows_unchanged) AS rows_unchanged, sum(rows_skipped) AS rows_skipped, sum(rows_failed) AS rows_failed,
         (SELECT coalesce(jsonb_object_agg(code, rows), '{}') FROM (
           SELECT key AS code, sum(value::int) AS rows FROM import_lanes, jsonb_each_text(rejected_by_code)
           WHERE import_id = $1 GROUP BY key) AS by_code) AS rejected_by_code
       FROM import_lanes WHERE import_id = $1 HAVING count(*) > 0
     ) AS lanes
     WHERE id = $1 AND fence = $2 AND state = 'running'`;

/** Shows the sum and tells those who follow the run: one statement, so that no stalled worker holds the import's row. */
export async function showLanes(
  dataSource: DataSource,
  { runId, fence }: Lease,
  rowsPerSecond: number | null,
): Promise<void> {
  const channel: Channel = 'ponte_runs';
  await dataSource.query(
    `WITH shown AS (${SUM_LANES} RETURNING id) SELECT pg_notify('${channel}', 'import ' || id) FROM shown`,
    [runId, fence, rowsPerSecond],
  );
}

/** Takes the lanes of a run that ends into its sum, when each has let go: what an earlier holder commits counts, too. */
export async function closeLanes(manager: EntityManager, lease: Lease): Promise<void> {
  await manager.query('SELECT FROM import_lanes WHERE import_id = $1 ORDER BY lane FOR UPDATE', [
    lease.runId,
  ]);
  await manager.query(SUM_LANES, [lease.runId, lease.fence, null]);
  await manager.query('DELETE FROM import_lanes WHERE import_id = $1', [lease.runId]);
}

function stateOf(row: LaneRow): LaneState {
  return {
    lane: row.lane,
    position: row.position,
    counts: {
      done: row.rows_done,
      created: row.rows_created,
      updated: row.rows_updated,
      unchanged: row.rows_unchanged,
      skipped: row.rows_skipped,
      failed: row.rows_failed,
      rejectedByCode: row.rejected_by_code,
    },
  };
}
