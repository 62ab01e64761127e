import { Body, Controller, Delete, HttpCode } from '@nestjs/common';
import {
  deleteAccountSchema,
  deleteProfileSchema,
  type DeleteAccount,
  type DeleteProfile,
} from '@ponte/contracts';
import { Can } from '../platform/http/access';
import { InAccount, SignedIn, type AccountContext, type Caller } from '../platform/http/caller';
import { Deletions } from './deletions';

@Controller()
export class DeletionsController {
  constructor(private readonly deletions: Deletions) {}

  @Delete('accounts/:account_id')
  @Can('delete', 'Account')
  @HttpCode(204)
  deleteAccount(
    @InAccount() account: AccountContext,
    @Body({ schema: deleteAccountSchema }) body: DeleteAccount,
  ): Promise<void> {
    return this.deletions.deleteAccount(account, body);
  }

  @Delete('profile')
  @HttpCode(204)
  deleteProfile(
    @SignedIn() caller: Caller,
    @Body({ schema: deleteProfileSchema }) body: DeleteProfile,
  ): Promise<void> {
    return this.deletions.deleteProfile(caller, body);
  }
}
