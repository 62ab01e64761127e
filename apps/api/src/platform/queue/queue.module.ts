import { BullModule } from '@nestjs/bull';
import { Module, type DynamicModule } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { Config } from '../config/config';
import { StartProblem } from '../start-problem';
import { BullJobQueue } from './bull.job-queue';
import { JobQueue, QUEUES } from './job-queue';
import { PostgresJobQueue } from './postgres.job-queue';

/** Chooses the driver: Bull when there is a Redis, the database when there is none. */
@Module({})
export class QueueModule {
  static for(config: Config): DynamicModule {
    const imports = config.redisUrl === null ? [] : bull(config.redisUrl);
    const driver = config.redisUrl === null ? PostgresJobQueue : BullJobQueue;
    return {
      module: QueueModule,
      global: true,
      imports,
      providers: [{ provide: JobQueue, useClass: driver }],
      exports: [JobQueue],
    };
  }
}

function bull(url: string): DynamicModule[] {
  return [
    BullModule.forRoot({
      url,
      // The lease says who works, and workers look for themselves what is left: Bull only delivers.
      settings: { lockDuration: 60_000, maxStalledCount: 1_000 },
      defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
    }),
    ...QUEUES.map((name) => BullModule.registerQueue({ name })),
  ];
}

/** Proves before the start that Redis answers. Throws `StartProblem` with one sentence when it does not. */
export async function assertRedis(config: Config): Promise<void> {
  if (config.redisUrl === null) return;
  const redis = new Redis(config.redisUrl, {
    lazyConnect: true,
    connectTimeout: 5_000,
    maxRetriesPerRequest: 1,
    retryStrategy: () => null,
  });
  redis.on('error', () => {
    // The failed ping below tells the same, once.
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    const { hostname, port } = new URL(config.redisUrl);
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem(
      `Redis at ${hostname}:${port || '6379'} does not answer (${reason}): check REDIS_URL, or leave it out to queue in PostgreSQL.`,
    );
  } finally {
    redis.disconnect();
  }
}
