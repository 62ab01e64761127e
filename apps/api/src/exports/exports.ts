import { Injectable } from '@nestjs/common';
import {
  DEFAULT_EXPORT_COLUMNS,
  EXPORT_COLUMNS,
  type CreateExport,
  type ExportColumn,
  type ExportFormat,
  type ExportView,
  type List,
} from '@ponte/contracts';
import { DataSource } from 'typeorm';
import { recordAudit } from '../audit';
import { contactWhere } from '../contacts';
import { readClock } from '../platform/database/read-clock';
import type { AccountContext } from '../platform/http/caller';
import { RequestProblem } from '../platform/http/request-problem';
import { JobQueue } from '../platform/queue/job-queue';
import { FileStorage } from '../platform/storage/file-storage';
import { expiredExports, exportViews } from './export-view';
import { ExportEntity } from './export.entity';

/** Asking for exports, looking at them and fetching their files. */
@Injectable()
export class Exports {
  constructor(
    private readonly dataSource: DataSource,
    private readonly storage: FileStorage,
    private readonly queue: JobQueue,
  ) {}

  async create(account: AccountContext, body: CreateExport): Promise<ExportView> {
    const { accountId, caller } = account;
    if ((body.label ?? '') !== '') throw new RequestProblem('labels_unsupported');
    const { columnNames, ignoredColumns } = chooseColumns(body.column_names ?? []);
    const payload = body.payload ?? [];
    const q = body.q ?? '';
    const format = body.format ?? 'csv';
    // A filter without a meaning is refused now, not by the worker.
    contactWhere({ accountId, q, conditions: payload });
    const id = await this.dataSource.transaction(async (manager) => {
      const now = await readClock(manager);
      const fileName = `contacts-${now.toISOString().slice(0, 10)}.${format}`;
      const values = {
        accountId,
        createdBy: caller.userId,
        format,
        fileName,
        columnNames,
        ignoredColumns,
        q,
        payload,
        importId: body.import_id ?? null,
      };
      const run = await manager.save(ExportEntity, values);
      await recordAudit(manager, {
        action: 'export_created',
        accountId,
        userId: caller.userId,
        subjectId: run.id,
      });
      return run.id;
    });
    this.queue.wake('export', id, 0);
    return this.find(account, id);
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
    });
    return { name: run.fileName, format: run.format, content: this.storage.read(run.storageKey) };
  }

  private async entity({ accountId }: AccountContext, id: number): Promise<ExportEntity> {
    const run = await this.dataSource.manager.findOneBy(ExportEntity, { id, accountId });
    if (run === null) throw new RequestProblem('not_found');
    return run;
  }
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
