import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import {
  createAccountSchema,
  pageQuerySchema,
  updateAccountSchema,
  updateMemberSchema,
  type AccountView,
  type CreateAccount,
  type List,
  type MemberView,
  type UpdateAccount,
  type UpdateMember,
} from '@ponte/contracts';
import { CONFIG, type Config } from '../platform/config/config';
import { InAccount, SignedIn, type AccountContext, type Caller } from '../platform/http/caller';
import { IdPipe } from '../platform/http/id.pipe';
import { Can, WithoutSecondFactor } from '../platform/http/access';
import { Accounts } from './accounts';
import { Members } from './members';

@Controller('accounts')
export class AccountsController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly accounts: Accounts,
    private readonly members: Members,
  ) {}

  @Post()
  create(
    @SignedIn() caller: Caller,
    @Body({ schema: createAccountSchema }) body: CreateAccount,
  ): Promise<AccountView> {
    return this.accounts.create(body.name, caller.userId, this.config.accountsPerPerson);
  }

  @Patch(':account_id')
  @Can('update', 'Account')
  update(
    @InAccount() account: AccountContext,
    @Body({ schema: updateAccountSchema }) body: UpdateAccount,
  ): Promise<AccountView> {
    return this.accounts.update(account, body);
  }

  @Get(':account_id/members')
  @Can('read', 'Member')
  list(
    @InAccount() account: AccountContext,
    @Query({ schema: pageQuerySchema }) { page, per_page }: { page: number; per_page: number },
  ): Promise<List<MemberView>> {
    return this.members.list(account, page, per_page);
  }

  // Before the route with an id: the first one that fits answers.
  @Delete(':account_id/members/me')
  @Can('delete', 'Membership')
  @WithoutSecondFactor()
  @HttpCode(204)
  leave(@InAccount() account: AccountContext): Promise<void> {
    return this.members.leave(account);
  }

  @Patch(':account_id/members/:id')
  @Can('update', 'Member')
  changeRole(
    @InAccount() account: AccountContext,
    @Param('id', IdPipe) id: number,
    @Body({ schema: updateMemberSchema }) body: UpdateMember,
  ): Promise<MemberView> {
    return this.members.changeRole(account, id, body);
  }

  @Delete(':account_id/members/:id')
  @Can('delete', 'Member')
  @HttpCode(204)
  remove(@InAccount() account: AccountContext, @Param('id', IdPipe) id: number): Promise<void> {
    return this.members.remove(account, id);
  }
}
