import type { Role } from '@ponte/contracts';
import { defineAbility } from '@ponte/permissions';
import type { EntityManager } from 'typeorm';
import { starterOf } from '../accounts';
import { UpsertConflict, upsertContacts } from '../contacts';
import type { ErasedPeople } from '../erasures';
import { isPassing, isRefusal, withRetries } from '../platform/database/retry';
import type { Lease } from '../platform/queue/leases';
import type { ImportEntity } from './import.entity';
import { holdLane, saveLane, type LaneState } from './import-lanes';
import type { JudgedRow, RejectedRow } from './judge-rows';
import { LaneBatch } from './lane-batch';
import { inOwnColumns } from './own-columns';
import { addBatch } from './progress';

/** The person who started the import may not import into this account any more. */
export class PermissionLost extends Error {
  override name = 'PermissionLost';
}

export interface BatchContext {
  run: ImportEntity;
  lease: Lease;
  /** How many lanes the run has: the only one takes numbers of every lane. */
  lanes: number;
  /** Whose rows are left out. */
  erased: ErasedPeople;
  /** Reads the rows of a lane that come after a row of the file, up to another, once more. */
  readAgain(lane: number, after: number, last: number): Promise<readonly JudgedRow[]>;
}

interface Written {
  state: LaneState;
  isCancelled: boolean;
}

/**
 * Writes rows of one lane: contacts, rejected rows, counters and checkpoint in one transaction, held by the lease. When
 * the contacts are not as new as they seemed, or PostgreSQL refuses one of them, their rows are read again and written
 * with more care. Answers the lane as it is committed and whether somebody asked to cancel.
 */
export async function writeBatch(
  context: BatchContext,
  state: LaneState,
  batch: LaneBatch,
): Promise<Written> {
  try {
    return await withRetries(() => writeOnce(context, state, batch), isPassing, context.lease.signal);
  } catch (error) {
    if (!(error instanceof UpsertConflict) && !isRefusal(error)) throw error;
    const rows = await context.readAgain(state.lane, state.position, batch.position);
    return writeRows(context, state, rows);
  }
}

/**
 * Writes rows whose numbers are all asked for. Rows that PostgreSQL refuses are halved until the row that it cannot hold
 * is alone, and that row is rejected.
 */
async function writeRows(
  context: BatchContext,
  state: LaneState,
  rows: readonly JudgedRow[],
): Promise<Written> {
  const batch = new LaneBatch(context.run);
  for (const row of rows) batch.add(row, true);
  try {
    return await writeAgain(context, state, batch);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const [only] = rows;
    if (rows.length === 1 && only !== undefined) {
      batch.clear();
      batch.reject(only);
      return writeAgain(context, state, batch);
    }
    const middle = Math.ceil(rows.length / 2);
    const first = await writeRows(context, state, rows.slice(0, middle));
    return first.isCancelled ? first : writeRows(context, first.state, rows.slice(middle));
  }
}

function writeAgain(context: BatchContext, state: LaneState, batch: LaneBatch): Promise<Written> {
  return withRetries(
    () => writeOnce(context, state, batch),
    (error) => isPassing(error) || error instanceof UpsertConflict,
    context.lease.signal,
  );
}

function writeOnce(
  { run, lease, lanes, erased }: BatchContext,
  state: LaneState,
  batch: LaneBatch,
): Promise<Written> {
  return lease.transaction(async (manager) => {
    const held = await holdLane(manager, lease, state.lane);
    // Expected when the connection broke during a commit that succeeded: this is the second try of a batch that is written.
    if (held.state.position > state.position) return held;
    await assertMayImport(manager, run);
    await erased.hold(manager);
    const options = {
      accountId: run.accountId,
      importId: run.id,
      existing: run.options.existing,
      lane: lanes === 1 ? null : state.lane,
    };
    const outcomes = await upsertContacts(manager, options, batch.asked, batch.fresh);
    const shown = batch.rejected.map((row) => inOwnColumns(row, run.columns));
    await insertRejectedRows(manager, run.id, shown);
    const counts = addBatch(state.counts, outcomes, batch.rejected);
    counts.created += batch.fresh.count;
    counts.done += batch.fresh.count;
    const next = { ...state, position: Math.max(state.position, batch.position), counts };
    await saveLane(manager, lease, next);
    return { state: next, isCancelled: held.isCancelled };
  });
}

async function assertMayImport(
  manager: EntityManager,
  { createdBy, accountId }: ImportEntity,
): Promise<void> {
  const role: Role | null = (await starterOf(manager, createdBy, accountId))?.role ?? null;
  if (!defineAbility(role).can('create', 'Import')) throw new PermissionLost();
}

async function insertRejectedRows(
  manager: EntityManager,
  importId: number,
  rows: readonly RejectedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const json = JSON.stringify(rows, (_, value: unknown) =>
    typeof value === 'string' ? storable(value) : value,
  );
  await manager.query(
    `INSERT INTO import_rejected_rows (import_id, row_number, line, codes, fields, cells)
     SELECT $1, "row", line, codes, fields, cells
     FROM jsonb_to_recordset($2::jsonb) AS rejected ("row" int, line int, codes jsonb, fields jsonb, cells jsonb)`,
    [importId, json],
  );
}

/** PostgreSQL holds no NUL and no half character: pictures stand for them, so that the row can be shown and downloaded. */
function storable(text: string): string {
  return text.replaceAll('\0', '\u2400').replace(/\p{Surrogate}/gu, '\ufffd');
}
