import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { startRedis, type OwnRedis } from '@ponte/testing';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratedConfig, openContext, testConfig } from '../../../test/setup/app-context';
import { query } from '../../../test/setup/database';
import type { Config } from '../config/config';
import { ConfigModule } from '../config/config.module';
import { StartProblem } from '../start-problem';
import { BullJobQueue } from './bull.job-queue';
import { JobQueue } from './job-queue';
import { describeJobQueue, type QueueUnderTest } from './job-queue.contract';
import { PostgresJobQueue } from './postgres.job-queue';
import { assertRedis, QueueModule } from './queue.module';

/** Processes that are open, to be ended after each test. */
function processes(): { keep: (app: INestApplicationContext) => JobQueue; endAll: () => Promise<void> } {
  const apps: INestApplicationContext[] = [];
  return {
    keep: (app) => {
      apps.push(app);
      return app.get(JobQueue);
    },
    endAll: async () => {
      await Promise.all(apps.splice(0).map((app) => app.close()));
    },
  };
}

describe.each(['embedded', 'debian'] as const)('PostgresJobQueue in the %s PostgreSQL', (kind) => {
  let config: Config;
  beforeAll(async () => {
    config = await migratedConfig(kind);
  });

  describeJobQueue((): QueueUnderTest => {
    const { keep, endAll } = processes();
    return {
      open: async () => keep((await openContext(config, { imports: [QueueModule.for(config)] })).app),
      cutConnections: async () => {
        await query(
          config.database.url,
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
        );
      },
      reset: async () => {
        await endAll();
        await query(config.database.url, 'DELETE FROM jobs');
      },
    };
  });

  it('is what the module gives when there is no Redis', async () => {
    const { app } = await openContext(config, { imports: [QueueModule.for(config)] });
    expect(app.get(JobQueue)).toBeInstanceOf(PostgresJobQueue);
    await app.close();
  });
});

describe('BullJobQueue in Redis', () => {
  let server: OwnRedis;
  let config: Config;
  let redis: Redis;

  // A server of its own: cut connections must not disturb other suites.
  beforeAll(async () => {
    server = await startRedis();
    config = testConfig('postgres://nobody@127.0.0.1:1/none', { REDIS_URL: server.url });
    redis = new Redis(server.url);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  async function openProcess(): Promise<INestApplicationContext> {
    @Module({ imports: [ConfigModule.for(config), QueueModule.for(config)] })
    class Process {}
    return NestFactory.createApplicationContext(Process, { logger: false, abortOnError: false });
  }

  describeJobQueue((): QueueUnderTest => {
    const { keep, endAll } = processes();
    return {
      open: async () => keep(await openProcess()),
      cutConnections: async () => {
        await redis.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      },
      reset: async () => {
        await endAll();
        await redis.flushall();
      },
    };
  });

  it('is what the module gives when there is a Redis', async () => {
    const app = await openProcess();
    expect(app.get(JobQueue)).toBeInstanceOf(BullJobQueue);
    await app.close();
  });

  it('keeps nothing of a job that was delivered', async () => {
    const app = await openProcess();
    const queue = app.get(JobQueue);
    const delivered = new Promise((resolve) => void queue.consume('import', 1, async (id) => resolve(id)));
    await queue.add('import', 5);
    expect(await delivered).toBe(5);
    await app.close();
    expect(await redis.keys('bull:import:run-5*')).toEqual([]);
    expect(await redis.zcard('bull:import:completed')).toBe(0);
  });
});

describe('assertRedis', () => {
  const DATABASE = 'postgres://nobody@127.0.0.1:1/none';

  it('asks nobody when there is no Redis', async () => {
    await expect(assertRedis(testConfig(DATABASE))).resolves.toBeUndefined();
  });

  it.each([
    ['nobody listens', 'redis://:hunter2@127.0.0.1:1/0', '127.0.0.1:1'],
    ['there is no such host', 'redis://user:hunter2@ponte.invalid', 'ponte.invalid:6379'],
  ])('says in one sentence that %s', async (_, url, place) => {
    const problem: unknown = await assertRedis(testConfig(DATABASE, { REDIS_URL: url })).catch(
      (error: unknown) => error,
    );
    expect(problem).toBeInstanceOf(StartProblem);
    const message = problem instanceof StartProblem ? problem.message : '';
    expect(message).toContain(place);
    expect(message).toContain('REDIS_URL');
    expect(message).not.toContain('hunter2');
    expect(message).not.toContain('\n');
  });
});
