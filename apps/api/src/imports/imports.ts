import { Injectable } from '@nestjs/common';
import { ACCOUNT_SHARE, type ImportView, type List, type RunState } from '@ponte/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit';
import { limitTransaction } from '../platform/database/limit-transaction';
import { Notifications } from '../platform/database/notifications';
import { isLocked, withRetries } from '../platform/database/retry';
import type { AccountContext, PonteRequest } from '../platform/http/caller';
import { assertSameRequest, idempotencyKey, type Made } from '../platform/http/idempotency';
import { RequestProblem } from '../platform/http/request-problem';
import { JobQueue } from '../platform/queue/job-queue';
import { assertActiveRuns, lockAccount } from '../platform/shares/active-runs';
import { PendingFiles } from '../platform/storage/pending-files';
import { writeImportEnd } from './end-import';
import { findImportView, importViews } from './import-view';
import { ImportEntity } from './import.entity';
import type { Upload } from './receive-upload';
import { reportRefusal } from './report-refusal';
import { Uploads } from './uploads';

/** A caller gets an answer within this time, whatever holds the import's row. */
const CANCEL_LIMIT_MS = 2_000;
const CANCEL_LIMITS = { idleMs: 5_000, lockMs: 1_000, statementMs: 5_000 };

const isActive = (state: RunState) => state === 'queued' || state === 'running';

/** Uploads and what became of them: everything about imports that is not the run itself. */
@Injectable()
export class Imports {
  constructor(
    private readonly dataSource: DataSource,
    private readonly uploads: Uploads,
    private readonly pendingFiles: PendingFiles,
    private readonly queue: JobQueue,
  ) {}

  /**
   * Takes the file of a request and queues its import. A file that cannot be read as a whole is refused, and the person
   * gets the refusal by e-mail too: programs seldom show what they are answered.
   */
  async receive(
    account: AccountContext,
    request: PonteRequest,
    fields: readonly string[],
    gone: AbortSignal,
  ): Promise<Made<ImportView>> {
    const key = idempotencyKey(request);
    // Asked before the file is read, too; a repetition adds no import.
    if (key === null) await this.assertRoom(this.dataSource.manager, account, 1);
    const upload = await this.receiveFile(account, request, fields, gone);
    const created = await this.create(account, upload, key).finally(() =>
      // Nothing to do for the file of a new import; the file of a repetition or of a failure is not needed.
      this.pendingFiles.discard(upload.storageKey),
    );
    const isReplayed = created.storageKey !== upload.storageKey;
    if (!isReplayed) this.queue.wake('import', created.id);
    return { view: await this.find(account, created.id), isReplayed };
  }

  async list({ accountId }: AccountContext, page: number, perPage: number): Promise<List<ImportView>> {
    const [runs, count] = await this.dataSource.manager.findAndCount(ImportEntity, {
      where: { accountId },
      order: { id: 'DESC' },
      take: perPage,
      skip: (page - 1) * perPage,
    });
    return { meta: { count, current_page: page }, payload: await importViews(this.dataSource.manager, runs) };
  }

  async find({ accountId }: AccountContext, id: number): Promise<ImportView> {
    const view = await findImportView(this.dataSource.manager, accountId, id);
    if (view === null) throw new RequestProblem('not_found');
    return view;
  }

  /**
   * Ends an import that waits; asks the worker of one that runs to stop after its present batch. The import's row may be
   * locked for a moment, or for as long as a stalled worker is given: no connection waits for it.
   */
  async cancel(account: AccountContext, id: number): Promise<ImportView> {
    const limit = AbortSignal.timeout(CANCEL_LIMIT_MS);
    let wasActive = false;
    const ask = async () => {
      const { state, cancel_requested: isAsked } = await this.find(account, id);
      wasActive ||= isActive(state);
      // Asked already, perhaps a moment ago by the one who had the row.
      if (state !== 'running' || !isAsked) await this.cancelOnce(account, id, wasActive);
    };
    try {
      await withRetries(ask, isLocked, limit);
    } catch (error) {
      if (error instanceof RequestProblem || !(limit.aborted || isLocked(error))) throw error;
      throw new RequestProblem('unavailable', { retryAfterSeconds: 5 });
    }
    return this.find(account, id);
  }

