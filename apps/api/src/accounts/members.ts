import { Injectable } from '@nestjs/common';
import type { List, MemberView, UpdateMember } from '@ponte/contracts';
import { DataSource, Not, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit';
import type { AccountContext } from '../platform/http/caller';
import { RequestProblem } from '../platform/http/request-problem';
import { Member } from './member.entity';

const MEMBER_VIEW = `
  SELECT users.id, users.name, users.email, members.role,
    users.second_factor_since IS NOT NULL AS has_second_factor, members.created_at
  FROM members JOIN users ON users.id = members.user_id`;

interface MemberRow extends Omit<MemberView, 'created_at'> {
  created_at: Date;
}

/** The members of one account. An account always keeps an administrator. */
@Injectable()
export class Members {
  constructor(private readonly dataSource: DataSource) {}

  async list({ accountId }: AccountContext, page: number, perPage: number): Promise<List<MemberView>> {
    const rows = await this.dataSource.query<MemberRow[]>(
      `${MEMBER_VIEW} WHERE members.account_id = $1 ORDER BY ponte_fold(users.name), users.id LIMIT $2 OFFSET $3`,
      [accountId, perPage, (page - 1) * perPage],
    );
    const count = await this.dataSource.manager.countBy(Member, { accountId });
    return { meta: { count, current_page: page }, payload: rows.map(memberView) };
  }

  async changeRole(
    { accountId, caller }: AccountContext,
    userId: number,
    { role }: UpdateMember,
  ): Promise<MemberView> {
    return this.dataSource.transaction(async (manager) => {
      const before = await this.find(manager, accountId, userId);
      if (role === undefined) return before;
      if (role !== 'administrator') await assertNotLastAdministrator(manager, accountId, userId);
      const { affected } = await manager.update(Member, { accountId, userId, role: Not(role) }, { role });
      if (affected === 0) return before;
      await recordAudit(manager, {
        action: 'role_changed',
        accountId,
        userId: caller.userId,
        subjectId: userId,
        details: { role },
      });
      return this.find(manager, accountId, userId);
    });
  }

  remove({ accountId, caller }: AccountContext, userId: number): Promise<void> {
    return this.end('member_removed', accountId, caller.userId, userId);
  }

  /** Any member may go, except the last administrator. */
  leave({ accountId, caller }: AccountContext): Promise<void> {
    return this.end('member_left', accountId, caller.userId, caller.userId);
  }

  private async end(
    action: 'member_removed' | 'member_left',
    accountId: number,
    callerId: number,
    userId: number,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await this.find(manager, accountId, userId);
      await assertNotLastAdministrator(manager, accountId, userId);
      await manager.delete(Member, { accountId, userId });
      await recordAudit(manager, { action, accountId, userId: callerId, subjectId: userId });
    });
  }

  private async find(manager: EntityManager, accountId: number, userId: number): Promise<MemberView> {
    const rows = await manager.query<MemberRow[]>(
      `${MEMBER_VIEW} WHERE members.account_id = $1 AND members.user_id = $2`,
      [accountId, userId],
    );
    if (rows[0] === undefined) throw new RequestProblem('not_found');
    return memberView(rows[0]);
  }
}

/** Locks the account's administrators, so that two of them cannot remove each other at once. */
async function assertNotLastAdministrator(
  manager: EntityManager,
  accountId: number,
  userId: number,
): Promise<void> {
  const administrators = await manager.query<{ user_id: number }[]>(
    `SELECT user_id FROM members WHERE account_id = $1 AND role = 'administrator' FOR UPDATE`,
    [accountId],
  );
  const others = administrators.filter(({ user_id }) => user_id !== userId);
  if (others.length === 0) throw new RequestProblem('last_administrator');
}

function memberView(row: MemberRow): MemberView {
  return { ...row, created_at: row.created_at.toISOString() };
}
