import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import {
  linkSchema,
  requestPasswordResetSchema,
  usePasswordResetSchema,
  type Link,
  type PasswordResetView,
  type Profile,
  type RequestPasswordReset,
  type UsePasswordReset,
} from '@ponte/contracts';
import { DataSource } from 'typeorm';
import { Accounts } from '../accounts';
import { Sessions } from '../auth';
import { Public } from '../platform/http/access';
import type { PonteRequest } from '../platform/http/caller';
import { networkOf } from '../platform/http/network';
import { rateLimit, spend } from '../platform/http/rate-limit';
import { userView } from '../users';
import { PasswordResets } from './password-resets';

/** Requests of one network in an hour, whatever the addresses that they name. */
const REQUESTS_PER_HOUR = 30;

/** New passwords by a link: its secret, and not a session, is the permission. */
@Public()
@Controller('auth/password_resets')
export class PasswordResetsController {
  private readonly requests;

  constructor(
    dataSource: DataSource,
    private readonly resets: PasswordResets,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
  ) {
    this.requests = rateLimit(dataSource, 'password_resets', REQUESTS_PER_HOUR, 3600);
  }

  @Post()
  @HttpCode(202)
  async request(
    @Body({ schema: requestPasswordResetSchema }) { email }: RequestPasswordReset,
    @Req() request: PonteRequest,
  ): Promise<void> {
    await spend(this.requests, networkOf(request.ip));
    await this.resets.request(email);
  }

  @Post('find')
  @HttpCode(200)
  find(@Body({ schema: linkSchema }) { token }: Link): Promise<PasswordResetView> {
    return this.resets.find(token);
  }

  @Post('use')
  @HttpCode(200)
  async use(
    @Body({ schema: usePasswordResetSchema }) body: UsePasswordReset,
    @Req() request: PonteRequest,
  ): Promise<Profile> {
    const user = await this.resets.use(body, request);
    await this.sessions.begin(user.id, request);
    return { user: userView(user), accounts: await this.accounts.of(user.id) };
  }
}
