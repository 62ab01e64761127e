import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  DEFAULT_TOKEN_SCOPES,
  TOKEN_DAYS,
  TOKENS_PER_PERSON,
  type AccessTokenView,
  type CreateAccessToken,
  type List,
  type NewAccessToken,
} from '@ponte/contracts';
import { DataSource, Repository, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit';
import type { Caller } from '../platform/http/caller';
import { RequestProblem } from '../platform/http/request-problem';
import { AccessToken } from './access-token.entity';
import { noteUse } from './note-use';
import { hashSecret, newSecret } from './secrets';

/** SQL: whether a token still counts, by the database's clock. */
export const TOKEN_LIVES = 'access_tokens.expires_at > now()';

interface FoundToken extends Omit<Caller, 'via'> {
  tokenId: number;
  isNoted: boolean;
}

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

  /** Throws `token_limit_reached`, and `request_invalid` for an expiry that is over or too far away. */
  create({ userId }: Caller, { name, scopes, expires_at }: CreateAccessToken): Promise<NewAccessToken> {
    const token = newSecret();
    return this.dataSource.transaction(async (manager) => {
      await assertOneMore(manager, userId);
      const values = {
        userId,
        name,
        hint: token.slice(-4),
        tokenHash: hashSecret(token),
        scopes: [...new Set(scopes ?? DEFAULT_TOKEN_SCOPES)],
        expiresAt: await expiryOf(manager, expires_at),
        lastUsedAt: null,
      };
      const saved = await manager.save(AccessToken, values);
      await recordAudit(manager, {
        action: 'access_token_created',
        userId,
        subjectId: saved.id,
        details: { scopes: values.scopes },
      });
      const fresh = await manager.findOneByOrFail(AccessToken, { id: saved.id });
      return { ...tokenView(fresh), token };
    });
  }

  async revoke({ userId }: Caller, id: number): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const { affected } = await manager.delete(AccessToken, { id, userId });
      if (affected === 0) throw new RequestProblem('not_found');
      await recordAudit(manager, { action: 'access_token_revoked', userId, subjectId: id, count: 1 });
    });
  }

  /** Ends every token of a person. */
  async revokeAll(userId: number, manager: EntityManager = this.dataSource.manager): Promise<void> {
    const { affected } = await manager.delete(AccessToken, { userId });
    if (affected) await recordAudit(manager, { action: 'access_token_revoked', userId, count: affected });
  }

  /** The user that a token acts for, or null. */
  async callerOf(token: string): Promise<Caller | null> {
    const rows = await this.tokens.query<FoundToken[]>(
      `SELECT users.id AS "userId", users.name, users.email, users.locale, access_tokens.id AS "tokenId", scopes,
         coalesce(last_used_at > now() - interval '1 minute', false) AS "isNoted"
       FROM access_tokens JOIN users ON users.id = access_tokens.user_id WHERE token_hash = $1 AND ${TOKEN_LIVES}`,
      [hashSecret(token)],
    );
    if (rows[0] === undefined) return null;
    const { isNoted, ...caller } = rows[0];
    // Once a minute at most: a write for every request would be a price without a use.
    if (!isNoted) {
      const sql = 'UPDATE access_tokens SET last_used_at = now() WHERE id = $1';
      await noteUse(this.dataSource, sql, [caller.tokenId]);
    }
    return { ...caller, via: 'token' };
  }
}

/** Locks the person, so that two requests at once do not make one token too many. */
async function assertOneMore(manager: EntityManager, userId: number): Promise<void> {
  await manager.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId]);
  const rows = await manager.query<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM access_tokens WHERE user_id = $1 AND ${TOKEN_LIVES}`,
    [userId],
  );
  if ((rows[0]?.count ?? 0) >= TOKENS_PER_PERSON)
    throw new RequestProblem('token_limit_reached', { params: { limit: TOKENS_PER_PERSON } });
}

/** The expiry that was asked for, or the usual one. An hour is left to clocks that go wrong. */
async function expiryOf(manager: EntityManager, asked: string | undefined): Promise<Date> {
  const rows = await manager.query<{ expiry: Date }[]>(
    `SELECT least(expiry, now() + make_interval(days => $3)) AS expiry
     FROM coalesce($1::timestamptz, now() + make_interval(days => $2)) AS expiry
     WHERE expiry > now() AND expiry < now() + make_interval(days => $3, hours => 1)`,
    [asked ?? null, TOKEN_DAYS.default, TOKEN_DAYS.max],
  );
  if (rows[0] === undefined)
    throw new RequestProblem('request_invalid', { issues: [{ field: 'expires_at', code: 'invalid' }] });
  return rows[0].expiry;
}

function tokenView(token: AccessToken): AccessTokenView {
  return {
    id: token.id,
    name: token.name,
    hint: token.hint,
    scopes: token.scopes,
    created_at: token.createdAt.toISOString(),
    expires_at: token.expiresAt.toISOString(),
    last_used_at: token.lastUsedAt?.toISOString() ?? null,
  };
}
