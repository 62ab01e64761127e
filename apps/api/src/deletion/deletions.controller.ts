import { Body, Controller, Delete, HttpCode, Req } from '@nestjs/common';
import {
  deleteAccountSchema,
  deleteProfileSchema,
  type DeleteAccount,
  type DeleteProfile,
} from '@ponte/contracts';
import { Credentials } from '../auth';
import { Can } from '../platform/http/access';
import {
  InAccount,
  SignedIn,
  type AccountContext,
  type Caller,
  type PonteRequest,
} from '../platform/http/caller';
import { Deletions } from './deletions';

@Controller()
export class DeletionsController {
  constructor(
    private readonly deletions: Deletions,
    private readonly credentials: Credentials,
  ) {}

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
  async deleteProfile(
    @SignedIn() caller: Caller,
    @Body({ schema: deleteProfileSchema }) body: DeleteProfile,
    @Req() request: PonteRequest,
  ): Promise<void> {
    await this.credentials.checkPasswordAndCode(caller, request, body);
    await this.deletions.deleteProfile(caller);
  }
}
