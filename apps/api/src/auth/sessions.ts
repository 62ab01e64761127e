import { Inject, Injectable } from '@nestjs/common';
import type { List, SessionView } from '@ponte/contracts';
import type { Request } from 'express';
import { DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit';
import { CONFIG, type Config } from '../platform/config/config';
import type { Caller } from '../platform/http/caller';
import { ownCookie, readCookie, type Cookie } from '../platform/http/cookies';
import { RequestProblem } from '../platform/http/request-problem';
import { KnownBrowsers } from './known-browsers';
import { noteUse } from './note-use';
import { hashSecret, newSecret } from './secrets';

/** However much it is used, a session ends after these days. */
const DAYS = 14;
/** A session ends after these hours without a request: a working day, and not the night after it. */
const IDLE_HOURS = 12;
const MOST_LISTED = 100;

/** SQL: when a session ends if nothing more is asked, by the database's clock. */
const ENDS_AT = `least(sessions.expires_at, sessions.last_used_at + interval '${IDLE_HOURS} hours')`;
/** SQL: whether a session still counts. */
export const SESSION_LIVES = `${ENDS_AT} > now()`;

interface FoundSession extends Omit<Caller, 'via'> {
  sessionId: number;
  isNoted: boolean;
}

interface SessionRow extends Omit<SessionView, 'created_at' | 'last_used_at' | 'expires_at' | 'is_current'> {
  created_at: Date;
  last_used_at: Date;
  expires_at: Date;
}

/** Browsers that are signed in. */
@Injectable()
export class Sessions {
  private readonly cookie: Cookie;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly dataSource: DataSource,
    private readonly browsers: KnownBrowsers,
  ) {
    this.cookie = ownCookie(config, 'ponte_session', DAYS);
  }

  /** Signs a person in: sets the cookie of a new session, and ends the one that this browser had. */
  async begin(userId: number, request: Request): Promise<void> {
    const secret = newSecret();
    await this.dataSource.transaction(async (manager) => {
      await manager.query('DELETE FROM sessions WHERE token_hash = $1', [this.hashOf(request)]);
      await manager.query(
        `INSERT INTO sessions (token_hash, user_id, expires_at, address, user_agent)
         VALUES ($1, $2, now() + make_interval(days => $3), $4, $5)`,
        [hashSecret(secret), userId, DAYS, ...sender(request)],
      );
      await recordAudit(manager, { action: 'signed_in', userId });
    });
    request.res?.cookie(this.cookie.name, secret, this.cookie.options);
    await this.browsers.remember(userId, request);
  }

  /** The caller whose cookie the request carries, or null. */
  async callerOf(request: Request): Promise<Caller | null> {
    const hash = this.hashOf(request);
    if (hash === null) return null;
    const rows = await this.dataSource.query<FoundSession[]>(
      `SELECT users.id AS "userId", users.name, users.email, users.locale, sessions.id AS "sessionId",
         sessions.last_used_at > now() - interval '1 minute' AS "isNoted"
       FROM sessions JOIN users ON users.id = sessions.user_id
       WHERE sessions.token_hash = $1 AND ${SESSION_LIVES}`,
      [hash],
    );
    if (rows[0] === undefined) return null;
    const { isNoted, ...caller } = rows[0];
    if (!isNoted) {
      const sql = 'UPDATE sessions SET last_used_at = now(), address = $2, user_agent = $3 WHERE id = $1';
      await noteUse(this.dataSource, sql, [caller.sessionId, ...sender(request)]);
    }
    return { ...caller, via: 'session' };
  }

  /** Those that still count, the last used first. */
  async list({ userId, sessionId }: Caller): Promise<List<SessionView>> {
    const rows = await this.dataSource.query<SessionRow[]>(
      `SELECT id, created_at, last_used_at, ${ENDS_AT} AS expires_at, address, user_agent FROM sessions
       WHERE user_id = $1 AND ${SESSION_LIVES} ORDER BY id = $2 DESC, last_used_at DESC, id DESC`,
      [userId, sessionId ?? null],
    );
    const payload = rows.slice(0, MOST_LISTED).map((row) => ({
      ...row,
      created_at: row.created_at.toISOString(),
      last_used_at: row.last_used_at.toISOString(),
      expires_at: row.expires_at.toISOString(),
      is_current: row.id === sessionId,
    }));
    return { meta: { count: rows.length, current_page: 1 }, payload };
  }

  /** Ends the session of this request, if there is one, and takes its cookie back. */
  async signOut(request: Request): Promise<void> {
    const { maxAge: _, ...options } = this.cookie.options;
    request.res?.clearCookie(this.cookie.name, options);
    await this.dataSource.transaction(async (manager) => {
      const [ended] = await deleted(manager, 'token_hash = $1', [this.hashOf(request)]);
      if (ended !== undefined)
        await recordAudit(manager, { action: 'signed_out', userId: ended.user_id, subjectId: ended.id });
    });
  }

  /** Ends one session of the caller. Throws `not_found`. */
  async endOne({ userId }: Caller, id: number): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [ended] = await deleted(manager, `user_id = $1 AND id = $2 AND ${SESSION_LIVES}`, [userId, id]);
      if (ended === undefined) throw new RequestProblem('not_found');
      await recordAudit(manager, { action: 'session_ended', userId, subjectId: id, count: 1 });
    });
  }

  /** Ends every session of the caller but the one of this request. */
  async endOthers({ userId, sessionId }: Caller, manager = this.dataSource.manager): Promise<void> {
    const ended = await deleted(manager, 'user_id = $1 AND id IS DISTINCT FROM $2', [
      userId,
      sessionId ?? null,
    ]);
    if (ended.length > 0)
      await recordAudit(manager, { action: 'session_ended', userId, count: ended.length });
  }

  async removeOld(): Promise<void> {
    await this.dataSource.query(`DELETE FROM sessions WHERE NOT ${SESSION_LIVES}`);
  }

  private hashOf(request: Request): Buffer | null {
    const secret = readCookie(request, this.cookie.name);
    return secret === null ? null : hashSecret(secret);
  }
}

/** Ends every session of a person, inside the given transaction. */
export async function endSessions(manager: EntityManager, userId: number): Promise<void> {
  const ended = await deleted(manager, 'user_id = $1', [userId]);
  if (ended.length > 0) await recordAudit(manager, { action: 'session_ended', userId, count: ended.length });
}

async function deleted(
  manager: EntityManager,
  condition: string,
  params: unknown[],
): Promise<{ id: number; user_id: number }[]> {
  return manager.query(
    `WITH ended AS (DELETE FROM sessions WHERE ${condition} RETURNING id, user_id) SELECT id, user_id FROM ended`,
    params,
  );
}

/** Where a request comes from and what sent it, as far as it is kept. */
function sender(request: Request): [address: string | null, userAgent: string | null] {
  return [request.ip ?? null, request.headers['user-agent']?.slice(0, 300) ?? null];
}
