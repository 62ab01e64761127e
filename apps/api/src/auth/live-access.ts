import { Injectable } from '@nestjs/common';
import { defineAbility } from '@ponte/permissions';
import { DataSource } from 'typeorm';
import { MEMBERSHIP, type Membership } from '../accounts';
import type { Permission } from '../platform/http/access';
import type { AccountContext } from '../platform/http/caller';
import { TOKEN_LIVES } from './access-tokens';
import { SESSION_LIVES } from './sessions';

const STILL_THERE = {
  session: `EXISTS (SELECT FROM sessions WHERE sessions.id = $3 AND sessions.user_id = $1 AND ${SESSION_LIVES})`,
  token: `EXISTS (SELECT FROM access_tokens WHERE access_tokens.id = $3 AND access_tokens.user_id = $1 AND ${TOKEN_LIVES})`,
} as const;

/** Asks again, during an answer that takes long, what the guards asked before it began. */
@Injectable()
export class LiveAccess {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * One query. False when the session or token was ended or has expired, the person was removed, or their role lost the
   * permission.
   */
  async mayStill({ accountId, caller }: AccountContext, { action, subject }: Permission): Promise<boolean> {
    const rows = await this.dataSource.query<Membership[]>(`${MEMBERSHIP} AND ${STILL_THERE[caller.via]}`, [
      caller.userId,
      accountId,
      caller.sessionId ?? caller.tokenId ?? null,
    ]);
    const role = rows[0] === undefined || rows[0].lacksSecondFactor ? null : rows[0].role;
    return defineAbility(role).can(action, subject);
  }
}
