import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { freePort } from './free-port';

/** A Redis server that nobody else uses. */
export interface OwnRedis {
  /** For `REDIS_URL`. */
  readonly url: string;
  /** Forgets everything. */
  empty(): Promise<void>;
  /** Any command, such as `CONFIG SET maxmemory 1`. */
  command(name: string, ...args: readonly string[]): Promise<unknown>;
  /** Ends the server, which can be started again at the same address with `resume`. */
  halt(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a Redis on a free port of loopback, which keeps nothing on disk and ends with this process. */
export async function startRedis(): Promise<OwnRedis> {
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', ''];
  const start = () => spawn('redis-server', args, { stdio: 'ignore' });
  let server = start();
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  const url = `redis://127.0.0.1:${port}`;
  const redis = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  redis.on('error', () => {
    // Expected until it has started; the ping waits for it.
  });
  await redis.ping();
  return {
    url,
    empty: async () => void (await redis.flushall()),
    command: (name, ...words) => redis.call(name, ...words),
    halt: () => end(server),
    resume: async () => {
      server = start();
      await redis.ping();
    },
    stop: async () => {
      redis.disconnect();
      process.off('exit', kill);
      await end(server);
    },
  };
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
}
