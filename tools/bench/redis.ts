import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { freePort } from './free-port';

export interface OwnRedis {
  readonly url: string;
  /** Forgets everything. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

/** A Redis of one's own that keeps nothing on disk. */
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
