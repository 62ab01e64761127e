import { FILE_LIMITS, PEOPLE_LIMITS } from '@ponte/contracts';
import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';
import { isAbsolute, resolve } from 'node:path';

export interface DiskStorageConfig {
  kind: 'disk';
  directory: string;
}

export interface S3StorageConfig {
  kind: 's3';
  endpoint: string | null;
  region: string;
  bucket: string;
  accessKeyId: string | null;
  secretAccessKey: string | null;
  forcePathStyle: boolean;
}

/** Everything the process was told, read once, frozen. */
export interface Config {
  host: string;
  port: number;
  /** How people reach the console: the start of every link in an e-mail. No slash at the end. */
  publicUrl: string;
  /** Addresses and networks of the proxies whose `X-Forwarded-For` is believed. */
  trustedProxies: readonly string[];
  dataDirectory: string;
  /** The built console, or null when this process does not serve it. */
  consoleDirectory: string | null;
  database: { url: string; poolSize: number };
  /** Bull when set, PostgreSQL itself when null. */
  redisUrl: string | null;
  mail: { smtpUrl: string; from: string };
  /** Where the embedded mode keeps the e-mails it caught; null everywhere else. */
  caughtMailDirectory: string | null;
  storage: DiskStorageConfig | S3StorageConfig;
  firstAdministrator: { email: string; password: string } | null;
  demoAgent: { email: string; password: string } | null;
  limits: { fileBytes: number; rows: number; columns: number; cellBytes: number };
  runs: {
    /** A worker that has not shown itself for this long has lost its run. */
    leaseSeconds: number;
    /** Rows that are written, counted and checkpointed in one transaction. */
    batchRows: number;
    /** Runs of one kind that one worker process works on at a time, and dry runs of one HTTP process. */
    concurrency: number;
  };
  uploads: {
    perHour: number;
    /** Over so many seconds the rate of an upload is averaged. */
    paceSeconds: number;
    /** A slower upload is ended. */
    minBytesPerSecond: number;
    /** However fast it is. */
    longestSeconds: number;
  };
  /** With it `/metrics` is read from elsewhere, too; null: from this machine alone. */
  metricsToken: string | null;
  signIn: { failuresPerQuarterHour: number };
  /** How many accounts one person may make. */
  accountsPerPerson: number;
  log: { format: 'json' | 'text'; level: 'error' | 'warn' | 'log' };
  /** Where a worker answers health checks and metrics; null when it does not. */
  workerEndpoint: { host: string; port: number } | null;
  /** From "not ready" to the end of listening: a load balancer needs this long to look again. */
  shutdown: { delaySeconds: number };
}

/** A variable that cannot be used. The message is one sentence that names it and says what to do. */
export class ConfigProblem extends Error {
  override name = 'ConfigProblem';
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads every variable that Ponte knows. Throws `ConfigProblem` at the first that cannot be used: a process that starts
 * with half of what it was told is worse than one that does not start.
 */
export function readConfig(env: Environment): Config {
  const text = (name: string): string | null => {
    const value = env[name]?.trim();
    return value === undefined || value === '' ? null : value;
  };
  const required = (name: string, what: string): string => {
    const value = text(name);
    if (value === null) throw new ConfigProblem(`${name} is not set: give ${what}.`);
    return value;
  };
  const integer = (name: string, fallback: number, min: number, max: number): number => {
    const value = text(name);
    if (value === null) return fallback;
    const number = Number(value);
    if (!Number.isInteger(number) || number < min || number > max) {
      throw new ConfigProblem(`${name} is "${value}": give a whole number from ${min} to ${max}.`);
    }
    return number;
  };
  const oneOf = <Value extends string>(name: string, values: readonly Value[], fallback: Value): Value => {
    const value = text(name);
    const known = values.find((candidate) => candidate === value);
    if (value !== null && known === undefined)
      throw new ConfigProblem(`${name} is "${value}": give ${values.join(' or ')}.`);
    return known ?? fallback;
  };
  const url = (name: string, value: string, protocols: readonly string[]): string => {
    if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
      // The value may hold a password: it is not repeated.
      throw new ConfigProblem(
        `${name} is not an address: give one that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`,
      );
    }
    return value;
  };
  const directory = (value: string): string => (isAbsolute(value) ? value : resolve(value));
  const account = (emailName: string, passwordName: string) => {
    const email = text(emailName);
    const password = text(passwordName);
    if (email === null && password === null) return null;
    if (email === null || password === null) {
      throw new ConfigProblem(`${emailName} and ${passwordName} belong together: set both or neither.`);
    }
    if (!email.includes('@')) throw new ConfigProblem(`${emailName} is "${email}": give an e-mail address.`);
    return { email, password };
  };

  const concurrency = integer('PONTE_RUN_CONCURRENCY', 2, 1, 32);
  const port = integer('PORT', 3000, 1, 65_535);
  const host = text('HOST') ?? '0.0.0.0';
  const dataDirectory = directory(text('PONTE_DATA_DIR') ?? '.data');
  const redisUrl = text('REDIS_URL');
  const consoleDirectory = text('PONTE_CONSOLE_DIR');
  const caughtMailDirectory = text('PONTE_CAUGHT_MAIL_DIR');
  const publicUrl = text('PONTE_PUBLIC_URL') ?? `http://localhost:${port}`;

