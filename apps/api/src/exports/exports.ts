import { Injectable } from '@nestjs/common';
import {
  ACCOUNT_SHARE,
  DEFAULT_EXPORT_COLUMNS,
  EXPORT_COLUMNS,
  RUN_END_STATES,
  type CreateExport,
  type ExportColumn,
  type ExportFormat,
  type ExportView,
  type List,
} from '@ponte/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit';
import { contactWhere } from '../contacts';
import { readClock } from '../platform/database/read-clock';
import type { AccountContext } from '../platform/http/caller';
import { assertSameRequest, type Made } from '../platform/http/idempotency';
import { RequestProblem } from '../platform/http/request-problem';
import { EXPORT_MAIL_KINDS } from '../platform/mail';
import { JobQueue } from '../platform/queue/job-queue';
import { assertActiveRuns, lockAccount } from '../platform/shares/active-runs';
import { FileStorage } from '../platform/storage/file-storage';
import { PendingFiles } from '../platform/storage/pending-files';
import { expiredExports, exportViews } from './export-view';
import { ExportEntity } from './export.entity';

/** Asking for exports, looking at them and fetching their files. */
@Injectable()
export class Exports {
  constructor(
    private readonly dataSource: DataSource,
    private readonly storage: FileStorage,
    private readonly queue: JobQueue,
    private readonly pendingFiles: PendingFiles,
  ) {}

  /** One export for one key: a second request with it gets the first one's export, if it asked for the same. */
  async create(account: AccountContext, body: CreateExport, key: string | null): Promise<Made<ExportView>> {
    const asked = readRequest(account, body);
    const { id, isReplayed } = await this.dataSource.transaction((manager) =>
      this.insert(manager, account, asked, key),
    );
    if (!isReplayed) this.queue.wake('export', id, 0);
    return { view: await this.find(account, id), isReplayed };
  }

  async list({ accountId }: AccountContext, page: number, perPage: number): Promise<List<ExportView>> {
    const [runs, count] = await this.dataSource.manager.findAndCount(ExportEntity, {
      where: { accountId },
      order: { id: 'DESC' },
      take: perPage,
      skip: (page - 1) * perPage,
    });
    return { meta: { count, current_page: page }, payload: await exportViews(this.dataSource.manager, runs) };
  }

  async find(account: AccountContext, id: number): Promise<ExportView> {
    const [view] = await exportViews(this.dataSource.manager, [await this.entity(account, id)]);
    if (view === undefined) throw new RequestProblem('not_found');
    return view;
  }

  /** The file with its name and format, while it may be fetched. */
  async file(
    account: AccountContext,
    id: number,
  ): Promise<{ name: string; format: ExportFormat; content: AsyncIterable<Uint8Array> }> {
    const run = await this.entity(account, id);
    const expired = await expiredExports(this.dataSource.manager, [id]);
    if (expired.has(id)) throw new RequestProblem('export_expired');
    if (run.storageKey === null) throw new RequestProblem('export_not_ready');
    const { accountId, caller } = account;
    await recordAudit(this.dataSource.manager, {
      action: 'export_downloaded',
      accountId,
      userId: caller.userId,
      subjectId: id,
      count: run.rowsDone,
    });
    return { name: run.fileName, format: run.format, content: this.storage.read(run.storageKey) };
  }

  /** Deletes an export that has ended, with its file. */
  async delete({ accountId, caller }: AccountContext, id: number): Promise<void> {
    const key = await this.dataSource.transaction(async (manager) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const run = await manager.findOne(ExportEntity, { where: { id, accountId }, lock });
      if (run === null) throw new RequestProblem('not_found');
      if (!RUN_END_STATES.includes(run.state)) throw new RequestProblem('run_not_ended');
      if (run.storageKey !== null) await PendingFiles.abandon(manager, run.storageKey);
      await manager.query('DELETE FROM outbox WHERE kind = ANY ($1) AND subject_id = $2', [
        EXPORT_MAIL_KINDS,
        id,
      ]);
      await manager.delete(ExportEntity, { id });
      await recordAudit(manager, {
        action: 'export_deleted',
        accountId,
        userId: caller.userId,
        subjectId: id,
      });
      return run.storageKey;
    });
    if (key !== null) await this.pendingFiles.discard(key);
  }

  private async insert(
    manager: EntityManager,
    { accountId, caller }: AccountContext,
    asked: ExportRequest,
    idempotencyKey: string | null,
  ): Promise<{ id: number; isReplayed: boolean }> {
    const now = await readClock(manager);
    const fileName = `contacts-${now.toISOString().slice(0, 10)}.${asked.format}`;
    const inserted = await manager
      .createQueryBuilder()
      .insert()
      .into(ExportEntity)
      .values({ ...asked, accountId, createdBy: caller.userId, fileName, idempotencyKey })
      .orIgnore()
      .returning('id')
      .execute();
    const [row] = inserted.raw as { id: number }[];
    if (row === undefined) {
      const earlier = await manager.findOneByOrFail(ExportEntity, {
        accountId,
        idempotencyKey: idempotencyKey ?? '',
      });
      assertSameRequest(requestOf(earlier), asked);
      return { id: earlier.id, isReplayed: true };
    }
    await lockAccount(manager, accountId);
    await assertActiveRuns(manager, 'exports', accountId, ACCOUNT_SHARE.exports);
    await recordAudit(manager, {
      action: 'export_created',
      accountId,
      userId: caller.userId,
      subjectId: row.id,
    });
    return { id: row.id, isReplayed: false };
  }

  private async entity({ accountId }: AccountContext, id: number): Promise<ExportEntity> {
    const run = await this.dataSource.manager.findOneBy(ExportEntity, { id, accountId });
    if (run === null) throw new RequestProblem('not_found');
    return run;
  }
}

/** What decides what an export has. */
type ExportRequest = Pick<
  ExportEntity,
  'format' | 'columnNames' | 'ignoredColumns' | 'q' | 'payload' | 'importId'
>;

function requestOf({
  format,
  columnNames,
  ignoredColumns,
  q,
  payload,
  importId,
}: ExportEntity): ExportRequest {
  return { format, columnNames, ignoredColumns, q, payload, importId };
}

/** Throws a problem for what cannot be exported, so that it is refused now and not by the worker. */
function readRequest({ accountId }: AccountContext, body: CreateExport): ExportRequest {
  if ((body.label ?? '') !== '') throw new RequestProblem('labels_unsupported');
  const { q = '', format = 'csv' } = body;
  const payload = body.payload ?? [];
  contactWhere({ accountId, q, conditions: payload });
  return { ...chooseColumns(body.column_names ?? []), q, payload, format, importId: body.import_id ?? null };
}

function chooseColumns(wanted: readonly string[]): { columnNames: ExportColumn[]; ignoredColumns: string[] } {
  if (wanted.length === 0) return { columnNames: [...DEFAULT_EXPORT_COLUMNS], ignoredColumns: [] };
  const isKnown = (name: string): name is ExportColumn => EXPORT_COLUMNS.some((column) => column === name);
  const unique = [...new Set(wanted)];
  const columnNames = unique.filter(isKnown);
  const ignoredColumns = unique.filter((name) => !isKnown(name));
  if (columnNames.length === 0)
    throw new RequestProblem('columns_unknown', { params: { columns: ignoredColumns } });
  return { columnNames, ignoredColumns };
}
