import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, openMailbox, type Mailbox } from '@ponte/testing';
import { workspaceRoot } from '../gate/workspace.mjs';

const START_MS = 60_000;

export const ADMINISTRATOR = { email: 'marina@example.com', password: 'ponte-rio-niteroi' };

/** The built product, copied so that a build that somebody else starts meanwhile changes nothing. */
export interface Build {
  readonly folder: string;
  remove(): void;
}

/** Below node_modules, so that it finds its packages. */
export function copyBuild(): Build {
  const cache = join(workspaceRoot, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'ponte-bench-'));
  cpSync(join(workspaceRoot, 'dist/apps/api'), folder, { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface ProductOptions {
  readonly build: Build;
  readonly databaseUrl: string;
  /** Bull over this Redis; without it the queue is in PostgreSQL. */
  readonly redisUrl?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The product as production runs it: an HTTP process that is ready, and workers when they are asked for. */
export interface Product {
  readonly address: string;
  readonly mailbox: Mailbox;
  readonly httpPid: number;
  /** Starts a worker and answers when it takes jobs. */
  startWorker(): Promise<Worker>;
  stop(): Promise<void>;
}

export interface Worker {
  readonly pid: number;
  stop(): Promise<void>;
}

export async function startProduct({
  build,
  databaseUrl,
  redisUrl,
  env = {},
}: ProductOptions): Promise<Product> {
  const directory = await mkdtemp(join(tmpdir(), 'ponte-bench-'));
  const mailbox = await openMailbox();
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const variables = {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: databaseUrl,
    SMTP_URL: `${mailbox.url}?pool=true`,
    PORT: String(port),
    HOST: '127.0.0.1',
    PONTE_PUBLIC_URL: address,
    PONTE_DATA_DIR: directory,
    PONTE_ADMIN_EMAIL: ADMINISTRATOR.email,
    PONTE_ADMIN_PASSWORD: ADMINISTRATOR.password,
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
    ...env,
  };
  const processes: ChildProcess[] = [];
  const endAll = () => processes.forEach((child) => child.kill('SIGKILL'));
  process.once('exit', endAll);
  const start = async (entry: string): Promise<ChildProcess> => {
    const child = spawn(process.execPath, [join(build.folder, entry)], {
      env: variables,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    processes.push(child);
    await untilStarted(child);
    return child;
  };
  const http = await start('main.js');
  return {
    address,
    mailbox,
    httpPid: http.pid ?? 0,
    startWorker: async () => {
      const worker = await start('worker.js');
      return { pid: worker.pid ?? 0, stop: () => end(worker) };
    },
    stop: async () => {
      process.off('exit', endAll);
      await Promise.all(processes.map(end));
      await mailbox.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function untilStarted(child: ChildProcess): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  try {
    const word = await Promise.race([
      once(child, 'message', { signal }).then(() => 'started'),
      once(child, 'exit', { signal }).then(() => 'ended'),
      pause(START_MS, 'late', { signal }),
    ]);
    if (word !== 'started') throw new Error(`A process of the product did not start: ${word}.`);
  } finally {
    controller.abort();
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
