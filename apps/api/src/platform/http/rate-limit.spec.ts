import type { INestApplicationContext } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../../test/setup/app-context';
import { assertLeft, count, giveBack, rateLimit, spend } from './rate-limit';
import { RequestProblem } from './request-problem';

const TOO_MANY = { code: 'too_many_requests', status: 429 };

let apps: INestApplicationContext[];
let processes: DataSource[];
let names = 0;

beforeAll(async () => {
  const config = await migratedConfig();
  const opened = [await openContext(config), await openContext(config)];
  apps = opened.map(({ app }) => app);
  processes = opened.map(({ dataSource }) => dataSource);
});
afterAll(() => Promise.all(apps.map((app) => app.close())));

/** The same new limit in each of two processes. */
function limits(points: number, seconds: number): [RateLimiterAbstract, RateLimiterAbstract] {
  const name = `limit-${(names += 1)}`;
  const [one, other] = processes.map((dataSource) => rateLimit(dataSource, name, points, seconds));
  if (one === undefined || other === undefined) throw new Error('There are two processes.');
  return [one, other];
}

describe('spend', () => {
  it('takes as many as there are, then says how long to wait', async () => {
    const [limiter] = limits(3, 60);
    for (const _ of [1, 2, 3]) await spend(limiter, 'ana');
    const refusal: unknown = await spend(limiter, 'ana').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RequestProblem);
    expect(refusal).toMatchObject(TOO_MANY);
    const seconds = refusal instanceof RequestProblem ? refusal.details.retryAfterSeconds : undefined;
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refusal).toMatchObject({ details: { params: { seconds } } });
  });

  it('counts each key and each limit for itself', async () => {
    const [[one], [other]] = [limits(1, 60), limits(1, 60)];
    await spend(one, 'ana');
    await spend(one, 'bia');
    await spend(other, 'ana');
    await expect(spend(one, 'ana')).rejects.toMatchObject(TOO_MANY);
  });

  it('counts all processes together, although all ask at once', async () => {
    const both = limits(5, 60);
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) => spend(index % 2 === 0 ? both[0] : both[1], 'ana')),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  });

  it('begins anew when the time is over', async () => {
    const [limiter] = limits(1, 1);
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

  it('keeps no key in clear', async () => {
    const [limiter] = limits(1, 60);
    await spend(limiter, 'ana@ponte.example');
    const rows = await processes[0]?.query<object[]>('SELECT * FROM rate_limits');
    expect(JSON.stringify(rows)).not.toContain('ana@');
  });
});

describe('without its table', () => {
  it('counts in the process', async () => {
    const config = await migratedConfig();
    const { app, dataSource } = await openContext(config);
    await dataSource.query('DROP TABLE rate_limits');
    const limiter = rateLimit(dataSource, 'away', 2, 60);
    await spend(limiter, 'ana');
    await spend(limiter, 'ana');
    await expect(spend(limiter, 'ana')).rejects.toMatchObject(TOO_MANY);
    await expect(assertLeft(limiter, 'ana')).rejects.toMatchObject(TOO_MANY);
    await app.close();
  });
});

describe('assertLeft', () => {
  it('uses nothing', async () => {
    const [one, other] = limits(1, 60);
    for (const _ of [1, 2, 3]) await assertLeft(one, 'ana');
    await spend(one, 'ana');
    await expect(assertLeft(other, 'ana')).rejects.toMatchObject(TOO_MANY);
    await assertLeft(one, 'bia');
  });
});

describe('count', () => {
  it('goes on where spend would refuse', async () => {
    const [one, other] = limits(1, 60);
    const counts = [await count(one, 'ana'), await count(other, 'ana'), await count(one, 'ana')];
    expect(counts).toEqual([1, 2, 3]);
  });
});

describe('giveBack', () => {
  it('makes a point usable again', async () => {
    const [limiter] = limits(2, 60);
    for (let round = 0; round < 10; round += 1) {
      await spend(limiter, 'ana');
      await giveBack(limiter, 'ana');
    }
    await spend(limiter, 'ana');
    await spend(limiter, 'ana');
    await expect(spend(limiter, 'ana')).rejects.toMatchObject(TOO_MANY);
  });

  it('saves nothing for later', async () => {
    const [limiter] = limits(1, 60);
    await giveBack(limiter, 'ana');
    await spend(limiter, 'ana');
    await giveBack(limiter, 'ana');
    await giveBack(limiter, 'ana');
    await spend(limiter, 'ana');
    await expect(spend(limiter, 'ana')).rejects.toMatchObject(TOO_MANY);
  });
});