  return deepFreeze({
    host,
    port,
    publicUrl: url('PONTE_PUBLIC_URL', publicUrl, ['http:', 'https:']).replace(/\/+$/, ''),
    trustedProxies: readProxies(text('PONTE_TRUSTED_PROXIES')),
    dataDirectory,
    consoleDirectory: consoleDirectory === null ? null : directory(consoleDirectory),
    database: {
      url: url('DATABASE_URL', required('DATABASE_URL', 'the address of a PostgreSQL database'), [
        'postgres:',
        'postgresql:',
      ]),
      // An export holds one connection while it asks for another: with fewer, all of them could wait for one that is free.
      poolSize: integer('DATABASE_POOL_SIZE', Math.max(10, 3 * concurrency), concurrency + 2, 200),
    },
    redisUrl: redisUrl === null ? null : url('REDIS_URL', redisUrl, ['redis:', 'rediss:']),
    mail: {
      smtpUrl: url('SMTP_URL', required('SMTP_URL', 'the address of a mail server'), ['smtp:', 'smtps:']),
      from: text('MAIL_FROM') ?? 'Ponte <ponte@localhost>',
    },
    caughtMailDirectory: caughtMailDirectory === null ? null : directory(caughtMailDirectory),
    storage: readStorage(text, dataDirectory),
    firstAdministrator: account('PONTE_ADMIN_EMAIL', 'PONTE_ADMIN_PASSWORD'),
    demoAgent: account('PONTE_AGENT_EMAIL', 'PONTE_AGENT_PASSWORD'),
    limits: {
      fileBytes: integer('PONTE_MAX_FILE_BYTES', FILE_LIMITS.fileBytes, 1024, 64 * 1024 ** 3),
      rows: integer('PONTE_MAX_ROWS', FILE_LIMITS.rows, 1, 100_000_000),
      columns: FILE_LIMITS.columns,
      cellBytes: FILE_LIMITS.cellBytes,
    },
    runs: {
      leaseSeconds: integer('PONTE_LEASE_SECONDS', 20, 2, 3600),
      batchRows: integer('PONTE_BATCH_ROWS', 16_000, 1, 50_000),
      concurrency,
    },
    uploads: {
      perHour: integer('PONTE_UPLOADS_PER_HOUR', 600, 1, 1_000_000),
      paceSeconds: integer('PONTE_UPLOAD_IDLE_SECONDS', 60, 1, 3600),
      minBytesPerSecond: integer('PONTE_UPLOAD_MIN_BYTES_PER_SECOND', 1024, 1, 1024 ** 3),
      longestSeconds: integer('PONTE_UPLOAD_MAX_SECONDS', 2 * 3600, 1, 24 * 3600),
    },
    metricsToken: readMetricsToken(text),
    signIn: { failuresPerQuarterHour: integer('PONTE_SIGN_IN_FAILURES', 20, 1, 1_000_000) },
    accountsPerPerson: integer('PONTE_ACCOUNTS_PER_PERSON', PEOPLE_LIMITS.accounts, 1, 1_000_000),
    log: {
      format: oneOf('PONTE_LOG', ['json', 'text'], 'json'),
      level: oneOf('PONTE_LOG_LEVEL', ['error', 'warn', 'log'], 'log'),
    },
    workerEndpoint:
      text('PONTE_WORKER_PORT') === null
        ? null
        : {
            host: text('PONTE_WORKER_HOST') ?? '127.0.0.1',
            port: integer('PONTE_WORKER_PORT', 0, 1, 65_535),
          },
    shutdown: { delaySeconds: integer('PONTE_SHUTDOWN_DELAY_SECONDS', 0, 0, 300) },
  });
}

function readProxies(value: string | null): string[] {
  const proxies = (value ?? '').split(',').map((part) => part.trim());
  const listed = proxies.filter((proxy) => proxy !== '');
  const isProxy = (proxy: string) =>
    isIP(proxy.split('/', 1)[0] ?? '') !== 0 && (!proxy.includes('/') || ipaddr.isValidCIDR(proxy));
  const wrong = listed.find((proxy) => !isProxy(proxy));
  if (wrong !== undefined)
    throw new ConfigProblem(
      `PONTE_TRUSTED_PROXIES names "${wrong}": give addresses such as 10.0.0.7 or networks such as 10.0.0.0/8, with commas between them.`,
    );
  return listed;
}

const SHORTEST_METRICS_TOKEN = 16;

function readMetricsToken(text: (name: string) => string | null): string | null {
  const token = text('PONTE_METRICS_TOKEN');
  if (token !== null && (token.length < SHORTEST_METRICS_TOKEN || /\s/.test(token))) {
    throw new ConfigProblem(
      `PONTE_METRICS_TOKEN cannot be used: give at least ${SHORTEST_METRICS_TOKEN} characters without blanks.`,
    );
  }
  return token;
}

function readStorage(text: (name: string) => string | null, dataDirectory: string): Config['storage'] {
  const bucket = text('S3_BUCKET');
  if (bucket === null) {
    const stray = ['S3_ENDPOINT', 'S3_REGION', 'S3_ACCESS_KEY_ID'].find((name) => text(name) !== null);
    if (stray !== undefined)
      throw new ConfigProblem(`${stray} is set but S3_BUCKET is not: give the bucket's name.`);
    return { kind: 'disk', directory: resolve(dataDirectory, 'files') };
  }
  const endpoint = text('S3_ENDPOINT');
  if (endpoint !== null && !URL.canParse(endpoint)) {
    throw new ConfigProblem('S3_ENDPOINT is not an address: give one that begins with https://.');
  }
  return {
    kind: 's3',
    endpoint,
    region: text('S3_REGION') ?? 'us-east-1',
    bucket,
    accessKeyId: text('S3_ACCESS_KEY_ID'),
    secretAccessKey: text('S3_SECRET_ACCESS_KEY'),
    forcePathStyle: endpoint !== null,
  };
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner as object);
  }
  return Object.freeze(value);
}

/** Injection token of the one `Config`. */
export const CONFIG = Symbol('CONFIG');
