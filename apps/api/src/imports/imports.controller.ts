import { Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  LOCALES,
  pageQuerySchema,
  WORKBOOK_TYPE,
  type DryRun,
  type ImportView,
  type List,
  type RejectedRowList,
} from '@ponte/contracts';
import type { Response } from 'express';
import { LiveAccess } from '../auth';
import { Can } from '../platform/http/access';
import { InAccount, type AccountContext, type PonteRequest } from '../platform/http/caller';
import { callerGone } from '../platform/http/caller-gone';
import { IdPipe } from '../platform/http/id.pipe';
import { answerMade } from '../platform/http/idempotency';
import { sendCsv, sendFile } from '../platform/http/send-file';
import { pickLocale, textsIn } from '../platform/texts/texts';
import { DeleteImport } from './delete-import';
import { DryRuns } from './dry-runs';
import { ImportEvents } from './import-events';
import { Imports } from './imports';
import { RejectedRows } from './rejected-rows';
import { sampleCsv } from './sample';
import { templateWorkbook } from './template';

interface Page {
  page: number;
  per_page: number;
}

@Controller('accounts/:account_id')
export class ImportsController {
  constructor(
    private readonly imports: Imports,
    private readonly dryRuns: DryRuns,
    private readonly rejectedRows: RejectedRows,
    private readonly events: ImportEvents,
    private readonly liveAccess: LiveAccess,
    private readonly deleteImport: DeleteImport,
  ) {}

  @Post('imports')
  @Can('create', 'Import')
  @HttpCode(202)
  async create(
    @InAccount() account: AccountContext,
    @Req() request: PonteRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportView> {
    const made = await this.imports.receive(account, request, ['file', 'import_file'], callerGone(response));
    return answerMade(response, made);
  }

  @Post('imports/dry_run')
  @Can('create', 'Import')
  @HttpCode(200)
  dryRun(
    @InAccount() account: AccountContext,
    @Req() request: PonteRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DryRun> {
    return this.dryRuns.receive(account, request, callerGone(response));
  }

  /** Chatwoot's door: the same import with the status that its programs expect. */
  @Post('contacts/import')
  @Can('create', 'Import')
  @HttpCode(200)
  async createLikeChatwoot(
    @InAccount() account: AccountContext,
    @Req() request: PonteRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportView> {
    const made = await this.imports.receive(account, request, ['import_file', 'file'], callerGone(response));
    response.location(`/api/v1/accounts/${account.accountId}/imports/${made.view.id}`);
    return answerMade(response, made);
  }

  @Get('contacts/import/sample')
  @Can('create', 'Import')
  async sample(@Req() request: PonteRequest, @Res() response: Response): Promise<void> {
    await sendCsv(response, 'contacts-sample.csv', sampleCsv(localeOf(request)));
  }

  @Get('contacts/import/template')
  @Can('create', 'Import')
  async template(@Req() request: PonteRequest, @Res() response: Response): Promise<void> {
    const locale = localeOf(request);
    const workbook = await templateWorkbook(locale);
    await sendFile(response, textsIn(locale).template.fileName, WORKBOOK_TYPE, [workbook]);
  }

  @Get('imports')
  @Can('read', 'Import')
  list(
    @InAccount() account: AccountContext,
    @Query({ schema: pageQuerySchema }) { page, per_page }: Page,
  ): Promise<List<ImportView>> {
    return this.imports.list(account, page, per_page);
  }

  @Get('imports/:id')
  @Can('read', 'Import')
  show(@InAccount() account: AccountContext, @Param('id', IdPipe) id: number): Promise<ImportView> {
    return this.imports.find(account, id);
  }

  @Delete('imports/:id')
  @Can('delete', 'Import')
  @HttpCode(204)
  delete(@InAccount() account: AccountContext, @Param('id', IdPipe) id: number): Promise<void> {
    return this.deleteImport.delete(account, id);
  }

  @Get('imports/:id/events')
  @Can('read', 'Import')
  async follow(
    @InAccount() account: AccountContext,
    @Param('id', IdPipe) id: number,
    @Res() response: Response,
  ): Promise<void> {
    await this.events.stream(response, {
      importId: id,
      userId: account.caller.userId,
      view: () => this.imports.find(account, id),
      mayStill: () => this.liveAccess.mayStill(account, { action: 'read', subject: 'Import' }),
    });
  }

  @Get('imports/:id/rejected_rows')
  @Can('read', 'Import')
  listRejectedRows(
    @InAccount() account: AccountContext,
    @Param('id', IdPipe) id: number,
    @Query({ schema: pageQuerySchema }) { page, per_page }: Page,
  ): Promise<RejectedRowList> {
    return this.rejectedRows.list(account, id, page, per_page);
  }

  @Get('imports/:id/rejected_rows.csv')
  @Can('read', 'Import')
  async downloadRejectedRows(
    @InAccount() account: AccountContext,
    @Param('id', IdPipe) id: number,
    @Req() request: PonteRequest,
    @Res() response: Response,
  ): Promise<void> {
    const content = await this.rejectedRows.file(account, id, localeOf(request));
    await sendCsv(response, `import-${id}-rejected-rows.csv`, content);
  }

  @Post('imports/:id/cancel')
  @Can('update', 'Import')
  @HttpCode(202)
  cancel(@InAccount() account: AccountContext, @Param('id', IdPipe) id: number): Promise<ImportView> {
    return this.imports.cancel(account, id);
  }
}

function localeOf(request: PonteRequest) {
  return pickLocale(request.headers['accept-language'], request.caller?.locale ?? LOCALES[0]);
}
