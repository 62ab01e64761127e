import type { ImportView } from '@ponte/contracts';
import { In, type EntityManager } from 'typeorm';
import { peopleById } from '../accounts';
import { IMPORT_MAIL_KINDS, mailStates } from '../platform/mail';
import { ImportEntity } from './import.entity';
import { queuePositions } from '../platform/queue/fair-share';

/** The imports as the API shows them, in the order in which they are given. */
export async function importViews(
  manager: EntityManager,
  runs: readonly ImportEntity[],
): Promise<ImportView[]> {
  const ids = runs.map(({ id }) => id);
  const [people, positions, mails] = [
    await peopleById(
      manager,
      runs.map(({ createdBy }) => createdBy),
    ),
    await queuePositions(manager, 'imports', runs),
    await mailStates(manager, IMPORT_MAIL_KINDS, ids),
  ];
  return runs.map((run) => ({
    id: run.id,
    state: run.state,
    file_name: run.fileName,
    file_bytes: run.fileBytes,
    created_at: run.createdAt.toISOString(),
    started_at: run.startedAt?.toISOString() ?? null,
    finished_at: run.finishedAt?.toISOString() ?? null,
    created_by: people.get(run.createdBy) ?? null,
    options: run.options,
    ignored_columns: run.ignoredColumns,
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
    rows_per_second: run.rowsPerSecond === null ? null : Math.round(run.rowsPerSecond),
    seconds_left: secondsLeft(run),
    queue_position: positions.get(run.id) ?? null,
    cancel_requested: run.cancelRequested,
    error: run.error,
    mail: mails.get(run.id) ?? null,
  }));
}

/** One import of an account as the API shows it, or null. */
export async function findImportView(
  manager: EntityManager,
  accountId: number,
  id: number,
): Promise<ImportView | null> {
  const run = await manager.findBy(ImportEntity, { accountId, id: In([id]) });
  const [view] = await importViews(manager, run);
  return view ?? null;
}

function secondsLeft({ state, rowsTotal, rowsDone, rowsPerSecond }: ImportEntity): number | null {
  if (state !== 'running' || rowsPerSecond === null || rowsPerSecond <= 0) return null;
  return Math.ceil((rowsTotal - rowsDone) / rowsPerSecond);
}
