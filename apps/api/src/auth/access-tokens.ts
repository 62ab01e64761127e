import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  DEFAULT_TOKEN_SCOPES,
  TOKEN_DAYS,
  type AccessTokenView,
  type List,
  type NewAccessToken,
} from '@ponte/contracts';
import { DataSource, Repository, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit';
import type { Caller } from '../platform/http/caller';
import { RequestProblem } from '../platform/http/request-problem';
import { AccessToken } from './access-token.entity';
import { hashSecret, newSecret } from './secrets';

/** Programs that act for a user. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly dataSource: DataSource,
    @InjectRepository(AccessToken) private readonly tokens: Repository<AccessToken>,
  ) {}

  async list({ userId }: Caller): Promise<List<AccessTokenView>> {
    const [tokens, count] = await this.tokens.findAndCount({ where: { userId }, order: { id: 'ASC' } });
    return { meta: { count, current_page: 1 }, payload: tokens.map(tokenView) };
  }

  create({ userId }: Caller, name: string): Promise<NewAccessToken> {
    const token = newSecret();
    return this.dataSource.transaction(async (manager) => {
      const values = { userId, name, hint: token.slice(-4), tokenHash: hashSecret(token), lastUsedAt: null };
      const saved = await manager.save(AccessToken, values);
      await recordAudit(manager, { action: 'access_token_created', userId, subjectId: saved.id });
      const fresh = await manager.findOneByOrFail(AccessToken, { id: saved.id });
      return { ...tokenView(fresh), token };
    });
  }

  async revoke({ userId }: Caller, id: number): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const { affected } = await manager.delete(AccessToken, { id, userId });
      if (affected === 0) throw new RequestProblem('not_found');
      await recordAudit(manager, { action: 'access_token_revoked', userId, subjectId: id });
    });
  }

  /** Revokes every token of a user. */
  async revokeAll(userId: number, manager: EntityManager = this.tokens.manager): Promise<void> {
    await manager.delete(AccessToken, { userId });
  }

  /** The user that a token acts for, or null. */
  async callerOf(token: string): Promise<Caller | null> {
    // The clock of a token moves once a minute at most: a write for every request would be a price without a use.
    const rows = await this.tokens.query<Omit<Caller, 'via'>[]>(
      `WITH used AS (
         UPDATE access_tokens SET last_used_at = now()
         WHERE token_hash = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
       )
       SELECT users.id AS "userId", users.name, users.email, users.locale FROM access_tokens
       JOIN users ON users.id = access_tokens.user_id WHERE token_hash = $1`,
      [hashSecret(token)],
    );
    return rows[0] === undefined ? null : { ...rows[0], via: 'token' };
  }
}

function tokenView(token: AccessToken): AccessTokenView {
  return {
    id: token.id,
    name: token.name,
    hint: token.hint,
    scopes: [...DEFAULT_TOKEN_SCOPES],
    created_at: token.createdAt.toISOString(),
    expires_at: new Date(token.createdAt.getTime() + TOKEN_DAYS.default * 24 * 3600 * 1000).toISOString(),
    last_used_at: token.lastUsedAt?.toISOString() ?? null,
  };
}
