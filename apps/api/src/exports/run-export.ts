import { Injectable } from '@nestjs/common';
import { RETENTION_HOURS, type ExportColumn, type Role, type RunError } from '@ponte/contracts';
import { defineAbility } from '@ponte/permissions';
import { csvRows } from '@ponte/tabular';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { starterOf } from '../accounts';
import { recordAudit } from '../audit';
import { contactWhere } from '../contacts';
import { enqueueMail, type Message } from '../platform/mail';
import { isPassing, withRetries } from '../platform/database/retry';
import { LeasedRuns } from '../platform/queue/leased-runs';
import { type Lease, LeaseLost, Leases } from '../platform/queue/leases';
import { FileStorage } from '../platform/storage/file-storage';
import { PendingFiles } from '../platform/storage/pending-files';
import { ExportEntity } from './export.entity';

const PAGE_ROWS = 5_000;
const MAX_ATTEMPTS = 10;

type ExportEnd =
  | { state: 'finished'; storageKey: string; bytes: number; rows: number }
  | { state: 'failed'; error: RunError };

type Cells = (string | null)[];

/** Works on one export from its beginning to its end; one that was cut off is done again under a new file name. */
@Injectable()
export class RunExport {
  private readonly runs: LeasedRuns;

  constructor(
    private readonly dataSource: DataSource,
    private readonly storage: FileStorage,
    private readonly pendingFiles: PendingFiles,
    leases: Leases,
  ) {
    this.runs = new LeasedRuns(leases, 'exports');
  }

  /** Works on the export if it is to be had; see `LeasedRuns`. */
  run(exportId: number): Promise<void> {
    return this.runs.work(exportId, async (lease) => {
      const storageKey = `exports/${randomUUID()}.csv`;
      await this.pendingFiles.announce(storageKey);
      try {
        const end = await this.work(lease, storageKey);
        await withRetries(() => this.end(lease, end), isPassing, lease.signal);
      } finally {
        // Nothing to do for the file of an export that is ready.
        await this.pendingFiles.discard(storageKey);
      }
    });
  }

  /** Gives every run back: another worker begins it again. */
  stop(): void {
    this.runs.stop();
  }

  private async work(lease: Lease, storageKey: string): Promise<ExportEnd> {
    if (lease.attempts > MAX_ATTEMPTS) return { state: 'failed', error: { code: 'run_gave_up' } };
    const run = await this.dataSource.manager.findOneByOrFail(ExportEntity, { id: lease.runId });
    const role: Role | null =
      (await starterOf(this.dataSource.manager, run.createdBy, run.accountId))?.role ?? null;
    if (!defineAbility(role).can('create', 'Export'))
      return { state: 'failed', error: { code: 'run_permission_lost' } };
    let rows = 0;
    const counted = (count: number) => (rows += count);
    // One snapshot for the whole file: a contact that changes meanwhile is in it once, as it was.
    const { bytes } = await this.dataSource.transaction('REPEATABLE READ', (manager) =>
      this.storage.write(
        storageKey,
        csvRows(this.pages(manager, run, lease, counted), { bom: true }),
        lease.signal,
      ),
    );
    return { state: 'finished', storageKey, bytes, rows };
  }

  private async *pages(
    manager: EntityManager,
    run: ExportEntity,
    lease: Lease,
    counted: (count: number) => number,
  ): AsyncGenerator<Cells[]> {
    yield [run.columnNames];
    const { accountId, q, payload: conditions, importId } = run;
    const { sql, params } = contactWhere({ accountId, q, conditions, importId: importId ?? undefined });
    const total = await manager.query<{ count: number }[]>(
      `SELECT count(*) FROM contacts WHERE ${sql}`,
      params,
    );
    const cells = run.columnNames.map(cellSql).join(', ');
    for (let after = 0; ;) {
      const rows = await manager.query<{ id: number; cells: Cells }[]>(
        `SELECT id, array[${cells}] AS cells FROM contacts
         WHERE ${sql} AND id > $${params.length + 1} ORDER BY id LIMIT ${PAGE_ROWS}`,
        [...params, after],
      );
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.id;
      // Outside the snapshot, so that it is seen while the export runs.
      await this.note(lease, counted(rows.length), total[0]?.count ?? null);
      yield rows.map((row) => row.cells);
    }
  }

  private async note(lease: Lease, done: number, total: number | null): Promise<void> {
    const [, affected] = await this.dataSource.query<[unknown, number]>(
      `UPDATE exports SET rows_done = $3, rows_total = $4 WHERE id = $1 AND fence = $2 AND state = 'running'`,
      [lease.runId, lease.fence, done, total],
    );
    if (affected === 0) throw new LeaseLost();
  }

  private async end(lease: Lease, end: ExportEnd): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await lease.hold(manager);
      const [storageKey, bytes, rows] =
        end.state === 'finished' ? [end.storageKey, end.bytes, end.rows] : [null, null, 0];
      await manager.query(
        `UPDATE exports SET state = $2, error = $3, storage_key = $4, file_bytes = $5, rows_done = $6, rows_total = $6,
           finished_at = now(), lease_until = NULL,
           expires_at = CASE WHEN $4::text IS NOT NULL THEN now() + make_interval(hours => $7) END
         WHERE id = $1`,
        [
          lease.runId,
          end.state,
          end.state === 'failed' ? JSON.stringify(end.error) : null,
          storageKey,
          bytes,
          rows,
          RETENTION_HOURS.exportFile,
        ],
      );
      if (storageKey !== null) await this.pendingFiles.keep(manager, storageKey);
      await this.report(manager, lease.runId);
    });
  }

  private async report(manager: EntityManager, exportId: number): Promise<void> {
    const run = await manager.findOneByOrFail(ExportEntity, { id: exportId });
    const { accountId, createdBy } = run;
    const details = { state: run.state, rows: run.rowsDone };
    await recordAudit(manager, {
      action: 'export_ended',
      accountId,
      userId: createdBy,
      subjectId: exportId,
      details,
    });
    const starter = await starterOf(manager, createdBy, accountId);
    if (starter !== null) await enqueueMail(manager, { ...message(run), subjectId: exportId, to: starter });
  }
}

/** A column as text: moments as the API writes them, whatever time zone the database has. */
function cellSql(name: ExportColumn): string {
  const isMoment = name === 'created_at' || name === 'updated_at';
  return isMoment ? `to_char(${name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')` : `${name}::text`;
}

function message(run: ExportEntity): Message {
  const data = {
    export_id: run.id,
    account_id: run.accountId,
    path: `/accounts/${run.accountId}/exports/${run.id}`,
    created_at: run.createdAt.toISOString(),
  };
  if (run.error !== null) return { kind: 'export_failed', data: { ...data, error: run.error } };
  const expiresAt = run.expiresAt?.toISOString() ?? '';
  return { kind: 'export_ready', data: { ...data, rows: run.rowsDone, expires_at: expiresAt } };
}
