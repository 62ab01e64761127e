import { Injectable } from '@nestjs/common';
import type { DeleteAccount } from '@ponte/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit';
import type { AccountContext, Caller } from '../platform/http/caller';
import { RequestProblem } from '../platform/http/request-problem';
import { emailKeyOf } from '../users';
import { closeAccount } from './close-account';

/** Deleting accounts and people. Only a person at a browser may: a token cannot. */
@Injectable()
export class Deletions {
  constructor(private readonly dataSource: DataSource) {}

  /** Deletes an account whose name was typed. */
  async deleteAccount({ accountId, caller }: AccountContext, { name }: DeleteAccount): Promise<void> {
    assertBrowser(caller);
    await this.dataSource.transaction(async (manager) => {
      const [account] = await manager.query<{ name: string }[]>(
        'SELECT name FROM accounts WHERE id = $1 AND deleted_at IS NULL FOR UPDATE',
        [accountId],
      );
      if (account === undefined) throw new RequestProblem('not_found');
      if (account.name !== name.trim()) throw new RequestProblem('account_name_wrong');
      await closeAccount(manager, accountId, caller.userId);
    });
  }

  /**
   * Deletes the signed-in person with their sessions and tokens. Accounts in which they are alone go with them; one that others
   * belong to must have another administrator. What they started stays, and no longer says who. Their password is checked
   * before.
   */
  async deleteProfile(caller: Caller): Promise<void> {
    assertBrowser(caller);
    const { userId } = caller;
    await this.dataSource.transaction(async (manager) => {
      for (const accountId of await soleAccounts(manager, userId))
        await closeAccount(manager, accountId, userId);
      const left = await manager.query<{ account_id: number }[]>(
        'SELECT account_id FROM members WHERE user_id = $1 ORDER BY account_id',
        [userId],
      );
      for (const { account_id: accountId } of left)
        await recordAudit(manager, { action: 'member_left', accountId, userId, subjectId: userId });
      await recordAudit(manager, { action: 'profile_deleted', userId, subjectId: userId });
      await manager.query(
        `DELETE FROM outbox WHERE ${emailKeyOf('to_address')} = (SELECT email_key FROM users WHERE id = $1)`,
        [userId],
      );
      await manager.query('DELETE FROM users WHERE id = $1', [userId]);
    });
  }
}

function assertBrowser({ via }: Caller): void {
  if (via === 'token') throw new RequestProblem('token_not_allowed');
}

/**
 * Locks every administrator and member of the person's accounts, so that two people cannot leave at once. Answers the accounts
 * that have no other member. Throws `last_administrator` for an account that others would be left in without one.
 */
async function soleAccounts(manager: EntityManager, userId: number): Promise<number[]> {
  const members = await manager.query<{ account_id: number; user_id: number; role: string }[]>(
    `SELECT account_id, user_id, role FROM members
     WHERE account_id IN (SELECT account_id FROM members WHERE user_id = $1) ORDER BY account_id, user_id FOR UPDATE`,
    [userId],
  );
  const accounts = new Set(members.map(({ account_id }) => account_id));
  const othersOf = (accountId: number) =>
    members.filter(({ account_id, user_id }) => account_id === accountId && user_id !== userId);
  const isLastAdministrator = (accountId: number) =>
    members.some(
      (member) =>
        member.account_id === accountId && member.user_id === userId && member.role === 'administrator',
    ) && !othersOf(accountId).some(({ role }) => role === 'administrator');
  const sole = [...accounts].filter((accountId) => othersOf(accountId).length === 0);
  if ([...accounts].some((accountId) => !sole.includes(accountId) && isLastAdministrator(accountId)))
    throw new RequestProblem('last_administrator');
  return sole;
}
