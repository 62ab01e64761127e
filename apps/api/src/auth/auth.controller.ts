import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { signInSchema, type Profile, type SignIn } from '@ponte/contracts';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { Accounts } from '../accounts';
import { recordAudit } from '../audit';
import { CONFIG, type Config } from '../platform/config/config';
import { Public } from '../platform/http/access';
import type { PonteRequest } from '../platform/http/caller';
import { assertLeft, giveBack, rateLimit, spend } from '../platform/http/rate-limit';
import { RequestProblem } from '../platform/http/request-problem';
import { Users, userView, verifyPassword } from '../users';
import { Sessions } from './sessions';

@Controller('auth')
export class AuthController {
  private readonly failures;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly dataSource: DataSource,
    private readonly users: Users,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
  ) {
    this.failures = rateLimit(config.signIn.failuresPerQuarterHour, 15 * 60);
  }

  @Post('sign_in')
  @Public()
  @HttpCode(200)
  async signIn(
    @Body({ schema: signInSchema }) { email, password }: SignIn,
    @Req() request: PonteRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Profile> {
    const keys = [`address ${request.ip}`, `account ${email.toLowerCase()}`];
    for (const key of keys) await assertLeft(this.failures, key);
    // Counted before the password is looked at: a thousand guesses at once are a thousand guesses.
    for (const key of keys) await spend(this.failures, key);
    const user = await this.users.findByEmail(email);
    if (!(await verifyPassword(user?.passwordHash ?? null, password)) || user === null) {
      await recordAudit(this.dataSource.manager, { action: 'sign_in_failed', userId: user?.id });
      throw new RequestProblem('credentials_wrong');
    }
    for (const key of keys) await giveBack(this.failures, key);
    await recordAudit(this.dataSource.manager, { action: 'signed_in', userId: user.id });
    response.cookie(
      this.sessions.cookieName,
      await this.sessions.begin(user.id),
      this.sessions.cookieOptions,
    );
    return { user: userView(user), accounts: await this.accounts.of(user.id) };
  }

  @Post('sign_out')
  @Public()
  @HttpCode(204)
  async signOut(@Req() request: PonteRequest, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.end(request);
    const { maxAge: _, ...options } = this.sessions.cookieOptions;
    response.clearCookie(this.sessions.cookieName, options);
  }
}
