import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  createMemberSchema,
  pageQuerySchema,
  type CreateMember,
  type InvitationView,
  type List,
} from '@ponte/contracts';
import { Can } from '../platform/http/access';
import { InAccount, type AccountContext } from '../platform/http/caller';
import { IdPipe } from '../platform/http/id.pipe';
import { Invitations } from './invitations';

/** The invitations of an account, for its administrators. */
@Controller('accounts')
export class InvitationsController {
  constructor(private readonly invitations: Invitations) {}

  @Post(':account_id/members')
  @Can('create', 'Member')
  invite(
    @InAccount() account: AccountContext,
    @Body({ schema: createMemberSchema }) body: CreateMember,
  ): Promise<InvitationView> {
    return this.invitations.invite(account, body);
  }

  @Get(':account_id/invitations')
  @Can('read', 'Invitation')
  list(
    @InAccount() account: AccountContext,
    @Query({ schema: pageQuerySchema }) { page, per_page }: { page: number; per_page: number },
  ): Promise<List<InvitationView>> {
    return this.invitations.list(account, page, per_page);
  }

  @Post(':account_id/invitations/:id/resend')
  @Can('update', 'Invitation')
  @HttpCode(200)
  resend(@InAccount() account: AccountContext, @Param('id', IdPipe) id: number): Promise<InvitationView> {
    return this.invitations.resend(account, id);
  }

  @Delete(':account_id/invitations/:id')
  @Can('delete', 'Invitation')
  @HttpCode(204)
  revoke(@InAccount() account: AccountContext, @Param('id', IdPipe) id: number): Promise<void> {
    return this.invitations.revoke(account, id);
  }
}
