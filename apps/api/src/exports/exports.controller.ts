import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  createExportSchema,
  pageQuerySchema,
  type CreateExport,
  type ExportView,
  type List,
} from '@ponte/contracts';
import type { Response } from 'express';
import { Can } from '../platform/http/access';
import { InAccount, type AccountContext } from '../platform/http/caller';
import { IdPipe } from '../platform/http/id.pipe';
import { sendCsv } from '../platform/http/send-file';
import { Exports } from './exports';

@Controller('accounts/:account_id')
export class ExportsController {
  constructor(private readonly exports: Exports) {}

  @Post('exports')
  @Can('create', 'Export')
  @HttpCode(202)
  create(
    @InAccount() account: AccountContext,
    @Body({ schema: createExportSchema }) body: CreateExport,
  ): Promise<ExportView> {
    return this.exports.create(account, body);
  }

  /** Chatwoot's door: the same export with the status that its programs expect. */
  @Post('contacts/export')
  @Can('create', 'Export')
  @HttpCode(200)
  createLikeChatwoot(
    @InAccount() account: AccountContext,
    @Body({ schema: createExportSchema }) body: CreateExport,
  ): Promise<ExportView> {
    return this.exports.create(account, body);
  }

  @Get('exports')
  @Can('read', 'Export')
  list(
    @InAccount() account: AccountContext,
    @Query({ schema: pageQuerySchema }) { page, per_page }: { page: number; per_page: number },
  ): Promise<List<ExportView>> {
    return this.exports.list(account, page, per_page);
  }

  @Get('exports/:id')
  @Can('read', 'Export')
  show(@InAccount() account: AccountContext, @Param('id', IdPipe) id: number): Promise<ExportView> {
    return this.exports.find(account, id);
  }

  @Get('exports/:id/file')
  @Can('read', 'Export')
  async download(
    @InAccount() account: AccountContext,
    @Param('id', IdPipe) id: number,
    @Res() response: Response,
  ): Promise<void> {
    const { name, content } = await this.exports.file(account, id);
    await sendCsv(response, name, content);
  }
}
