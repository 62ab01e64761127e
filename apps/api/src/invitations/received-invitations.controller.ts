import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import {
  acceptInvitationSchema,
  linkSchema,
  type AcceptInvitation,
  type Link,
  type Profile,
  type ReceivedInvitation,
} from '@ponte/contracts';
import { Accounts } from '../accounts';
import { Sessions } from '../auth';
import { Public } from '../platform/http/access';
import type { PonteRequest } from '../platform/http/caller';
import { userView } from '../users';
import { ReceivedInvitations } from './received-invitations';

/** An invitation in the hands of the person who got it: the secret of its link is the permission. */
@Public()
@Controller('auth/invitations')
export class ReceivedInvitationsController {
  constructor(
    private readonly invitations: ReceivedInvitations,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
  ) {}

  @Post('find')
  @HttpCode(200)
  find(@Body({ schema: linkSchema }) { token }: Link): Promise<ReceivedInvitation> {
    return this.invitations.find(token);
  }

  @Post('accept')
  @HttpCode(200)
  async accept(
    @Body({ schema: acceptInvitationSchema }) body: AcceptInvitation,
    @Req() request: PonteRequest,
  ): Promise<Profile> {
    const user = await this.invitations.accept(body, request);
    if (request.caller === undefined) await this.sessions.begin(user.id, request);
    return { user: userView(user), accounts: await this.accounts.of(user.id) };
  }

  @Post('decline')
  @HttpCode(204)
  decline(@Body({ schema: linkSchema }) { token }: Link): Promise<void> {
    return this.invitations.decline(token);
  }
}
