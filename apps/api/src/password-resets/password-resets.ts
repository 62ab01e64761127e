import { Injectable } from '@nestjs/common';
import { LOCALES, PEOPLE_LIMITS, type PasswordResetView, type UsePasswordReset } from '@ponte/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { Accounts } from '../accounts';
import { recordAudit } from '../audit';
import { AccessTokens, Credentials, endSessions, hashSecret } from '../auth';
import type { PonteRequest } from '../platform/http/caller';
import { RequestProblem } from '../platform/http/request-problem';
import { enqueueMail } from '../platform/mail';
import {
  assertGoodPassword,
  emailKey,
  hashPassword,
  tellPasswordChanged,
  Users,
  userView,
  type User,
} from '../users';

const BY_LINK = `password_resets.token_hashes @> ARRAY[$1::bytea] AND password_resets.expires_at > now()`;

/** New passwords for people who forgot theirs. Unknown, expired and used links are all `link_invalid`. */
@Injectable()
export class PasswordResets {
  constructor(
    private readonly dataSource: DataSource,
    private readonly users: Users,
    private readonly accounts: Accounts,
    private readonly tokens: AccessTokens,
    private readonly credentials: Credentials,
  ) {}

  /**
   * Notes that a link was asked for; the worker sends it if the address signs in. The statements are the same for every
   * address, so the time says nothing. An address that got many links in this hour gets no more: they still work.
   */
  async request(email: string): Promise<void> {
    const key = emailKey(email);
    await this.dataSource.transaction(async (manager) => {
      const [reset] = await manager.query<{ id: number }[]>(
        `INSERT INTO password_resets (email_key) SELECT $1 WHERE (SELECT count(*) FROM password_resets
           WHERE email_key = $1 AND created_at > now() - interval '1 hour') < $2 RETURNING id`,
        [key, PEOPLE_LIMITS.resetsPerHour],
      );
      const user = await this.users.findByEmail(email, manager);
      await recordAudit(manager, {
        action: 'password_reset_requested',
        userId: user?.id,
        subjectId: reset?.id,
      });
      if (reset === undefined) return;
      const to = { address: key, locale: LOCALES[0] };
      await enqueueMail(manager, {
        kind: 'password_reset',
        subjectId: reset.id,
        to,
        data: { link_of: reset.id },
      });
    });
  }

  async find(token: string): Promise<PasswordResetView> {
    const { user, expiresAt } = await this.byLink(token);
    const { email, has_second_factor } = userView(user);
    return { email, has_second_factor, expires_at: expiresAt.toISOString() };
  }

  /** Sets the password and ends everything that was signed in with the old one. Answers who it is. */
  async use({ token, password, code }: UsePasswordReset, request: PonteRequest): Promise<User> {
    const { user } = await this.byLink(token);
    const accounts = (await this.accounts.of(user.id)).map(({ name }) => name);
    await assertGoodPassword(password, { email: user.email, name: user.name, accounts });
    await this.credentials.checkCode(user, request, code);
    const passwordHash = await hashPassword(password);
    await this.dataSource.transaction(async (manager) => {
      await takeByLink(manager, token);
      await this.users.setPassword(user.id, passwordHash, manager);
      await endSessions(manager, user.id);
      await this.tokens.revokeAll(user.id, manager);
      const eventId = await recordAudit(manager, { action: 'password_reset', userId: user.id });
      await tellPasswordChanged(manager, user, eventId, request.ip);
    });
    return user;
  }

  private async byLink(token: string): Promise<{ user: User; expiresAt: Date }> {
    const [reset] = await this.dataSource.query<{ user_id: number; expires_at: Date }[]>(
      `SELECT users.id AS user_id, expires_at FROM password_resets
       JOIN users ON users.email_key = password_resets.email_key WHERE ${BY_LINK}`,
      [hashSecret(token)],
    );
    if (reset === undefined) throw new RequestProblem('link_invalid');
    return { user: await this.users.get(reset.user_id), expiresAt: reset.expires_at };
  }
}

/** Uses the link up: of two at once, the second finds nothing. */
async function takeByLink(manager: EntityManager, token: string): Promise<void> {
  const [, deleted] = await manager.query<[object[], number]>(
    `DELETE FROM password_resets WHERE ${BY_LINK}`,
    [hashSecret(token)],
  );
  if (deleted === 0) throw new RequestProblem('link_invalid');
}
