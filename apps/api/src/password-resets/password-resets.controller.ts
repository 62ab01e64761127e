import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
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
import type { Response } from 'express';
import { Accounts } from '../accounts';
import { Sessions } from '../auth';
import { Public } from '../platform/http/access';
import type { PonteRequest } from '../platform/http/caller';
import { rateLimit, spend } from '../platform/http/rate-limit';
import { userView } from '../users';
import { PasswordResets } from './password-resets';

/** Requests of one network in an hour, whatever the addresses that they name. */
const REQUESTS_PER_HOUR = 30;

/** New passwords by a link: its secret, and not a session, is the permission. */
@Public()
@Controller('auth/password_resets')
export class PasswordResetsController {
  private readonly requests = rateLimit(REQUESTS_PER_HOUR, 3600);

  constructor(
    private readonly resets: PasswordResets,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
  ) {}

  @Post()
  @HttpCode(202)
  async request(
    @Body({ schema: requestPasswordResetSchema }) { email }: RequestPasswordReset,
    @Req() request: PonteRequest,
  ): Promise<void> {
    await spend(this.requests, `address ${request.ip}`);
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
    @Res({ passthrough: true }) response: Response,
  ): Promise<Profile> {
    const user = await this.resets.use(body, request.ip);
    const cookie = await this.sessions.begin(user.id);
    response.cookie(this.sessions.cookieName, cookie, this.sessions.cookieOptions);
    return { user: userView(user), accounts: await this.accounts.of(user.id) };
  }
}
