import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../platform/config/config';
import { ownCookie, readCookie, type Cookie } from '../platform/http/cookies';
import { hashSecret, newSecret } from './secrets';

/** The longest that browsers keep a cookie. */
const DAYS = 400;
const MOST_PER_PERSON = 50;

/**
 * Browsers in which a person has signed in before. What others try elsewhere does not lock the person out of them. Each
 * keeps a secret of its own in a cookie; the table has its hash, for each person who signed in there.
 */
@Injectable()
export class KnownBrowsers {
  private readonly cookie: Cookie;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly dataSource: DataSource,
  ) {
    this.cookie = ownCookie(config, 'ponte_browser', DAYS);
  }

  /** A key of this browser when the person has signed in in it before, or null. */
  async find(userId: number, request: Request): Promise<string | null> {
    const hash = this.hashOf(request);
    if (hash === null) return null;
    const rows = await this.dataSource.query<object[]>(
      'SELECT FROM known_browsers WHERE user_id = $1 AND token_hash = $2',
      [userId, hash],
    );
    return rows.length === 0 ? null : hash.toString('base64url');
  }

  /** Remembers that the person has signed in in this browser. */
  async remember(userId: number, request: Request): Promise<void> {
    const secret = this.secretOf(request) ?? newSecret();
    await this.dataSource.query(
      `INSERT INTO known_browsers (user_id, token_hash) VALUES ($1, $2)
       ON CONFLICT (user_id, token_hash) DO UPDATE SET last_used_at = now()`,
      [userId, hashSecret(secret)],
    );
    // Programs that sign in with a password and keep no cookie are a new browser each time.
    await this.dataSource.query(
      `DELETE FROM known_browsers WHERE user_id = $1 AND token_hash IN (
         SELECT token_hash FROM known_browsers WHERE user_id = $1 ORDER BY last_used_at DESC OFFSET $2)`,
      [userId, MOST_PER_PERSON],
    );
    request.res?.cookie(this.cookie.name, secret, this.cookie.options);
  }

  async removeOld(): Promise<void> {
    await this.dataSource.query(
      'DELETE FROM known_browsers WHERE last_used_at < now() - make_interval(days => $1)',
      [DAYS],
    );
  }

  private hashOf(request: Request): Buffer | null {
    const secret = this.secretOf(request);
    return secret === null ? null : hashSecret(secret);
  }

  private secretOf(request: Request): string | null {
    const secret = readCookie(request, this.cookie.name);
    return secret !== null && /^[\w-]{43}$/.test(secret) ? secret : null;
  }
}
