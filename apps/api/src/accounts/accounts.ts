import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AccountView, Role } from '@ponte/contracts';
import { recordAudit } from '../audit';
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

  /** Makes an account whose only member is the given user, as its administrator. */
  create(name: string, userId: number): Promise<AccountView> {
    return this.dataSource.transaction(async (manager) => {
      const account = await manager.save(Account, { name });
      await manager.insert(Member, { accountId: account.id, userId, role: 'administrator' });
      await recordAudit(manager, { action: 'account_created', accountId: account.id, userId });
      return { id: account.id, name, role: 'administrator' as const, requires_second_factor: false };
    });
  }

  async join(accountId: number, userId: number, role: Role): Promise<void> {
    await this.dataSource.manager.insert(Member, { accountId, userId, role });
  }

  /** Whether there is no account at all: a new installation. */
  async isEmpty(): Promise<boolean> {
    return !(await this.dataSource.manager.existsBy(Account, {}));
  }
}
