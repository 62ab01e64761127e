import { Injectable } from '@nestjs/common';
import type { AccountView, Role, UpdateAccount } from '@ponte/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit';
import type { AccountContext } from '../platform/http/caller';
import { RequestProblem } from '../platform/http/request-problem';
import { Account } from './account.entity';
import { Member } from './member.entity';

/** What a person is in an account. */
export interface Membership {
  role: Role;
  /** The account requires a second factor of its administrators, and this one has none. */
  lacksSecondFactor: boolean;
}

/** SQL of a `Membership`: the user is `$1`, the account `$2`. More conditions can follow. */
export const MEMBERSHIP = `
  SELECT members.role, members.role = 'administrator' AND accounts.requires_second_factor
    AND users.second_factor_since IS NULL AS "lacksSecondFactor"
  FROM members JOIN accounts ON accounts.id = members.account_id JOIN users ON users.id = members.user_id
  WHERE members.user_id = $1 AND members.account_id = $2 AND accounts.deleted_at IS NULL`;

/** Accounts and who belongs to them. */
@Injectable()
export class Accounts {
  constructor(private readonly dataSource: DataSource) {}

  /** The accounts of a user, oldest first. */
  of(userId: number): Promise<AccountView[]> {
    return this.dataSource.query(
      `SELECT accounts.id, accounts.name, members.role, accounts.requires_second_factor
       FROM members JOIN accounts ON accounts.id = members.account_id
       WHERE members.user_id = $1 AND accounts.deleted_at IS NULL ORDER BY accounts.id`,
      [userId],
    );
  }

  /** What a user is in an account, or null when they do not belong to it. */
  async membershipOf(userId: number, accountId: number): Promise<Membership | null> {
    const rows = await this.dataSource.query<Membership[]>(MEMBERSHIP, [userId, accountId]);
    return rows[0] ?? null;
  }

  /**
   * Makes an account whose only member is the given user, as its administrator. With a limit it throws
   * `account_limit_reached` when the user has made that many; leaving an account does not change who made it.
   */
  create(name: string, userId: number, limit?: number): Promise<AccountView> {
    return this.dataSource.transaction(async (manager) => {
      if (limit !== undefined) await assertBelowLimit(manager, userId, limit);
      const account = await manager.save(Account, { name, createdBy: userId });
      await manager.insert(Member, { accountId: account.id, userId, role: 'administrator' });
      await recordAudit(manager, { action: 'account_created', accountId: account.id, userId });
      return { id: account.id, name, role: 'administrator' as const, requires_second_factor: false };
    });
  }

  /**
   * Changes name or rules; the audit gets an event only for what really changed. Only an administrator who has a second factor
   * can require one of the others; throws `second_factor_required`.
   */
  async update({ accountId, role, caller }: AccountContext, changes: UpdateAccount): Promise<AccountView> {
    const { name, requires_second_factor } = changes;
    return this.dataSource.transaction(async (manager) => {
      const lock = { mode: 'for_no_key_update' } as const;
      const before = await manager.findOneOrFail(Account, { where: { id: accountId }, lock });
      const rows = await manager.query<AccountView[]>(
        `WITH changed AS (
           UPDATE accounts SET name = coalesce($2, name), requires_second_factor = coalesce($3, requires_second_factor)
           WHERE id = $1 AND ($3 IS NOT TRUE OR EXISTS (
             SELECT 1 FROM users WHERE id = $4 AND second_factor_since IS NOT NULL))
           RETURNING id, name, requires_second_factor
         ) SELECT id, name, $5 AS role, requires_second_factor FROM changed`,
        [accountId, name ?? null, requires_second_factor ?? null, caller.userId, role],
      );
      if (rows[0] === undefined) throw new RequestProblem('second_factor_required');
      const changed = [
        ...(rows[0].name === before.name ? [] : ['name']),
        ...(rows[0].requires_second_factor === before.requiresSecondFactor ? [] : ['requires_second_factor']),
      ];
      if (changed.length > 0) {
        await recordAudit(manager, {
          action: 'account_changed',
          accountId,
          userId: caller.userId,
          subjectId: accountId,
          details: { changed },
        });
      }
      return rows[0];
    });
  }

  /** Makes a user a member; who is one already keeps their role. */
  async join(manager: EntityManager, accountId: number, userId: number, role: Role): Promise<void> {
    await manager.query(
      'INSERT INTO members (account_id, user_id, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [accountId, userId, role],
    );
  }

  /** Whether there is no account at all: a new installation. */
  async isEmpty(): Promise<boolean> {
    return !(await this.dataSource.manager.existsBy(Account, {}));
  }
}

/** Locks the person, so that many requests at once are counted one after the other. */
async function assertBelowLimit(manager: EntityManager, userId: number, limit: number): Promise<void> {
  await manager.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId]);
  const [made] = await manager.query<{ count: number }[]>(
    'SELECT count(*)::int AS count FROM accounts WHERE created_by = $1 AND deleted_at IS NULL',
    [userId],
  );
  if (made === undefined || made.count >= limit)
    throw new RequestProblem('account_limit_reached', { params: { limit } });
}
