import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  createAccessTokenSchema,
  type AccessTokenView,
  type CreateAccessToken,
  type List,
  type NewAccessToken,
} from '@ponte/contracts';
import { SignedIn, type Caller } from '../platform/http/caller';
import { IdPipe } from '../platform/http/id.pipe';
import { AccessTokens } from './access-tokens';

@Controller('profile/access_tokens')
export class AccessTokensController {
  constructor(private readonly tokens: AccessTokens) {}

  @Get()
  list(@SignedIn() caller: Caller): Promise<List<AccessTokenView>> {
    return this.tokens.list(caller);
  }

  @Post()
  create(
    @SignedIn() caller: Caller,
    @Body({ schema: createAccessTokenSchema }) body: CreateAccessToken,
  ): Promise<NewAccessToken> {
    return this.tokens.create(caller, body);
  }

  @Delete(':id')
  @HttpCode(204)
  revoke(@SignedIn() caller: Caller, @Param('id', IdPipe) id: number): Promise<void> {
    return this.tokens.revoke(caller, id);
  }
}
