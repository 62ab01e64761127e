import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AccountView, Role } from '@ponte/contracts';
import { recordAudit } from '../audit';
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
       WHERE members.user_id = $1 AND accounts.deleted_at IS NULL ORDER BY accounts.id`,
      [userId],
    );
  }

  /** The role of a user in an account, or null when they do not belong to it. */
  async roleOf(userId: number, accountId: number): Promise<Role | null> {
    const [member] = await this.dataSource.query<{ role: Role }[]>(
      `SELECT role FROM members JOIN accounts ON accounts.id = account_id
       WHERE account_id = $1 AND user_id = $2 AND deleted_at IS NULL`,
      [accountId, userId],
    );
    return member?.role ?? null;
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
