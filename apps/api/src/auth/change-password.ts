import { Injectable } from '@nestjs/common';
import type { UpdateProfile } from '@ponte/contracts';
import { DataSource } from 'typeorm';
import { Accounts } from '../accounts';
import { recordAudit } from '../audit';
import type { Caller, PonteRequest } from '../platform/http/caller';
import { assertGoodPassword, hashPassword, tellPasswordChanged, Users } from '../users';
import { AccessTokens } from './access-tokens';
import { Credentials } from './credentials';
import { Sessions } from './sessions';

export type NewPassword = Pick<UpdateProfile, 'current_password' | 'keep_tokens'> & { password: string };

/** A new password in place of the present one: whoever knew the old one is out everywhere else. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly dataSource: DataSource,
    private readonly users: Users,
    private readonly accounts: Accounts,
    private readonly credentials: Credentials,
    private readonly sessions: Sessions,
    private readonly tokens: AccessTokens,
  ) {}

  /** Ends the other sessions and, unless they are to be kept, the access tokens. */
  async run(caller: Caller, request: PonteRequest, change: NewPassword): Promise<void> {
    const { userId } = caller;
    await this.credentials.checkPassword(caller, request, change.current_password ?? '');
    const user = await this.users.get(userId);
    const accounts = (await this.accounts.of(userId)).map(({ name }) => name);
    await assertGoodPassword(change.password, { email: user.email, name: user.name, accounts });
    const passwordHash = await hashPassword(change.password);
    await this.dataSource.transaction(async (manager) => {
      await this.users.setPassword(userId, passwordHash, manager);
      const eventId = await recordAudit(manager, {
        action: 'password_changed',
        userId,
        subjectId: userId,
      });
      await tellPasswordChanged(manager, user, eventId, request.ip);
      await this.sessions.endOthers(caller, manager);
      if (change.keep_tokens !== true) await this.tokens.revokeAll(userId, manager);
    });
  }
}
