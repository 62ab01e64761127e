import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, openMailbox, type Mailbox } from '@ponte/testing';
import { inject } from 'vitest';
import { newDatabase, type PostgresKind } from './database';

export const ADMINISTRATOR = { email: 'admin@ponte.example', password: 'lenha no forno de barro' };
export const AGENT = { email: 'agent@ponte.example', password: 'tres barcos no cais' };

const BUILT = resolve(import.meta.dirname, '../../../../dist/apps/api');
/** Of a machine that is busy with other things. */
const READY_LIMIT_MS = 120_000;

export interface ProductOptions {
  postgres?: PostgresKind;
  /** Bull over the shared Redis; without it the queue is in PostgreSQL. */
  redis?: boolean;
  env?: Readonly<Record<string, string>>;
  /** False: no worker, so that runs stay in the queue. */
  worker?: boolean;
  /** Gets what the processes write, in place of the terminal. */
  output?: (text: string) => void;
}

/** The built product as its two processes, with a database and a mailbox of its own. */
export interface Product {
  url: string;
  databaseUrl: string;
  dataDirectory: string;
  mailbox: Mailbox;
  http: ChildProcess;
  worker: ChildProcess | null;
  /** Starts one more worker and answers it. */
  startWorker(): ChildProcess;
  stop(): Promise<void>;
}

let redisDatabase = 0;

export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const databaseUrl = await newDatabase(options.postgres);
  const dataDirectory = await mkdtemp(join(tmpdir(), 'ponte-product-'));
  const mailbox = await openMailbox();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // A database of Redis for each product of one suite; suites run in processes of their own, hence the process id.
  const redis = options.redis
    ? { REDIS_URL: `${inject('services').redis}/${((process.pid % 5) * 3 + redisDatabase++) % 16}` }
    : {};
  const env = {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: databaseUrl,
    SMTP_URL: mailbox.url,
    PORT: String(port),
    HOST: '127.0.0.1',
    PONTE_PUBLIC_URL: url,
    PONTE_DATA_DIR: dataDirectory,
    PONTE_ADMIN_EMAIL: ADMINISTRATOR.email,
    PONTE_ADMIN_PASSWORD: ADMINISTRATOR.password,
    PONTE_AGENT_EMAIL: AGENT.email,
    PONTE_AGENT_PASSWORD: AGENT.password,
    PONTE_LEASE_SECONDS: '3',
    // The stories of one product make an account each.
    PONTE_ACCOUNTS_PER_PERSON: '1000',
    PONTE_LOG_LEVEL: 'warn',
    PONTE_LOG: 'text',
    ...redis,
    ...options.env,
  };
  const start = (entry: string) => {
    const words = options.output === undefined ? 'inherit' : 'pipe';
    const child = spawn(process.execPath, ['--enable-source-maps', join(BUILT, entry)], {
      env,
      stdio: ['ignore', words, words],
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => options.output?.(chunk.toString()));
    return child;
  };
  const http = start('main.js');
  const workers: ChildProcess[] = [];
  const startWorker = () => {
    const worker = start('worker.js');
    workers.push(worker);
    return worker;
  };
  const product: Product = {
    url,
    databaseUrl,
    dataDirectory,
    mailbox,
    http,
    worker: options.worker === false ? null : startWorker(),
    startWorker: () => (product.worker = startWorker()),
    stop: async () => {
      await Promise.all([http, ...workers].map(end));
      await mailbox.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
  await untilReady(url, http);
  return product;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

async function untilReady(url: string, http: ChildProcess): Promise<void> {
  const limit = Date.now() + READY_LIMIT_MS;
  while (Date.now() < limit && http.exitCode === null) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.status === 200) return;
    await pause(50);
  }
  throw new Error('The product did not get ready.');
}

/** Asks until the answer satisfies, and gives the last answer either way. */
export async function until<Answer>(
  ask: () => Promise<Answer>,
  satisfies: (answer: Answer) => boolean,
  limitMs = 30_000,
): Promise<Answer> {
  const limit = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (satisfies(answer) || Date.now() > limit) return answer;
    await pause(50);
  }
}
