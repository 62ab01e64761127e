import { Controller, Get, Query, Res } from '@nestjs/common';
import {
  auditFilterSchema,
  listAuditSchema,
  type AuditEventView,
  type AuditFilter,
  type List,
  type ListAudit,
} from '@ponte/contracts';
import type { Response } from 'express';
import { Can } from '../platform/http/access';
import { InAccount, type AccountContext } from '../platform/http/caller';
import { sendCsv } from '../platform/http/send-file';
import { AuditEvents } from './audit-events';

@Controller('accounts/:account_id')
export class AuditEventsController {
  constructor(private readonly events: AuditEvents) {}

  @Get('audit_events')
  @Can('read', 'Audit')
  list(
    @InAccount() account: AccountContext,
    @Query({ schema: listAuditSchema }) query: ListAudit,
  ): Promise<List<AuditEventView>> {
    return this.events.list(account, query);
  }

  @Get('audit_events.csv')
  @Can('read', 'Audit')
  async download(
    @InAccount() account: AccountContext,
    @Query({ schema: auditFilterSchema }) filter: AuditFilter,
    @Res() response: Response,
  ): Promise<void> {
    await sendCsv(response, 'audit.csv', await this.events.file(account, filter));
  }
}
