import { Body, Controller, HttpCode, Post, Put } from '@nestjs/common';
import {
  findMappingSchema,
  saveMappingSchema,
  type FindMapping,
  type RememberedMapping,
  type SaveMapping,
} from '@ponte/contracts';
import { Can } from '../platform/http/access';
import { InAccount, type AccountContext } from '../platform/http/caller';
import { ImportMappings } from './import-mappings';

@Controller('accounts/:account_id/import_mappings')
export class ImportMappingsController {
  constructor(private readonly mappings: ImportMappings) {}

  /** A POST, because a header of a thousand titles does not fit into an address. */
  @Post('find')
  @Can('create', 'Import')
  @HttpCode(200)
  find(
    @InAccount() account: AccountContext,
    @Body({ schema: findMappingSchema }) { header }: FindMapping,
  ): Promise<RememberedMapping> {
    return this.mappings.find(account, header);
  }

  @Put()
  @Can('create', 'Import')
  save(
    @InAccount() account: AccountContext,
    @Body({ schema: saveMappingSchema }) body: SaveMapping,
  ): Promise<RememberedMapping> {
    return this.mappings.save(account, body);
  }
}
