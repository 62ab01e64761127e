import { openMailbox, startRedis, type Mailbox, type OwnRedis } from '@ponte/testing';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@ponte/testing';
import { startPostgres, type Postgres } from '../bench/postgres';
import { ADMINISTRATOR, type Build } from '../bench/product';
import { Account } from './account';

/** Where runs wait; the names stand in the table. */
export const QUEUES = ['PostgreSQL', 'Redis'] as const;
export type Queue = (typeof QUEUES)[number];

export const DATABASE = 'ponte';

const START_MS = 300_000;
const LEASE_SECONDS = 3;
/** Few enough that the case which takes every connection is quick. */
const SETTINGS = ['max_connections=60', 'shared_buffers=256MB'];

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Moves the clock of the process, in milliseconds. */
  readonly clock?: number;
}

/** The product as production runs it, with servers of its own that a case may stop, fill and start again. */
export class Stage {
  readonly workers = new Set<ChildProcess>();
  http: ChildProcess | null = null;
  private readonly processes = new Set<ChildProcess>();
  private people = 0;

  private constructor(
    readonly queue: Queue,
    readonly postgres: Postgres,
    readonly redis: OwnRedis | null,
    public mailbox: Mailbox,
    readonly folder: string,
    readonly port: number,
    private readonly build: Build,
  ) {}

  static async open(queue: Queue, build: Build): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'ponte-faults-'));
    const postgres = await startPostgres(...SETTINGS);
    await postgres.createDatabase(DATABASE);
    const redis = queue === 'Redis' ? await startRedis() : null;
    const stage = new Stage(queue, postgres, redis, await openMailbox(), folder, await freePort(), build);
    process.once('exit', stage.endAll);
    await stage.startHttp();
    return stage;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async startHttp(options: StartOptions = {}): Promise<ChildProcess> {
    this.http = await this.start('main.js', options);
    return this.http;
  }

  async startWorker(options: StartOptions = {}): Promise<ChildProcess> {
    const worker = await this.start('worker.js', options);
    this.workers.add(worker);
    worker.once('exit', () => this.workers.delete(worker));
    return worker;
  }

  /** Exactly these workers, new ones, with the usual settings; and an HTTP process. */
  async prepare(workers: number): Promise<void> {
    this.mailbox.mood = 'well';
    if (this.http === null || hasEnded(this.http)) await this.startHttp();
    await Promise.all([...this.workers].map((worker) => end(worker, 'SIGTERM')));
    for (let count = 0; count < workers; count += 1) await this.startWorker();
  }

  /** A new account whose administrator is signed in; it is made behind the product's back, which bounds accounts. */
  async account(): Promise<Account> {
    this.people += 1;
    const email = `person-${this.people}@ponte.example`;
    const [row] = await this.query<{ account: number; person: number }>(
      `WITH person AS (
         INSERT INTO users (name, email, password_hash)
         SELECT 'Person', $1, password_hash FROM users WHERE email = $2 RETURNING id
       ), account AS (INSERT INTO accounts (name) VALUES ('Faults') RETURNING id), member AS (
         INSERT INTO members (account_id, user_id, role) SELECT account.id, person.id, 'administrator' FROM account, person
       ) SELECT account.id AS account, person.id AS person FROM account, person`,
      [email, ADMINISTRATOR.email],
    );
    if (row === undefined) throw new Error('There is no first administrator.');
    return new Account(this, row.account, { id: row.person, email, cookie: await this.signIn(email) });
  }

  async signIn(email: string): Promise<string> {
    const response = await fetch(`${this.address}/api/v1/auth/sign_in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: ADMINISTRATOR.password }),
    });
    if (response.status !== 200) throw new Error(`A sign-in was answered with ${response.status}.`);
    await response.body?.cancel();
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';', 1)[0] ?? '')
      .join('; ');
  }

  query<Row extends object>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    return this.postgres.query<Row>(DATABASE, sql, params);
  }

  /** Status of the readiness check; 0 when nothing answers. */
  async ready(): Promise<number> {
    const answer = await fetch(`${this.address}/health/ready`).catch(() => null);
    await answer?.body?.cancel();
    return answer?.status ?? 0;
  }

  /** What the processes wrote last. */
  lastWords(lines = 15): string {
    return readFileSync(this.logFile, 'utf8').trim().split('\n').slice(-lines).join('\n');
  }

  async close(): Promise<void> {
    process.off('exit', this.endAll);
    await Promise.all([...this.processes].map((child) => end(child, 'SIGKILL')));
    await Promise.all([this.mailbox.close(), this.redis?.stop(), this.postgres.stop()]);
    await rm(this.folder, { recursive: true, force: true });
  }

  private get logFile(): string {
    return join(this.folder, 'output.log');
  }

  private readonly endAll = () => this.processes.forEach((child) => child.kill('SIGKILL'));

  private async start(entry: string, { env = {}, clock = 0 }: StartOptions): Promise<ChildProcess> {
    const preload = clock === 0 ? [] : ['--import', movedClock(clock)];
    const child = spawn(process.execPath, [...preload, join(this.build.folder, entry)], {
      env: { ...this.variables, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const log = createWriteStream(this.logFile, { flags: 'a' });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    this.processes.add(child);
    child.once('exit', () => this.processes.delete(child));
    await untilStarted(child, entry);
    return child;
  }

  private get variables(): Record<string, string> {
    return {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: this.postgres.url(DATABASE),
      SMTP_URL: this.mailbox.url,
      PORT: String(this.port),
      HOST: '127.0.0.1',
      PONTE_PUBLIC_URL: this.address,
      PONTE_DATA_DIR: join(this.folder, 'data'),
      PONTE_ADMIN_EMAIL: ADMINISTRATOR.email,
      PONTE_ADMIN_PASSWORD: ADMINISTRATOR.password,
      PONTE_LEASE_SECONDS: String(LEASE_SECONDS),
      PONTE_BATCH_ROWS: '500',
      PONTE_LOG: 'text',
      PONTE_LOG_LEVEL: 'warn',
      ...(this.redis === null ? {} : { REDIS_URL: this.redis.url }),
    };
  }
}

/** A module that Node loads before the process's own: its `Date` tells another time, its timers go on as they did. */
function movedClock(ms: number): string {
  const code = `
    const Real = Date, now = () => Real.now() + ${ms};
    globalThis.Date = class Date extends Real {
      constructor(...args) { args.length === 0 ? super(now()) : super(...args); }
      static now() { return now(); }
    };`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

/** Answers the exit code; null after a signal. A process that is frozen hears only SIGKILL. */
export async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (hasEnded(child)) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
  return child.exitCode;
}

async function untilStarted(child: ChildProcess, entry: string): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  try {
    const word = await Promise.race([
      once(child, 'message', { signal }).then(() => 'started'),
      once(child, 'exit', { signal }).then(() => 'ended'),
      pause(START_MS, 'late', { signal }),
    ]);
    if (word !== 'started') throw new Error(`${entry} did not start: ${word}.`);
  } finally {
    controller.abort();
  }
}
