import type { Role } from '@ponte/contracts';
import { defineAbility } from '@ponte/permissions';
import type { DataSource, EntityManager } from 'typeorm';
import { starterOf } from '../accounts';
import { UpsertConflict, upsertContacts } from '../contacts';
import { Notifications } from '../platform/database/notifications';
import { isPassing, isRefusal, withRetries } from '../platform/database/retry';
import type { Lease } from '../platform/queue/leases';
import { ImportEntity } from './import.entity';
import { rejected, type JudgedRow, type RejectedRow } from './judge-rows';
import { inOwnColumns } from './own-columns';
import { addBatch, countsOf, type Counts, type Pace } from './progress';

/** The person who started the import may not import into this account any more. */
export class PermissionLost extends Error {
  override name = 'PermissionLost';
}

export interface BatchContext {
  dataSource: DataSource;
  run: ImportEntity;
  lease: Lease;
  pace: Pace;
}

/**
 * Writes judged rows: contacts, rejected rows, counters and checkpoint in one transaction, held by the lease. A batch
 * that PostgreSQL refuses is halved until the row that it cannot hold is alone, and that row is rejected. Answers the
 * counters as they are committed and whether somebody asked to cancel.
 */
export async function writeBatch(
  context: BatchContext,
  counts: Counts,
  rows: readonly JudgedRow[],
): Promise<{ counts: Counts; isCancelled: boolean }> {
  try {
    return await withRetries(
      () => writeOnce(context, counts, rows, null),
      (error) => isPassing(error) || error instanceof UpsertConflict,
      context.lease.signal,
    );
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const [only] = rows;
    if (rows.length === 1 && only !== undefined) {
      return withRetries(
        () => writeOnce(context, counts, [], rejected(only)),
        isPassing,
        context.lease.signal,
      );
    }
    const middle = Math.ceil(rows.length / 2);
    const first = await writeBatch(context, counts, rows.slice(0, middle));
    return first.isCancelled ? first : writeBatch(context, first.counts, rows.slice(middle));
  }
}

function writeOnce(
  { dataSource, run, lease, pace }: BatchContext,
  counts: Counts,
  rows: readonly JudgedRow[],
  poison: RejectedRow | null,
): Promise<{ counts: Counts; isCancelled: boolean }> {
  return dataSource.transaction(async (manager) => {
    await lease.hold(manager);
    const stored = await manager.findOneByOrFail(ImportEntity, { id: run.id });
    // Expected when the connection broke during a commit that succeeded: this is the second try of a batch that is written.
    if (stored.rowsDone > counts.done)
      return { counts: countsOf(stored), isCancelled: stored.cancelRequested };
    await assertMayImport(manager, run);
    const contacts = rows.flatMap(({ contact }) => (contact === null ? [] : [contact]));
    const options = { accountId: run.accountId, importId: run.id, existing: run.options.existing };
    const outcomes = await upsertContacts(manager, options, contacts);
    const rejectedRows = rows.filter(({ contact }) => contact === null).map(rejected);
    if (poison !== null) rejectedRows.push(poison);
    const shown = rejectedRows.map((row) => inOwnColumns(row, run.columns));
    await insertRejectedRows(manager, run.id, shown);
    const next = addBatch(counts, outcomes, rejectedRows);
    const isCancelled = await checkpoint(manager, run.id, next, pace.mark(next.done));
    await Notifications.send(manager, 'ponte_runs', `import ${run.id}`);
    return { counts: next, isCancelled };
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

/** Absolute values, not sums: the row is locked by the lease and only this worker counts. */
async function checkpoint(
  manager: EntityManager,
  importId: number,
  counts: Counts,
  rowsPerSecond: number | null,
): Promise<boolean> {
  const [rows] = await manager.query<[{ cancel_requested: boolean }[], number]>(
    `UPDATE imports SET attempts = 0, rows_done = $2, rows_created = $3, rows_updated = $4, rows_unchanged = $5,
       rows_skipped = $6, rows_failed = $7, rejected_by_code = $8, rows_per_second = $9
     WHERE id = $1 RETURNING cancel_requested`,
    [
      importId,
      counts.done,
      counts.created,
      counts.updated,
      counts.unchanged,
      counts.skipped,
      counts.failed,
      JSON.stringify(counts.rejectedByCode),
      rowsPerSecond,
    ],
  );
  return rows[0]?.cancel_requested ?? false;
}
