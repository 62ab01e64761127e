import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  chatwootExportSchema,
  createExportSchema,
  pageQuerySchema,
  WORKBOOK_TYPE,
  type CreateExport,
  type ExportView,
  type List,
} from '@ponte/contracts';
import type { Response } from 'express';
import * as z from 'zod/mini';
import { Can } from '../platform/http/access';
import { InAccount, type AccountContext, type PonteRequest } from '../platform/http/caller';
import { IdPipe } from '../platform/http/id.pipe';
import { answerMade, idempotencyKey } from '../platform/http/idempotency';
import { RequestProblem } from '../platform/http/request-problem';
import { sendCsv, sendFile } from '../platform/http/send-file';
import { hasBody } from '../platform/http/small-bodies';
import { Exports } from './exports';

/** Chatwoot's programs may send no body at all: everything, with the usual columns. */
const CHATWOOT_BODY = z._default(chatwootExportSchema, {});

@Controller('accounts/:account_id')
export class ExportsController {
  constructor(private readonly exports: Exports) {}

  @Post('exports')
  @Can('create', 'Export')
  @HttpCode(202)
  create(
    @InAccount() account: AccountContext,
    @Req() request: PonteRequest,
    @Body({ schema: createExportSchema }) body: CreateExport,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ExportView> {
    return this.make(account, request, body, response);
  }

  /** Chatwoot's door: the same export with the status that its programs expect. */
  @Post('contacts/export')
  @Can('create', 'Export')
  @HttpCode(200)
  createLikeChatwoot(
    @InAccount() account: AccountContext,
    @Req() request: PonteRequest,
    @Body({ schema: CHATWOOT_BODY }) body: CreateExport,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ExportView> {
    // A body that was not read, such as a form, may hold a filter: exporting everything would be the wrong answer.
    if (hasBody(request) && request.body === undefined) throw new RequestProblem('request_invalid');
    return this.make(account, request, body, response);
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

  @Delete('exports/:id')
  @Can('delete', 'Export')
  @HttpCode(204)
  delete(@InAccount() account: AccountContext, @Param('id', IdPipe) id: number): Promise<void> {
    return this.exports.delete(account, id);
  }

  @Get('exports/:id/file')
  @Can('read', 'Export')
  async download(
    @InAccount() account: AccountContext,
    @Param('id', IdPipe) id: number,
    @Res() response: Response,
  ): Promise<void> {
    const { name, format, content } = await this.exports.file(account, id);
    if (format === 'csv') await sendCsv(response, name, content);
    else await sendFile(response, name, WORKBOOK_TYPE, content);
  }

  private async make(
    account: AccountContext,
    request: PonteRequest,
    body: CreateExport,
    response: Response,
  ): Promise<ExportView> {
    return answerMade(response, await this.exports.create(account, body, idempotencyKey(request)));
  }
}
