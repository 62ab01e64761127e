import { RateLimiterMemory, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { RequestProblem } from './request-problem';

/** At most `points` in `seconds` for each key, counted in this process. */
export function rateLimit(points: number, seconds: number): RateLimiterAbstract {
  return new RateLimiterMemory({ points, duration: seconds });
}

/** Uses one point. Throws `too_many_requests` with the seconds to wait when there is none left. */
export async function spend(limiter: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    throw tooMany(refusal);
  }
}

/** Throws `too_many_requests` when there is no point left, without using one. */
export async function assertLeft(limiter: RateLimiterAbstract, key: string): Promise<void> {
  const state = await limiter.get(key);
  if (state !== null && state.remainingPoints <= 0) throw tooMany(state);
}

/** Takes a `spend` back. */
export async function giveBack(limiter: RateLimiterAbstract, key: string): Promise<void> {
  await limiter.reward(key);
}

function tooMany(refusal: unknown): RequestProblem {
  const wait =
    typeof refusal === 'object' && refusal !== null && 'msBeforeNext' in refusal
      ? Number(refusal.msBeforeNext)
      : 60_000;
  const seconds = Math.max(1, Math.ceil(wait / 1000));
  return new RequestProblem('too_many_requests', { retryAfterSeconds: seconds, params: { seconds } });
}
