import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { freePort } from './free-port';

/** A Redis server that nobody else uses. */
export interface OwnRedis {
  /** For `REDIS_URL`. */
  readonly url: string;
  /** Forgets everything. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a Redis on a free port of loopback, which keeps nothing on disk and ends with this process. */
export async function startRedis(): Promise<OwnRedis> {
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', ''];
  const server = spawn('redis-server', args, { stdio: 'ignore' });
  const end = () => server.kill('SIGKILL');
  process.once('exit', end);
  const url = `redis://127.0.0.1:${port}`;
  const redis = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  redis.on('error', () => {
    // Expected until it has started; the ping waits for it.
  });
  await redis.ping();
  return {
    url,
    empty: async () => void (await redis.flushall()),
    stop: async () => {
      redis.disconnect();
      process.off('exit', end);
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
    },
  };
}
