import { Redis } from 'ioredis';

const LIMIT_MS = 2_000;
const KEY = 'ponte:ready';

/** A connection of its own to Redis, which proves that Redis takes what it is given: one that is full answers a ping. */
export class RedisProbe {
  private readonly redis: Redis;

  constructor(url: string) {
    this.redis = new Redis(url, {
      lazyConnect: true,
      enableOfflineQueue: false,
      connectTimeout: LIMIT_MS,
      commandTimeout: LIMIT_MS,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    });
    this.redis.on('error', () => {
      // The command that fails tells the same.
    });
  }

  /** Throws when Redis is away, full or read-only. */
  async check(): Promise<void> {
    // It does not connect again by itself: the check that finds it away is the one that tries.
    if (this.redis.status === 'wait' || this.redis.status === 'end') await this.redis.connect();
    await this.redis.set(KEY, '1', 'EX', 60);
  }

  close(): void {
    this.redis.disconnect();
  }
}
