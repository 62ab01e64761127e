import { Injectable } from '@nestjs/common';
import {
  LINK_HOURS,
  PEOPLE_LIMITS,
  type CreateMember,
  type InvitationView,
  type List,
} from '@ponte/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit';
import type { AccountContext } from '../platform/http/caller';
import { tooManyRequests } from '../platform/http/rate-limit';
import { RequestProblem } from '../platform/http/request-problem';
import { enqueueMail } from '../platform/mail';
import { emailKey } from '../users';
import { InvitationLimits } from './invitation-limits';
import { invitationView, VIEW, type InvitationRow } from './invitation-view';

interface Addressed {
  id: number;
  email: string;
  locale: CreateMember['locale'] & string;
}

/** The invitations of one account: an address has at most one that waits. */
@Injectable()
export class Invitations {
  constructor(
    private readonly dataSource: DataSource,
    private readonly limits: InvitationLimits,
  ) {}

  /**
   * Invites an address, or renews its waiting invitation. What happens depends on this account alone: whether the address
   * signs in somewhere else is found out by the worker that writes the e-mail.
   */
  invite(account: AccountContext, input: CreateMember): Promise<InvitationView> {
    const { accountId, caller } = account;
    const { email, name, role, locale = caller.locale } = input;
    return this.counted(account, email, async (manager) => {
      await assertNoMember(manager, accountId, email);
      const [invitation] = await manager.query<Addressed[]>(
        `INSERT INTO invitations (account_id, email, name, role, locale, invited_by, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, now() + $7 * interval '1 hour')
         ON CONFLICT (account_id, email_key) DO UPDATE SET email = excluded.email, name = excluded.name,
           role = excluded.role, locale = excluded.locale, invited_by = excluded.invited_by,
           created_at = now(), expires_at = excluded.expires_at, token_hashes = '{}'
         RETURNING id, email, locale`,
        [accountId, email, name, role, locale, caller.userId, LINK_HOURS.invitation],
      );
      return this.send(manager, account, 'member_invited', invitation);
    });
  }

  async list({ accountId }: AccountContext, page: number, perPage: number): Promise<List<InvitationView>> {
    const rows = await this.dataSource.query<InvitationRow[]>(
      `${VIEW} WHERE invitations.account_id = $1 ORDER BY invitations.id DESC LIMIT $2 OFFSET $3`,
      [accountId, perPage, (page - 1) * perPage],
    );
    const [all] = await this.dataSource.query<{ count: number }[]>(
      'SELECT count(*)::int AS count FROM invitations WHERE account_id = $1',
      [accountId],
    );
    return { meta: { count: all?.count ?? 0, current_page: page }, payload: rows.map(invitationView) };
  }

  /** A new link and seven more days; links that were sent before stop working. */
  async resend(account: AccountContext, id: number): Promise<InvitationView> {
    const [waiting] = await this.dataSource.query<{ email: string }[]>(
      'SELECT email FROM invitations WHERE account_id = $1 AND id = $2',
      [account.accountId, id],
    );
    if (waiting === undefined) throw new RequestProblem('not_found');
    return this.counted(account, waiting.email, async (manager) => {
      const [[invitation]] = await manager.query<[Addressed[], number]>(
        `UPDATE invitations SET invited_by = $3, expires_at = now() + $4 * interval '1 hour', token_hashes = '{}'
         WHERE account_id = $1 AND id = $2 RETURNING id, email, locale`,
        [account.accountId, id, account.caller.userId, LINK_HOURS.invitation],
      );
      if (invitation === undefined) throw new RequestProblem('not_found');
      return this.send(manager, account, 'invitation_sent_again', invitation);
    });
  }

  async revoke({ accountId, caller }: AccountContext, id: number): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [rows] = await manager.query<[object[], number]>(
        'DELETE FROM invitations WHERE account_id = $1 AND id = $2 RETURNING id',
        [accountId, id],
      );
      if (rows.length === 0) throw new RequestProblem('not_found');
      await recordAudit(manager, {
        action: 'invitation_revoked',
        accountId,
        userId: caller.userId,
        subjectId: id,
      });
    });
  }

  /** Does what sends one e-mail to the address, unless account, person or address had their share. */
  private counted<T>(
    { accountId, caller }: AccountContext,
    email: string,
    send: (manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    const sendCounted = async (manager: EntityManager) => {
      await countMail(manager, accountId);
      return send(manager);
    };
    return this.limits.limited(caller.userId, email, () => this.dataSource.transaction(sendCounted));
  }

  /** Puts the e-mail into the outbox, about the event that asked for it: each event has one e-mail. */
  private async send(
    manager: EntityManager,
    { accountId, caller }: AccountContext,
    action: 'member_invited' | 'invitation_sent_again',
    invitation: Addressed | undefined,
  ): Promise<InvitationView> {
    if (invitation === undefined) throw new Error('The invitation was not written.');
    const { id, email, locale } = invitation;
    const event = await recordAudit(manager, { action, accountId, userId: caller.userId, subjectId: id });
    await manager.query('UPDATE invitations SET mail_id = $2 WHERE id = $1', [id, event]);
    await enqueueMail(manager, {
      kind: 'invitation',
      subjectId: event,
      to: { address: email, locale },
      data: { link_of: id },
    });
    const rows = await manager.query<InvitationRow[]>(`${VIEW} WHERE invitations.id = $1`, [id]);
    if (rows[0] === undefined) throw new Error('The invitation was not written.');
    return invitationView(rows[0]);
  }
}

async function assertNoMember(manager: EntityManager, accountId: number, email: string): Promise<void> {
  const members = await manager.query<object[]>(
    `SELECT 1 FROM members JOIN users ON users.id = members.user_id
     WHERE members.account_id = $1 AND users.email_key = $2`,
    [accountId, emailKey(email)],
  );
  if (members.length > 0) throw new RequestProblem('member_exists');
}

/** Counts one e-mail of the account's hour; the row is locked, so that many at once are counted one after the other. */
async function countMail(manager: EntityManager, accountId: number): Promise<void> {
  const [[hour]] = await manager.query<[{ count: number; seconds: number }[], number]>(
    `UPDATE accounts SET
       invited_count = CASE WHEN invited_since > now() - interval '1 hour' THEN invited_count + 1 ELSE 1 END,
       invited_since = CASE WHEN invited_since > now() - interval '1 hour' THEN invited_since ELSE now() END
     WHERE id = $1
     RETURNING invited_count AS count, ceil(extract(epoch FROM invited_since + interval '1 hour' - now()))::int AS seconds`,
    [accountId],
  );
  if (hour === undefined || hour.count <= PEOPLE_LIMITS.invitationsPerHour) return;
  throw tooManyRequests(Math.max(1, hour.seconds));
}
