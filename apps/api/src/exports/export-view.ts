import type { ExportView } from '@ponte/contracts';
import type { EntityManager } from 'typeorm';
import { peopleById } from '../accounts';
import { EXPORT_MAIL_KINDS, mailStates } from '../platform/mail';
import { queuePositions } from '../platform/queue/fair-share';
import type { ExportEntity } from './export.entity';

/** The exports as the API shows them, in the order in which they are given. */
export async function exportViews(
  manager: EntityManager,
  runs: readonly ExportEntity[],
): Promise<ExportView[]> {
  const creators = runs.map(({ createdBy }) => createdBy);
  const people = await peopleById(manager, creators);
  const positions = await queuePositions(manager, 'exports', runs);
  const mails = await mailStates(
    manager,
    EXPORT_MAIL_KINDS,
    runs.map(({ id }) => id),
  );
  const expired = await expiredExports(
    manager,
    runs.map(({ id }) => id),
  );
  return runs.map((run) => ({
    id: run.id,
    state: run.state,
    format: run.format,
    file_name: run.fileName,
    file_bytes: run.fileBytes,
    created_at: run.createdAt.toISOString(),
    started_at: run.startedAt?.toISOString() ?? null,
    finished_at: run.finishedAt?.toISOString() ?? null,
    expires_at: run.expiresAt?.toISOString() ?? null,
    is_expired: expired.has(run.id),
    created_by: people.get(run.createdBy) ?? null,
    column_names: run.columnNames,
    ignored_columns: run.ignoredColumns,
    q: run.q,
    payload: run.payload,
    import_id: run.importId,
    rows: { total: run.rowsTotal, done: run.rowsDone },
    queue_position: positions.get(run.id) ?? null,
    error: run.error,
    mail: mails.get(run.id) ?? null,
  }));
}

/** Those whose file's time is over, removed yet or not, by the clock that set it: the database's. */
export async function expiredExports(manager: EntityManager, ids: readonly number[]): Promise<Set<number>> {
  const rows = await manager.query<{ id: number }[]>(
    'SELECT id FROM exports WHERE id = ANY ($1) AND expires_at <= now()',
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}
