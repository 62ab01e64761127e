import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { CookieOptions } from 'express';
import { Repository, type EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../platform/config/config';
import type { Caller } from '../platform/http/caller';
import { PLAIN_SESSION_COOKIE, readCookie, SECURE_SESSION_COOKIE } from '../platform/http/cookies';
import { hashSecret, newSecret } from './secrets';
import { Session } from './session.entity';
import type { IncomingMessage } from 'node:http';

const LIFETIME_MS = 14 * 24 * 3600 * 1000;

/** Browsers that are signed in. */
@Injectable()
export class Sessions {
  readonly cookieName: string;
  readonly cookieOptions: CookieOptions;

  constructor(
    @Inject(CONFIG) config: Config,
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
  ) {
    const secure = config.publicUrl.startsWith('https:');
    this.cookieName = secure ? SECURE_SESSION_COOKIE : PLAIN_SESSION_COOKIE;
    this.cookieOptions = { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge: LIFETIME_MS };
  }

  /** Begins a session and answers the cookie's value. */
  async begin(userId: number): Promise<string> {
    const secret = newSecret();
    const expiresAt = new Date(Date.now() + LIFETIME_MS);
    await this.sessions.insert({ tokenHash: hashSecret(secret), userId, expiresAt });
    await this.sessions.createQueryBuilder().delete().where('expires_at < now()').execute();
    return secret;
  }

  /** The caller whose cookie the request carries, or null. */
  async callerOf(request: IncomingMessage): Promise<Caller | null> {
    const secret = readCookie(request, this.cookieName);
    if (secret === null) return null;
    const rows = await this.sessions.query<Omit<Caller, 'via'>[]>(
      `SELECT users.id AS "userId", users.name, users.email, users.locale FROM sessions
       JOIN users ON users.id = sessions.user_id WHERE sessions.token_hash = $1 AND sessions.expires_at > now()`,
      [hashSecret(secret)],
    );
    return rows[0] === undefined ? null : { ...rows[0], via: 'session' };
  }

  async end(request: IncomingMessage): Promise<void> {
    const secret = readCookie(request, this.cookieName);
    if (secret !== null) await this.sessions.delete({ tokenHash: hashSecret(secret) });
  }

  /** Ends every session of a user but the one of this request: what a new password means. */
  async endOthers(userId: number, request: IncomingMessage): Promise<void> {
    const secret = readCookie(request, this.cookieName) ?? '';
    await this.sessions.query('DELETE FROM sessions WHERE user_id = $1 AND token_hash <> $2', [
      userId,
      hashSecret(secret),
    ]);
  }

  /** Ends every session of a user. */
  async endAll(userId: number, manager: EntityManager = this.sessions.manager): Promise<void> {
    await manager.delete(Session, { userId });
  }
}
