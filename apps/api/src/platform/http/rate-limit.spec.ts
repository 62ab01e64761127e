import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { assertLeft, giveBack, rateLimit, spend } from './rate-limit';
import { RequestProblem } from './request-problem';

const TOO_MANY = { code: 'too_many_requests', status: 429 };

describe('spend', () => {
  it('takes as many as there are, then says how long to wait', async () => {
    const limiter = rateLimit(3, 60);
    for (const _ of [1, 2, 3]) await spend(limiter, 'ana');
    const refusal: unknown = await spend(limiter, 'ana').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RequestProblem);
    expect(refusal).toMatchObject(TOO_MANY);
    const seconds = refusal instanceof RequestProblem ? refusal.details.retryAfterSeconds : undefined;
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refusal).toMatchObject({ details: { params: { seconds } } });
  });

  it('counts each key and each limiter for itself', async () => {
    const [one, other] = [rateLimit(1, 60), rateLimit(1, 60)];
    await spend(one, 'ana');
    await spend(one, 'bia');
    await spend(other, 'ana');
    await expect(spend(one, 'ana')).rejects.toMatchObject(TOO_MANY);
  });

  it('lets no more through although all ask at once', async () => {
    const limiter = rateLimit(5, 60);
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => spend(limiter, 'ana')));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  });

  it('begins anew when the time is over', async () => {
    const limiter = rateLimit(1, 1);
    await spend(limiter, 'ana');
    await expect(spend(limiter, 'ana')).rejects.toMatchObject({ details: { retryAfterSeconds: 1 } });
    const isLeft = () =>
      assertLeft(limiter, 'ana').then(
        () => true,
        () => false,
      );
    for (const end = Date.now() + 5_000; !(await isLeft()) && Date.now() < end;) await pause(50);
    await spend(limiter, 'ana');
  });
});

describe('assertLeft', () => {
  it('uses nothing', async () => {
    const limiter = rateLimit(1, 60);
    for (const _ of [1, 2, 3]) await assertLeft(limiter, 'ana');
    await spend(limiter, 'ana');
    await expect(assertLeft(limiter, 'ana')).rejects.toMatchObject(TOO_MANY);
    await assertLeft(limiter, 'bia');
  });
});

describe('giveBack', () => {
  it('makes a point usable again', async () => {
    const limiter = rateLimit(2, 60);
    for (let round = 0; round < 10; round += 1) {
      await spend(limiter, 'ana');
      await giveBack(limiter, 'ana');
    }
    await spend(limiter, 'ana');
    await spend(limiter, 'ana');
    await expect(spend(limiter, 'ana')).rejects.toMatchObject(TOO_MANY);
  });
});
