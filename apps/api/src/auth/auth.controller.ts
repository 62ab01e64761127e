import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { signInSchema, type Profile, type SignIn } from '@ponte/contracts';
import type { Response } from 'express';
import { Accounts } from '../accounts';
import { Public } from '../platform/http/access';
import type { PonteRequest } from '../platform/http/caller';
import { userView } from '../users';
import { Credentials } from './credentials';
import { Sessions } from './sessions';

@Controller('auth')
export class AuthController {
  constructor(
    private readonly accounts: Accounts,
    private readonly credentials: Credentials,
    private readonly sessions: Sessions,
  ) {}

  @Post('sign_in')
  @Public()
  @HttpCode(200)
  async signIn(@Body({ schema: signInSchema }) body: SignIn, @Req() request: PonteRequest): Promise<Profile> {
    const user = await this.credentials.checkSignIn(body, request);
    await this.sessions.begin(user.id, request);
    return { user: userView(user), accounts: await this.accounts.of(user.id) };
  }

  @Post('sign_out')
  @Public()
  @HttpCode(204)
  async signOut(@Req() request: PonteRequest, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.signOut(request);
    // Not "storage": it would take the drafts of other people who use this browser. The console removes its own.
    response.setHeader('Clear-Site-Data', '"cache"');
  }
}
