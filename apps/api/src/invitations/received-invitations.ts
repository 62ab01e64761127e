import { Injectable } from '@nestjs/common';
import type { AcceptInvitation, Locale, ReceivedInvitation, Role } from '@ponte/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { Accounts } from '../accounts';
import { recordAudit } from '../audit';
import { Credentials, hashSecret } from '../auth';
import type { PonteRequest } from '../platform/http/caller';
import { RequestProblem } from '../platform/http/request-problem';
import { assertGoodPassword, hashPassword, Users, type User } from '../users';
import { HOLDS } from './holds';
import { InvitationLimits } from './invitation-limits';

interface Received {
  id: number;
  account_id: number;
  account_name: string;
  invited_by: number | null;
  inviter_name: string | null;
  email: string;
  name: string;
  role: Role;
  locale: Locale;
  expires_at: Date;
}

const BY_LINK = `
  SELECT invitations.id, account_id, accounts.name AS account_name, invited_by, users.name AS inviter_name,
    invitations.email, invitations.name, role, invitations.locale, expires_at
  FROM invitations JOIN accounts ON accounts.id = account_id LEFT JOIN users ON users.id = invited_by
  WHERE token_hashes @> ARRAY[$1::bytea] AND ${HOLDS}`;

/** Invitations by the secret of their link. Unknown, expired, revoked and used links are all `link_invalid`. */
@Injectable()
export class ReceivedInvitations {
  constructor(
    private readonly dataSource: DataSource,
    private readonly users: Users,
    private readonly accounts: Accounts,
    private readonly credentials: Credentials,
    private readonly limits: InvitationLimits,
  ) {}

  async find(token: string): Promise<ReceivedInvitation> {
    const invitation = await byLink(this.dataSource.manager, token);
    const { email, name, role, account_name, inviter_name } = invitation;
    return {
      account: { name: account_name },
      invited_by: inviter_name === null ? null : { name: inviter_name },
      email,
      name,
      role,
      expires_at: invitation.expires_at.toISOString(),
      has_sign_in: (await this.users.findByEmail(email)) !== null,
    };
  }

  async decline(token: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const { id, account_id: accountId } = await takeByLink(manager, token);
      await recordAudit(manager, { action: 'invitation_declined', accountId, subjectId: id });
    });
  }

  /**
   * Makes the invited person a member and answers who it is. The link proves the address; a person who has a sign-in
   * proves besides that it is theirs, and its password stays as it is.
   */
  async accept(input: AcceptInvitation, request: PonteRequest): Promise<User> {
    const { caller } = request;
    const invitation = await byLink(this.dataSource.manager, input.token);
    const known = await this.users.findByEmail(invitation.email);
    if (caller !== undefined && caller.userId !== known?.id) throw new RequestProblem('invitation_not_yours');
    if (known === null) return this.joinAsNew(invitation, input, request);
    if (caller === undefined) {
      const { password = '', code } = input;
      await this.credentials.checkSignIn({ email: known.email, password, code }, request);
    }
    await this.dataSource.transaction((manager) => this.join(manager, input.token, known.id));
    await this.limits.forget(invitation.invited_by, invitation.email);
    return known;
  }

  private async joinAsNew(
    invitation: Received,
    input: AcceptInvitation,
    request: PonteRequest,
  ): Promise<User> {
    const { email, account_name } = invitation;
    const { name = invitation.name, locale = invitation.locale, password = '' } = input;
    await assertGoodPassword(password, { email, name, accounts: [account_name] });
    const passwordHash = await hashPassword(password);
    const userId = await this.dataSource.transaction(async (manager) => {
      const made = await this.users.create(manager, { name, email, locale, passwordHash });
      if (made !== null) await this.join(manager, input.token, made);
      return made;
    });
    // Another invitation made the person a moment ago: from now on they are known.
    if (userId === null) return this.accept(input, request);
    await this.limits.forget(invitation.invited_by, invitation.email);
    return this.users.get(userId);
  }

  /** Uses the invitation up: of two who accept at once, the second finds it gone. */
  private async join(manager: EntityManager, token: string, userId: number): Promise<void> {
    const { account_id: accountId, role } = await takeByLink(manager, token);
    await this.accounts.join(manager, accountId, userId, role);
    await recordAudit(manager, {
      action: 'member_added',
      accountId,
      userId,
      subjectId: userId,
      details: { role },
    });
  }
}

async function byLink(manager: EntityManager, token: string, lock = ''): Promise<Received> {
  const [invitation] = await manager.query<Received[]>(`${BY_LINK} ${lock}`, [hashSecret(token)]);
  if (invitation === undefined) throw new RequestProblem('link_invalid');
  return invitation;
}

async function takeByLink(manager: EntityManager, token: string): Promise<Received> {
  const invitation = await byLink(manager, token, 'FOR UPDATE OF invitations');
  await manager.query('DELETE FROM invitations WHERE id = $1', [invitation.id]);
  return invitation;
}
