import { Injectable } from '@nestjs/common';
import type { AuditEventView, AuditFilter, List, ListAudit } from '@ponte/contracts';
import { csvRows } from '@ponte/tabular';
import { DataSource } from 'typeorm';
import type { AccountContext } from '../platform/http/caller';
import { recordAudit } from './audit';
import { countAudit, readAudit, type AuditRecord } from './audit-query';

const PAGE_EVENTS = 1_000;

const TITLES = [
  'id',
  'created_at',
  'action',
  'actor_id',
  'actor_name',
  'via',
  'address',
  'subject_id',
  'count',
  'details',
];

/** The audit of an account, page by page and as a file. */
@Injectable()
export class AuditEvents {
  constructor(private readonly dataSource: DataSource) {}

  async list(
    { accountId }: AccountContext,
    { page, per_page: limit, ...filter }: ListAudit,
  ): Promise<List<AuditEventView>> {
    const { manager } = this.dataSource;
    const records = await readAudit(manager, accountId, filter, { limit, offset: (page - 1) * limit });
    return {
      meta: { count: await countAudit(manager, accountId, filter), current_page: page },
      payload: records.map(({ userId: _, ...view }) => view),
    };
  }

  /** The same as a CSV, read while it is sent. That somebody fetched it is an event that is not in it. */
  async file({ accountId, caller }: AccountContext, filter: AuditFilter): Promise<AsyncIterable<Uint8Array>> {
    const { manager } = this.dataSource;
    const count = await countAudit(manager, accountId, filter);
    const event = { action: 'audit_downloaded', accountId, userId: caller.userId, count } as const;
    const beforeId = await recordAudit(manager, event);
    return csvRows(this.lines(accountId, filter, beforeId), { bom: true });
  }

  private async *lines(accountId: number, filter: AuditFilter, firstId: number): AsyncGenerator<string[][]> {
    yield [TITLES];
    for (let beforeId = firstId; ;) {
      const slice = { beforeId, limit: PAGE_EVENTS };
      const records = await readAudit(this.dataSource.manager, accountId, filter, slice);
      const last = records.at(-1);
      if (last === undefined) return;
      beforeId = last.id;
      yield records.map(cellsOf);
    }
  }
}

function cellsOf(record: AuditRecord): string[] {
  const { id, created_at, action, userId, actor, via, address, subject_id, count, details } = record;
  const values = [id, created_at, action, userId, actor?.name, via, address, subject_id, count];
  return [...values.map((value) => String(value ?? '')), JSON.stringify(details)];
}