  /** `wasActive`: the import had not ended when the caller asked. If another request has cancelled it since, nothing is left to do. */
  private async cancelOnce(
    { accountId, caller }: AccountContext,
    id: number,
    wasActive: boolean,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await limitTransaction(manager, CANCEL_LIMITS);
      // Not FOR UPDATE, which waits for every batch that writes rejected rows: they refer to the import.
      const [run] = await manager.query<{ state: RunState }[]>(
        'SELECT state FROM imports WHERE id = $1 AND account_id = $2 FOR NO KEY UPDATE NOWAIT',
        [id, accountId],
      );
      if (run === undefined) throw new RequestProblem('not_found');
      if (run.state === 'cancelled' && wasActive) return;
      if (!isActive(run.state)) throw new RequestProblem('run_already_ended');
      await manager.update(ImportEntity, { id }, { cancelRequested: true });
      await recordAudit(manager, {
        action: 'import_cancelled',
        accountId,
        userId: caller.userId,
        subjectId: id,
      });
      if (run.state === 'queued') await writeImportEnd(manager, id, { state: 'cancelled' });
      await Notifications.send(manager, 'ponte_runs', `import ${id}`);
    });
  }

  /** Throws `account_busy` when so many more imports would be more than an account may have waiting or under way. */
  private assertRoom(manager: EntityManager, { accountId }: AccountContext, more: 0 | 1): Promise<void> {
    return assertActiveRuns(manager, 'imports', accountId, ACCOUNT_SHARE.imports - more);
  }

  private async receiveFile(
    account: AccountContext,
    request: PonteRequest,
    fields: readonly string[],
    gone: AbortSignal,
  ): Promise<Upload> {
    try {
      return await this.uploads.receive(account, request, fields, gone);
    } catch (error) {
      if (error instanceof RequestProblem) await reportRefusal(this.dataSource, account, error);
      throw error;
    }
  }

  /** One import for one key: a second request with it gets the first one's import, if it asked for the same. */
  private async create(
    account: AccountContext,
    upload: Upload,
    idempotencyKey: string | null,
  ): Promise<ImportEntity> {
    const { accountId, caller } = account;
    const { header, fields, ignoredColumns, rows, isEscaped: escaped } = upload.structure;
    const { own_columns: own, ...options } = upload.options;
    return this.dataSource.transaction(async (manager) => {
      const inserted = await manager
        .createQueryBuilder()
        .insert()
        .into(ImportEntity)
        .values({
          accountId,
          createdBy: caller.userId,
          fileName: upload.fileName,
          fileBytes: upload.fileBytes,
          fileSha256: upload.sha256,
          storageKey: upload.storageKey,
          idempotencyKey,
          options,
          columns: { header, fields, own, escaped },
          ignoredColumns,
          rowsTotal: rows,
        })
        .orIgnore()
        .returning('id')
        .execute();
      const [row] = inserted.raw as { id: number }[];
      if (row === undefined) return this.earlier(manager, accountId, idempotencyKey, upload);
      await lockAccount(manager, accountId);
      await this.assertRoom(manager, account, 0);
      await this.pendingFiles.keep(manager, upload.storageKey);
      await recordAudit(manager, {
        action: 'import_created',
        accountId,
        userId: caller.userId,
        subjectId: row.id,
        count: rows,
      });
      return manager.findOneByOrFail(ImportEntity, { id: row.id });
    });
  }

  private async earlier(
    manager: EntityManager,
    accountId: number,
    idempotencyKey: string | null,
    upload: Upload,
  ): Promise<ImportEntity> {
    const earlier = await manager.findOneByOrFail(ImportEntity, {
      accountId,
      idempotencyKey: idempotencyKey ?? '',
    });
    const { own_columns: own, ...options } = upload.options;
    assertSameRequest(
      {
        file: earlier.fileSha256.toString('hex'),
        options: earlier.options,
        own: earlier.columns.own ?? [],
      },
      { file: upload.sha256.toString('hex'), options, own },
    );
    return earlier;
  }
}
