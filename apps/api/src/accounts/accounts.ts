import { Injectable } from '@nestjs/common';
import type { AccountView, Role } from '@ponte/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit';
import { RequestProblem } from '../platform/http/request-problem';
import { Account } from './account.entity';
import { Member } from './member.entity';

/** Accounts and who belongs to them. */
@Injectable()
export class Accounts {
  constructor(private readonly dataSource: DataSource) {}

  /** The accounts of a user, oldest first. */
  of(userId: number): Promise<AccountView[]> {
    return this.dataSource.query(
      `SELECT accounts.id, accounts.name, members.role, false AS requires_second_factor FROM members JOIN accounts ON accounts.id = members.account_id
       WHERE members.user_id = $1 ORDER BY accounts.id`,
      [userId],
    );
  }

  /** The role of a user in an account, or null when they do not belong to it. */
  async roleOf(userId: number, accountId: number): Promise<Role | null> {
    const member = await this.dataSource.manager.findOneBy(Member, { accountId, userId });
    return member?.role ?? null;
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
  const made = await manager.countBy(Account, { createdBy: userId });
  if (made >= limit) throw new RequestProblem('account_limit_reached', { params: { limit } });
}
