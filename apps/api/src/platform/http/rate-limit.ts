import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterPostgres, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { RequestProblem } from './request-problem';

/**
 * At most `points` in `seconds` for each key, counted in PostgreSQL by all processes together; in this process alone
 * while the table cannot be written to.
 */
export function rateLimit(
  dataSource: DataSource,
  name: string,
  points: number,
  seconds: number,
): RateLimiterAbstract {
  const options = { keyPrefix: name, points, duration: seconds };
  return new RateLimiterPostgres({
    ...options,
    storeClient: dataSource,
    storeType: 'typeorm',
    tableName: 'rate_limits',
    tableCreated: true,
    insuranceLimiter: new RateLimiterMemory(options),
  });
}

/** Uses one point. Throws `too_many_requests` with the seconds to wait when there is none left. */
export async function spend(limiter: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await limiter.consume(hashed(key));
  } catch (refusal) {
    throw tooMany(refusal);
  }
}

/** Throws `too_many_requests` when there is no point left, without using one. */
export async function assertLeft(limiter: RateLimiterAbstract, key: string): Promise<void> {
  const state = await limiter.get(hashed(key));
  if (state !== null && state.remainingPoints <= 0) throw tooMany(state);
}

/** Uses one point, also when there is none left, and answers how many were used. */
export async function count(limiter: RateLimiterAbstract, key: string): Promise<number> {
  return (await limiter.penalty(hashed(key))).consumedPoints;
}

/** Gives one point back after a `spend` or a `count`, while its window lasts. Points cannot be saved for a later window. */
export async function giveBack(limiter: RateLimiterAbstract, key: string): Promise<void> {
  const state = await limiter.get(hashed(key));
  if (state !== null && state.consumedPoints > 0) await limiter.reward(hashed(key));
}

/** Keys hold addresses of people and of networks: the table keeps neither. */
function hashed(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

function tooMany(refusal: unknown): RequestProblem {
  const wait =
    typeof refusal === 'object' && refusal !== null && 'msBeforeNext' in refusal
      ? Number(refusal.msBeforeNext)
      : 60_000;
  return tooManyRequests(Math.max(1, Math.ceil(wait / 1000)));
}

/** The refusal of a request that may come again after so many seconds. */
export function tooManyRequests(seconds: number): RequestProblem {
  return new RequestProblem('too_many_requests', { retryAfterSeconds: seconds, params: { seconds } });
}
