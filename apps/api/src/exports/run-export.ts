import { Inject, Injectable } from '@nestjs/common';
import { RETENTION_HOURS, type RunError } from '@ponte/contracts';
import { defineAbility } from '@ponte/permissions';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { recipientOf, starterOf } from '../accounts';
import { recordAudit } from '../audit';
import { enqueueMail, type Message } from '../platform/mail';
import { CONFIG, type Config } from '../platform/config/config';
import { copyOut } from '../platform/database/copy-out';
import { isPassing, withRetries } from '../platform/database/retry';
import { rowsWritten } from '../platform/metrics/instruments';
import { logRun } from '../platform/metrics/run-log';
import { LeasedRuns } from '../platform/queue/leased-runs';
import { type Lease, Leases } from '../platform/queue/leases';
import { FileStorage } from '../platform/storage/file-storage';
import { PendingFiles } from '../platform/storage/pending-files';
import { textsIn } from '../platform/texts/texts';
import { copyOptions, exportFile } from './export-file';
import { ExportProgress } from './export-progress';
import { ExportEntity } from './export.entity';
import { exportWhere, prepareSelect, readExtent, selectContacts } from './select-contacts';

const MAX_ATTEMPTS = 10;

type ExportEnd =
  | { state: 'finished'; storageKey: string; bytes: number; rows: number }
  | { state: 'failed'; error: RunError };

/** Works on one export from its beginning to its end; one that was cut off is done again under a new file name. */
@Injectable()
export class RunExport {
  readonly runs: LeasedRuns;

  constructor(
    @Inject(CONFIG) { runs: { concurrency } }: Config,
    private readonly dataSource: DataSource,
    private readonly storage: FileStorage,
    private readonly pendingFiles: PendingFiles,
    leases: Leases,
  ) {
    // One that is handed over begins again: what it has sent is not in any file.
    const kind = { table: 'exports', slots: concurrency, isQuick: null, canGoOn: false } as const;
    this.runs = new LeasedRuns(leases, kind, (lease) => this.run(lease));
  }

  private async run(lease: Lease): Promise<void> {
    const run = await this.dataSource.manager.findOneByOrFail(ExportEntity, { id: lease.runId });
    const storageKey = `exports/${randomUUID()}.${run.format}`;
    await this.pendingFiles.announce(storageKey);
    try {
      const end = await this.work(lease, run, storageKey);
      await withRetries(() => this.end(lease, end), isPassing, lease.signal);
    } finally {
      // Nothing to do for the file of an export that is ready.
      await this.pendingFiles.discard(storageKey);
    }
  }

  private async work(lease: Lease, run: ExportEntity, storageKey: string): Promise<ExportEnd> {
    if (lease.attempts > MAX_ATTEMPTS) return { state: 'failed', error: { code: 'run_gave_up' } };
    const starter = await starterOf(this.dataSource.manager, run.createdBy, run.accountId);
    if (starter === null || !defineAbility(starter.role).can('create', 'Export'))
      return { state: 'failed', error: { code: 'run_permission_lost' } };
    const { contacts: title } = textsIn(starter.locale).template;
    const progress = new ExportProgress(this.dataSource, lease);
    try {
      const bytes = await this.write(lease, run, storageKey, { title, progress });
      return { state: 'finished', storageKey, bytes, rows: progress.rows };
    } finally {
      progress.stop();
    }
  }

  private async write(
    lease: Lease,
    run: ExportEntity,
    storageKey: string,
    { title, progress }: { title: string; progress: ExportProgress },
  ): Promise<number> {
    const options = { columns: run.columnNames, title, counted: (rows: number) => (progress.rows += rows) };
    // One snapshot: a contact that changes meanwhile is in the file once, as it was.
    const { bytes } = await lease.snapshot(async (manager) => {
      const extent = await readExtent(manager, run);
      if (extent === null) void progress.count(exportWhere(run));
      else progress.expect(extent.count);
      await prepareSelect(manager, extent);
      const statement = {
        sql: selectContacts(run, extent),
        options: copyOptions(run.format, run.columnNames),
      };
      return copyOut(manager, statement, (pieces) =>
        this.storage.write(storageKey, exportFile(run.format, pieces, options), lease.signal),
      );
    });
    return bytes;
  }

  private async end(lease: Lease, end: ExportEnd): Promise<void> {
    await lease.transaction(async (manager) => {
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
    const { runId, fence } = lease;
    if (end.state === 'finished') {
      rowsWritten.inc({ kind: 'export' }, end.rows);
      logRun('export', 'finished', { run_id: runId, fence, rows: end.rows });
    } else logRun('export', 'failed', { run_id: runId, fence, code: end.error.code });
  }

  private async report(manager: EntityManager, exportId: number): Promise<void> {
    const run = await manager.findOneByOrFail(ExportEntity, { id: exportId });
    const { accountId, createdBy } = run;
    const details = { state: run.state };
    await recordAudit(manager, {
      action: 'export_ended',
      accountId,
      userId: createdBy,
      subjectId: exportId,
      count: run.rowsDone,
      details,
    });
    const to = await recipientOf(manager, createdBy, accountId);
    if (to !== null) await enqueueMail(manager, { ...message(run), subjectId: exportId, to });
  }
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
