import { Body, Controller, Get, Patch, Req } from '@nestjs/common';
import { updateProfileSchema, type Profile, type UpdateProfile } from '@ponte/contracts';
import { Accounts } from '../accounts';
import { AnyToken } from '../platform/http/access';
import { SignedIn, type Caller, type PonteRequest } from '../platform/http/caller';
import { RequestProblem } from '../platform/http/request-problem';
import { Users, userView } from '../users';
import { ChangePassword } from './change-password';

@Controller('profile')
export class ProfileController {
  constructor(
    private readonly users: Users,
    private readonly accounts: Accounts,
    private readonly changePassword: ChangePassword,
  ) {}

  @Get()
  @AnyToken()
  async show(@SignedIn() { userId }: Caller): Promise<Profile> {
    const user = await this.users.find(userId);
    if (user === null) throw new RequestProblem('sign_in_required');
    return { user: userView(user), accounts: await this.accounts.of(userId) };
  }

  @Patch()
  async update(
    @SignedIn() caller: Caller,
    @Body({ schema: updateProfileSchema }) { name, locale, ...change }: UpdateProfile,
    @Req() request: PonteRequest,
  ): Promise<Profile> {
    if (change.password !== undefined)
      await this.changePassword.run(caller, request, { ...change, password: change.password });
    await this.users.update(caller.userId, { name, locale });
    return this.show(caller);
  }
}
