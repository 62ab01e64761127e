import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { chmod, chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '@ponte/testing';
import { Client } from 'pg';

const run = promisify(execFile);

const DEBIAN = '/usr/lib/postgresql';
const NOBODY = 65_534;
const START_MS = 30_000;

/** One line of output must hold what `psql` says at most, not what it exports. */
const MAX_WORDS = 64 * 1024 * 1024;

/**
 * A PostgreSQL server of one's own, as Debian ships it: durable, with its default settings. Only the address is chosen,
 * and the locale is C.UTF-8. Databases are named by lower case words.
 */
export interface Postgres {
  /** As the server says it, such as `15.18`. */
  readonly version: string;
  /** Its first process, the parent of all others; another one after `resume`. */
  readonly pid: number;
  /** Where `psql` and the others are. */
  readonly bin: string;
  url(database: string): string;
  /** One statement on a connection of its own. Numbers of 64 bits come as numbers. */
  query<Row extends object>(database: string, sql: string, params?: readonly unknown[]): Promise<Row[]>;
  /** Commands of `psql`, one after the other in one session that ends at the first error. Answers what it printed. */
  psql(database: string, ...commands: readonly string[]): Promise<string>;
  /** A copy, file by file; nobody may be connected to the original. Replaces a database of that name. */
  copyDatabase(from: string, to: string): Promise<void>;
  createDatabase(name: string): Promise<void>;
  dropDatabase(name: string): Promise<void>;
  /** Ends the server, `immediate` as a crash would. Its data stays, for `resume`. */
  halt(how: 'fast' | 'immediate'): Promise<void>;
  /** Starts it again at the same address, and answers when it takes connections. */
  resume(): Promise<void>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

/**
 * Starts Debian's newest PostgreSQL on an empty folder, as `nobody` when root asks, because it refuses root.
 *
 * @param changed settings that shall not have their default, such as `shared_buffers=1GB`
 */
export async function startPostgres(...changed: readonly string[]): Promise<Postgres> {
  const [newest] = (await readdir(DEBIAN)).sort((a, b) => Number(b) - Number(a));
  if (newest === undefined) throw new Error(`There is no PostgreSQL in ${DEBIAN}.`);
  const bin = join(DEBIAN, newest, 'bin');
  const folder = await mkdtemp(join(tmpdir(), 'ponte-bench-postgres-'));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    await chmod(folder, 0o700);
    await chown(folder, NOBODY, NOBODY);
  }
  const identity = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const data = join(folder, 'data');
  const initdb = ['-D', data, '-U', 'ponte', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'];
  await run(join(bin, 'initdb'), initdb, { cwd: '/', ...identity });

  const port = await freePort();
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', ...changed];
  const start = () =>
    spawn(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
      cwd: '/',
      stdio: 'ignore',
      ...identity,
    });
  let server = start();
  const end = () => {
    server.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', end);
  const url = (database: string) => `postgres://ponte@127.0.0.1:${port}/${database}`;
  const postgres: Postgres = {
    version: await untilAnswers(url('postgres')),
    get pid() {
      return server.pid ?? 0;
    },
    bin,
    url,
    query: (database, sql, params = []) => query(url(database), sql, params),
    psql: async (database, ...commands) => {
      const words = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', url(database)];
      const args = [...words, ...commands.flatMap((command) => ['-c', command])];
      return (await run(join(bin, 'psql'), args, { maxBuffer: MAX_WORDS })).stdout;
    },
    copyDatabase: async (from, to) => {
      await postgres.dropDatabase(to);
      // The other strategy writes the whole copy into the log of changes, which the next measurement would pay for.
      await postgres.query('postgres', `CREATE DATABASE ${to} TEMPLATE ${from} STRATEGY file_copy`);
    },
    createDatabase: async (name) => void (await postgres.query('postgres', `CREATE DATABASE ${name}`)),
    dropDatabase: async (name) =>
      void (await postgres.query('postgres', `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
    halt: async (how) => {
      if (server.exitCode !== null) return;
      const ended = once(server, 'exit');
      server.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await ended;
    },
    resume: async () => {
      server = start();
      await untilAnswers(url('postgres'));
    },
    stop: async () => {
      process.off('exit', end);
      await postgres.halt('fast');
      await rm(folder, { recursive: true, force: true });
    },
  };
  return postgres;
}

const INT8 = 20;

async function query<Row extends object>(
  connectionString: string,
  sql: string,
  params: readonly unknown[],
): Promise<Row[]> {
  const client = new Client({ connectionString });
  client.setTypeParser(INT8, Number);
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...params])).rows;
  } finally {
    await client.end();
  }
}

async function untilAnswers(url: string): Promise<string> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    try {
      const [row] = await query<{ version: string }>(
        url,
        "SELECT current_setting('server_version') AS version",
        [],
      );
      return (row?.version ?? '').split(' ', 1)[0] ?? '';
    } catch (error) {
      // Expected until it listens.
      if (Date.now() > deadline) throw error;
      await pause(50);
    }
  }
}
