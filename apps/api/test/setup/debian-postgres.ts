import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '@ponte/testing';
import { Client } from 'pg';

const NOBODY = 65_534;
const DEBIAN = '/usr/lib/postgresql';

/** Debian's own PostgreSQL on a new, empty folder: the version that a production server is likely to have. */
export async function startDebianPostgres(
  directory: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const [version] = (await readdir(DEBIAN).catch(() => [])).sort((a, b) => Number(b) - Number(a));
  if (version === undefined)
    throw new Error("Debian's PostgreSQL is not installed: apt-get install postgresql");
  const bin = join(DEBIAN, version, 'bin');
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await chown(directory, NOBODY, NOBODY);
  const identity = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const data = join(directory, 'data');
  const initdb = ['-D', data, '-U', 'ponte', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
  await promisify(execFile)(join(bin, 'initdb'), initdb, { cwd: '/', ...identity });
  const port = await freePort();
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'max_connections=200',
  ];
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    {
      cwd: '/',
      stdio: 'ignore',
      ...identity,
    },
  );
  const url = `postgres://ponte@127.0.0.1:${port}/postgres`;
  await answers(url);
  return {
    url,
    stop: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGINT');
      await ended;
    },
  };
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      // Expected until it has started.
      await pause(100);
    }
  }
  throw new Error('PostgreSQL did not start.');
}
