import { randomBytes } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StartProblem } from '../platform/start-problem';
import { chownTree } from './chown-tree';
import { openPostgresPrograms, type PostgresPrograms } from './postgres-programs';
import { readPostmaster, stopOrphan } from './postmaster';
import { isAlive } from './process-identity';

export interface EmbeddedPostgres {
  url: string;
  /** Fulfilled when the server has ended, whoever ended it. */
  ended: Promise<void>;
  /** Ends connections, writes everything down, and waits. */
  stop(): Promise<void>;
  /** Ends it without writing everything down: the next start takes a little longer. */
  hurry(): void;
}

export interface EmbeddedPostgresOptions {
  /** Kept between starts: the data, the password, the log. */
  directory: string;
  /** A free one when it is not given. */
  port?: number;
  /** For tests: nothing waits for the disk, and a power cut loses the data. */
  durability?: 'full' | 'none';
}

const USER = 'ponte';
const MAJOR_VERSION = '18';
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
const START_LIMIT_MS = 60_000;

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'timezone=UTC',
  'log_timezone=UTC',
  'jit=off',
  // Statements and details of errors hold names and phones.
  'log_error_verbosity=terse',
  'log_min_error_statement=panic',
];
const CARELESS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/**
 * A real PostgreSQL on loopback, from an npm package. Makes its data on the first start, uses it again on later ones,
 * and ends a server that a killed process left on it. Throws `StartProblem` when it cannot run here.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const directory = resolve(options.directory);
  const cluster = join(directory, 'cluster');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const programs = await openPostgresPrograms(directory);
  const password = await readPassword(directory);
  await stopOrphan(cluster);
  await prepareCluster(directory, cluster, password, programs, options.durability === 'none');

  const settings = options.durability === 'none' ? [...SETTINGS, ...CARELESS] : SETTINGS;
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await findFreePort());
    const server = await launch(directory, programs, cluster, [...settings, `port=${port}`]);
    if (await isReady(server, cluster)) {
      return running(server, addressOf(password, port));
    }
    // Somebody else may have taken the port meanwhile, or the last connections of a killed server are still ending.
    if (attempt === 3) {
      throw new StartProblem(
        `The embedded PostgreSQL did not start: its own words are at the end of ${join(directory, 'server.log')}.`,
      );
    }
    await pause(300 * attempt);
  }
}

/** Address of the server that runs on this directory, or null when none does. */
export async function addressOfRunning(directory: string): Promise<string | null> {
  const postmaster = await readPostmaster(join(resolve(directory), 'cluster'));
  if (postmaster === null || !postmaster.isReady || !isAlive(postmaster.pid)) return null;
  return addressOf((await readFile(join(directory, 'password'), 'utf8')).trim(), postmaster.port);
}

function addressOf(password: string, port: number): string {
  return `postgresql://${USER}:${password}@127.0.0.1:${port}/postgres`;
}

async function readPassword(directory: string): Promise<string> {
  const path = join(directory, 'password');
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch {
    // Expected on the first start.
    const password = randomBytes(24).toString('base64url');
    await writeFile(path, `${password}\n`, { mode: 0o600, flag: 'wx' });
    return password;
  }
}

/** Makes the data on the first start, beside its place, so that a start that is cut off leaves no half of it. */
async function prepareCluster(
  directory: string,
  cluster: string,
  password: string,
  programs: PostgresPrograms,
  isCareless: boolean,
): Promise<void> {
  const { owner } = programs;
  if (owner !== null) await chown(directory, owner, owner);
  await chmod(directory, 0o700);
  const version = (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (version !== '') {
    if (version !== MAJOR_VERSION) {
      throw new StartProblem(
        `The data in ${cluster} is of PostgreSQL ${version}, and this version brings PostgreSQL ${MAJOR_VERSION}: move the folder away, or set DATABASE_URL.`,
      );
    }
    // The folder may have moved to where the server runs as somebody else.
    if (owner !== null && (await stat(cluster)).uid !== owner) await chownTree(cluster, owner);
    return;
  }
  const unfinished = `${cluster}.new`;
  const passwordFile = join(directory, 'password.new');
  await rm(unfinished, { recursive: true, force: true });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (owner !== null) await chown(passwordFile, owner, owner);
  try {
    const made = programs.run('initdb', [
      ...['--pgdata', unfinished, '--username', USER, '--pwfile', passwordFile],
      ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--no-instructions'],
      // The same order and the same lower case on every machine, whatever its system knows about languages.
      ...['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
      ...(isCareless ? ['--no-sync'] : []),
    ]);
    await made.catch((error: unknown) => {
      throw new StartProblem(`PostgreSQL could not make its data in ${directory} (${lastLine(error)}).`);
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, cluster);
}

/** The program's last words: a full disk, a missing library. */
function lastLine(error: unknown): string {
  const words = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  return words.trim().split('\n').at(-1) ?? 'no reason given';
}

async function launch(
  directory: string,
  programs: PostgresPrograms,
  cluster: string,
  settings: readonly string[],
): Promise<ChildProcess> {
  const path = join(directory, 'server.log');
  const isLong = (await stat(path).catch(() => ({ size: 0 }))).size > LOG_LIMIT_BYTES;
  const log = await open(path, isLong ? 'w' : 'a', 0o600);
  try {
    return programs.start(
      'postgres',
      ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])],
      log.fd,
    );
  } finally {
    await log.close();
  }
}

/** Waits until it takes connections; false when it ended instead. */
async function isReady(server: ChildProcess, cluster: string): Promise<boolean> {
  for (const end = Date.now() + START_LIMIT_MS; Date.now() < end && !hasEnded(server); await pause(10)) {
    const postmaster = await readPostmaster(cluster);
    if (postmaster?.pid === server.pid && postmaster?.isReady === true) return true;
  }
  server.kill('SIGQUIT');
  return false;
}

function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}

function running(server: ChildProcess, url: string): EmbeddedPostgres {
  const ended = hasEnded(server) ? Promise.resolve() : once(server, 'exit').then(() => undefined);
  return {
    url,
    ended,
    hurry: () => void server.kill('SIGQUIT'),
    stop: async () => {
      if (hasEnded(server)) return;
      server.kill('SIGINT');
      const hurry = setTimeout(() => server.kill('SIGQUIT'), 30_000);
      await ended;
      clearTimeout(hurry);
    },
  };
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
