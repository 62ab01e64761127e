import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Req } from '@nestjs/common';
import {
  createAccessTokenSchema,
  updateProfileSchema,
  type AccessTokenView,
  type CreateAccessToken,
  type List,
  type NewAccessToken,
  type Profile,
  type UpdateProfile,
} from '@ponte/contracts';
import { Accounts } from '../accounts';
import { SignedIn, type Caller, type PonteRequest } from '../platform/http/caller';
import { IdPipe } from '../platform/http/id.pipe';
import { RequestProblem } from '../platform/http/request-problem';
import { hashPassword, Users, userView, verifyPassword } from '../users';
import { AccessTokens } from './access-tokens';
import { Sessions } from './sessions';

@Controller('profile')
export class ProfileController {
  constructor(
    private readonly users: Users,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly tokens: AccessTokens,
  ) {}

  @Get()
  async show(@SignedIn() { userId }: Caller): Promise<Profile> {
    const user = await this.users.find(userId);
    if (user === null) throw new RequestProblem('sign_in_required');
    return { user: userView(user), accounts: await this.accounts.of(userId) };
  }

  @Patch()
  async update(
    @SignedIn() caller: Caller,
    @Body({ schema: updateProfileSchema }) body: UpdateProfile,
    @Req() request: PonteRequest,
  ): Promise<Profile> {
    if (body.password !== undefined)
      await this.changePassword(caller, body.password, body.current_password, request);
    await this.users.update(caller.userId, {
      ...(body.name === undefined ? {} : { name: body.name }),
      ...(body.locale === undefined ? {} : { locale: body.locale }),
    });
    return this.show(caller);
  }

  @Get('access_tokens')
  listTokens(@SignedIn() caller: Caller): Promise<List<AccessTokenView>> {
    return this.tokens.list(caller);
  }

  @Post('access_tokens')
  createToken(
    @SignedIn() caller: Caller,
    @Body({ schema: createAccessTokenSchema }) body: CreateAccessToken,
  ): Promise<NewAccessToken> {
    return this.tokens.create(caller, body.name);
  }

  @Delete('access_tokens/:id')
  @HttpCode(204)
  revokeToken(@SignedIn() caller: Caller, @Param('id', IdPipe) id: number): Promise<void> {
    return this.tokens.revoke(caller, id);
  }

  private async changePassword(
    { userId }: Caller,
    password: string,
    current: string | undefined,
    request: PonteRequest,
  ): Promise<void> {
    const user = await this.users.find(userId);
    if (!(await verifyPassword(user?.passwordHash ?? null, current ?? '')))
      throw new RequestProblem('password_wrong');
    await this.users.update(userId, { passwordHash: await hashPassword(password) });
    await this.sessions.endOthers(userId, request);
  }
}
