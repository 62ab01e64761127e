import type { RunError } from '@ponte/contracts';
import type { EntityManager } from 'typeorm';
import { recipientOf } from '../accounts';
import { recordAudit } from '../audit';
import { Notifications } from '../platform/database/notifications';
import { enqueueMail, type Message } from '../platform/mail';
import { logRun } from '../platform/metrics/run-log';
import type { Lease } from '../platform/queue/leases';
import { ImportEntity } from './import.entity';
import { closeLanes } from './import-lanes';

export type ImportEnd = { state: 'finished' | 'cancelled' } | { state: 'failed'; error: RunError };

/** Ends a run that this worker holds: state, sum, audit and the one e-mail in one transaction. */
export async function endImport(lease: Lease, end: ImportEnd): Promise<void> {
  await lease.transaction(async (manager) => {
    await lease.hold(manager);
    await closeLanes(manager, lease);
    await writeImportEnd(manager, lease.runId, end);
  });
  logRun('import', end.state, {
    run_id: lease.runId,
    fence: lease.fence,
    ...(end.state === 'failed' ? { code: end.error.code } : {}),
  });
}

/**
 * Closes the sum and writes down what follows from it. Rows that the run did not reach count as skipped, so that
 * `total = created + updated + unchanged + skipped + failed` holds for every end.
 */
export async function writeImportEnd(
  manager: EntityManager,
  importId: number,
  end: ImportEnd,
): Promise<void> {
  await manager.query(
    `UPDATE imports SET state = $2, error = $3, finished_at = now(), lease_until = NULL,
       rows_skipped = rows_skipped + (rows_total - rows_done),
       rows_per_second = rows_done / greatest(extract(epoch FROM clock_timestamp() - started_at), 0.001)
     WHERE id = $1`,
    [importId, end.state, end.state === 'failed' ? JSON.stringify(end.error) : null],
  );
  const run = await manager.findOneByOrFail(ImportEntity, { id: importId });
  await recordAudit(manager, {
    action: 'import_ended',
    accountId: run.accountId,
    userId: run.createdBy,
    subjectId: importId,
    count: run.rowsDone,
    details: { state: run.state, created: run.rowsCreated, updated: run.rowsUpdated, failed: run.rowsFailed },
  });
  const to = await recipientOf(manager, run.createdBy, run.accountId);
  if (to !== null) await enqueueMail(manager, { ...message(run, end), subjectId: importId, to });
  await Notifications.send(manager, 'ponte_runs', `import ${importId}`);
}

function message(run: ImportEntity, end: ImportEnd): Message {
  const data = {
    import_id: run.id,
    account_id: run.accountId,
    path: `/accounts/${run.accountId}/imports/${run.id}`,
    created_at: run.createdAt.toISOString(),
    rows: {
      total: run.rowsTotal,
      done: run.rowsDone,
      created: run.rowsCreated,
      updated: run.rowsUpdated,
      unchanged: run.rowsUnchanged,
      skipped: run.rowsSkipped,
      failed: run.rowsFailed,
    },
    rejected_by_code: run.rejectedByCode,
  };
  if (end.state === 'failed') return { kind: 'import_failed', data: { ...data, error: end.error } };
  return { kind: end.state === 'finished' ? 'import_finished' : 'import_cancelled', data };
}
