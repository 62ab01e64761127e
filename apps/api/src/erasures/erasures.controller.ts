import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  findPersonSchema,
  pageQuerySchema,
  type ErasureView,
  type FindPerson,
  type List,
  type PersonData,
} from '@ponte/contracts';
import type { Response } from 'express';
import { Can } from '../platform/http/access';
import { InAccount, type AccountContext } from '../platform/http/caller';
import { callerGone } from '../platform/http/caller-gone';
import { IdPipe } from '../platform/http/id.pipe';
import { Erasures } from './erasures';

@Controller('accounts/:account_id/erasures')
export class ErasuresController {
  constructor(private readonly erasures: Erasures) {}

  /** A POST, so that no address holds the person. */
  @Post('find')
  @Can('read', 'Erasure')
  @HttpCode(200)
  find(
    @InAccount() account: AccountContext,
    @Body({ schema: findPersonSchema }) body: FindPerson,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PersonData> {
    return this.erasures.find(account, body, callerGone(response));
  }

  @Post()
  @Can('create', 'Erasure')
  erase(
    @InAccount() account: AccountContext,
    @Body({ schema: findPersonSchema }) body: FindPerson,
  ): Promise<ErasureView> {
    return this.erasures.erase(account, body);
  }

  @Get()
  @Can('read', 'Erasure')
  list(
    @InAccount() account: AccountContext,
    @Query({ schema: pageQuerySchema }) { page, per_page }: { page: number; per_page: number },
  ): Promise<List<ErasureView>> {
    return this.erasures.list(account, page, per_page);
  }

  @Delete(':id')
  @Can('delete', 'Erasure')
  @HttpCode(204)
  lift(@InAccount() account: AccountContext, @Param('id', IdPipe) id: number): Promise<void> {
    return this.erasures.lift(account, id);
  }
}
