import { describe, expect, it } from 'vitest';
import { ConfigProblem, readConfig, type Config } from './config';

const ENOUGH = {
  DATABASE_URL: 'postgres://ponte:s3cret@db.example:5433/ponte',
  SMTP_URL: 'smtp://mail.example:2525',
};

type Variables = Record<string, string | undefined>;

describe('readConfig', () => {
  it('needs a database and a mail server, and knows the rest itself', () => {
    expect(readConfig(ENOUGH)).toMatchObject({
      host: '0.0.0.0',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      dataDirectory: `${process.cwd()}/.data`,
      consoleDirectory: null,
      database: { url: ENOUGH.DATABASE_URL, poolSize: 10 },
      redisUrl: null,
      mail: { smtpUrl: ENOUGH.SMTP_URL, from: 'Ponte <ponte@localhost>' },
      caughtMailDirectory: null,
      storage: { kind: 'disk', directory: `${process.cwd()}/.data/files` },
      firstAdministrator: null,
      demoAgent: null,
      limits: { fileBytes: 512 * 1024 * 1024, rows: 1_048_576, columns: 16_384, cellBytes: 1024 * 1024 },
      runs: { leaseSeconds: 20, batchRows: 16_000, concurrency: 2 },
      uploads: { perHour: 600, paceSeconds: 60, minBytesPerSecond: 1024, longestSeconds: 7200 },
      metricsToken: null,
      signIn: { failuresPerQuarterHour: 20 },
      log: { format: 'json', level: 'log' },
      workerEndpoint: null,
      shutdown: { delaySeconds: 0 },
    });
  });

  const GOOD: [string, Variables, (config: Config) => unknown, unknown][] = [
    ['a port', { PORT: '8080' }, ({ port }) => port, 8080],
    ['the lowest port', { PORT: '1' }, ({ port }) => port, 1],
    ['the highest port', { PORT: '65535' }, ({ port }) => port, 65_535],
    [
      'a port that the default address follows',
      { PORT: '81' },
      ({ publicUrl }) => publicUrl,
      'http://localhost:81',
    ],
    ['white space around a value', { PORT: ' 8080\n' }, ({ port }) => port, 8080],
    ['an empty value as none', { PORT: '' }, ({ port }) => port, 3000],
    ['a blank value as none', { REDIS_URL: '  ' }, ({ redisUrl }) => redisUrl, null],
    ['a host', { HOST: '127.0.0.1' }, ({ host }) => host, '127.0.0.1'],
    [
      'an address without its last slash',
      { PONTE_PUBLIC_URL: 'https://p.example/' },
      ({ publicUrl }) => publicUrl,
      'https://p.example',
    ],
    [
      'an address with a path',
      { PONTE_PUBLIC_URL: 'https://p.example/a//' },
      ({ publicUrl }) => publicUrl,
      'https://p.example/a',
    ],
    [
      'the other name of PostgreSQL',
      { DATABASE_URL: 'postgresql://db/p' },
      ({ database }) => database.url,
      'postgresql://db/p',
    ],
    [
      'an address of a socket',
      { DATABASE_URL: 'postgres:///p?host=/run' },
      ({ database }) => database.url,
      'postgres:///p?host=/run',
    ],
    ['no trusted proxy', {}, ({ trustedProxies }) => trustedProxies, []],
    [
      'trusted proxies',
      { PONTE_TRUSTED_PROXIES: ' 10.0.0.7, 192.168.0.0/16,2001:db8::/32,::1, ' },
      ({ trustedProxies }) => trustedProxies,
      ['10.0.0.7', '192.168.0.0/16', '2001:db8::/32', '::1'],
    ],
    ['a small pool', { DATABASE_POOL_SIZE: '4' }, ({ database }) => database.poolSize, 4],
    ['a pool for many runs', { PONTE_RUN_CONCURRENCY: '8' }, ({ database }) => database.poolSize, 24],
    ['Redis', { REDIS_URL: 'redis://r:6379/2' }, ({ redisUrl }) => redisUrl, 'redis://r:6379/2'],
    ['Redis over TLS', { REDIS_URL: 'rediss://:pw@r' }, ({ redisUrl }) => redisUrl, 'rediss://:pw@r'],
    ['mail over TLS', { SMTP_URL: 'smtps://u:p@mail' }, ({ mail }) => mail.smtpUrl, 'smtps://u:p@mail'],
    ['a sender', { MAIL_FROM: 'Ana <ana@p.example>' }, ({ mail }) => mail.from, 'Ana <ana@p.example>'],
    [
      'an absolute folder',
      { PONTE_DATA_DIR: '/var/lib/ponte' },
      ({ storage }) => storage,
      { kind: 'disk', directory: '/var/lib/ponte/files' },
    ],
    [
      'a relative folder',
      { PONTE_DATA_DIR: 'x' },
      ({ dataDirectory }) => dataDirectory,
      `${process.cwd()}/x`,
    ],
    [
      'the console',
      { PONTE_CONSOLE_DIR: 'c' },
      ({ consoleDirectory }) => consoleDirectory,
      `${process.cwd()}/c`,
    ],
    [
      'caught e-mails',
      { PONTE_CAUGHT_MAIL_DIR: '/m' },
      ({ caughtMailDirectory }) => caughtMailDirectory,
      '/m',
    ],
    [
      'the first administrator',
      { PONTE_ADMIN_EMAIL: 'a@p.example', PONTE_ADMIN_PASSWORD: 'long enough' },
      ({ firstAdministrator }) => firstAdministrator,
      { email: 'a@p.example', password: 'long enough' },
    ],
    [
      'an agent',
      { PONTE_AGENT_EMAIL: 'b@p.example', PONTE_AGENT_PASSWORD: 'any' },
      ({ demoAgent }) => demoAgent,
      { email: 'b@p.example', password: 'any' },
    ],
    [
      'the limits',
      { PONTE_MAX_ROWS: '7', PONTE_MAX_FILE_BYTES: '1024' },
      ({ limits: { rows, fileBytes } }) => [rows, fileBytes],
      [7, 1024],
    ],
    [
      'the runs',
      { PONTE_LEASE_SECONDS: '3', PONTE_BATCH_ROWS: '50', PONTE_RUN_CONCURRENCY: '1' },
      ({ runs }) => runs,
      { leaseSeconds: 3, batchRows: 50, concurrency: 1 },
    ],
    [
      'uploads',
      {
        PONTE_UPLOADS_PER_HOUR: '5',
        PONTE_UPLOAD_IDLE_SECONDS: '2',
        PONTE_UPLOAD_MIN_BYTES_PER_SECOND: '100',
        PONTE_UPLOAD_MAX_SECONDS: '60',
      },
      ({ uploads }) => uploads,
      { perHour: 5, paceSeconds: 2, minBytesPerSecond: 100, longestSeconds: 60 },
    ],
    [
      'a readable log',
      { PONTE_LOG: 'text', PONTE_LOG_LEVEL: 'warn' },
      ({ log }) => log,
      { format: 'text', level: 'warn' },
    ],
    [
      "a worker's endpoint, on loopback",
      { PONTE_WORKER_PORT: '9100' },
      ({ workerEndpoint }) => workerEndpoint,
      { host: '127.0.0.1', port: 9100 },
    ],
    [
      "a worker's endpoint for others",
      { PONTE_WORKER_PORT: '9100', PONTE_WORKER_HOST: '0.0.0.0' },
      ({ workerEndpoint }) => workerEndpoint,
      { host: '0.0.0.0', port: 9100 },
    ],
    ['a shutdown', { PONTE_SHUTDOWN_DELAY_SECONDS: '15' }, ({ shutdown }) => shutdown, { delaySeconds: 15 }],
    ['sign-ins', { PONTE_SIGN_IN_FAILURES: '3' }, ({ signIn }) => signIn, { failuresPerQuarterHour: 3 }],
    [
      "Amazon's own S3",
      { S3_BUCKET: 'ponte' },
      ({ storage }) => storage,
      {
        kind: 's3',
        endpoint: null,
        region: 'us-east-1',
        bucket: 'ponte',
        accessKeyId: null,
        secretAccessKey: null,
        forcePathStyle: false,
      },
    ],
    [
      'another S3',
      {
        S3_BUCKET: 'p',
        S3_ENDPOINT: 'http://s3:9000',
        S3_REGION: 'br',
        S3_ACCESS_KEY_ID: 'k',
        S3_SECRET_ACCESS_KEY: 's',
      },
      ({ storage }) => storage,
      {
        kind: 's3',
        endpoint: 'http://s3:9000',
        region: 'br',
        bucket: 'p',
        accessKeyId: 'k',
        secretAccessKey: 's',
        forcePathStyle: true,
      },
    ],
    ['variables of others', { PATH: '/bin', PONTE_UNKNOWN: 'x' }, ({ port }) => port, 3000],
  ];
  it.each(GOOD)('reads %s', (_, variables, part, expected) => {
    expect(part(readConfig({ ...ENOUGH, ...variables }))).toEqual(expected);
  });

  const PASSWORD = 'hunter2-hunter2';
  const BROKEN: [string, Variables, string[]][] = [
    ['no database', { DATABASE_URL: undefined }, ['DATABASE_URL']],
    ['a blank database', { DATABASE_URL: ' ' }, ['DATABASE_URL']],
    ['no mail server', { SMTP_URL: undefined }, ['SMTP_URL']],
    ['a database that is no address', { DATABASE_URL: `ponte:${PASSWORD}` }, ['DATABASE_URL', 'postgres://']],
    [
      'another database',
      { DATABASE_URL: `mysql://ponte:${PASSWORD}@db/ponte` },
      ['DATABASE_URL', 'postgres://'],
    ],
    ['a Redis without a scheme', { REDIS_URL: `:${PASSWORD}@redis:6379` }, ['REDIS_URL', 'redis://']],
    ['a Redis over HTTP', { REDIS_URL: `http://u:${PASSWORD}@redis` }, ['REDIS_URL', 'rediss://']],
    ['a mail server over HTTP', { SMTP_URL: `http://u:${PASSWORD}@mail` }, ['SMTP_URL', 'smtps://']],
    [
      'a public address that is none',
      { PONTE_PUBLIC_URL: 'ponte.example' },
      ['PONTE_PUBLIC_URL', 'https://'],
    ],
    ['a public address of a file', { PONTE_PUBLIC_URL: 'file:///srv' }, ['PONTE_PUBLIC_URL']],
    ['a port that is a word', { PORT: 'http' }, ['PORT', '"http"', '65535']],
    ['a port between two', { PORT: '80.5' }, ['PORT', '"80.5"']],
    ['no port at all', { PORT: '0' }, ['PORT', '1 to 65535']],
    ['a port too high', { PORT: '65536' }, ['PORT']],
    ['a negative port', { PORT: '-1' }, ['PORT']],
    ['an endless port', { PORT: 'Infinity' }, ['PORT']],
    ['a pool too small for its runs', { DATABASE_POOL_SIZE: '3' }, ['DATABASE_POOL_SIZE']],
    ['a lease too short', { PONTE_LEASE_SECONDS: '1' }, ['PONTE_LEASE_SECONDS', '2 to 3600']],
    ['batches of none', { PONTE_BATCH_ROWS: '0' }, ['PONTE_BATCH_ROWS']],
    ['no run at a time', { PONTE_RUN_CONCURRENCY: '0' }, ['PONTE_RUN_CONCURRENCY']],
    ['no rows', { PONTE_MAX_ROWS: '0' }, ['PONTE_MAX_ROWS']],
    ['a file limit too low', { PONTE_MAX_FILE_BYTES: '1023' }, ['PONTE_MAX_FILE_BYTES']],
    ['no uploads', { PONTE_UPLOADS_PER_HOUR: '0' }, ['PONTE_UPLOADS_PER_HOUR']],
    ...['loopback', 'proxy.example', '10.0.0', '10.0.0.0/33', '10.0.0.1/x', '2001:db8::/129', '*'].map(
      (proxy): [string, Variables, string[]] => [
        `the proxy ${proxy}`,
        { PONTE_TRUSTED_PROXIES: `10.0.0.7, ${proxy}` },
        ['PONTE_TRUSTED_PROXIES', proxy],
      ],
    ),
    ['a token that is soon guessed', { PONTE_METRICS_TOKEN: 'short' }, ['PONTE_METRICS_TOKEN']],
    ['no patience', { PONTE_UPLOAD_IDLE_SECONDS: '0' }, ['PONTE_UPLOAD_IDLE_SECONDS']],
    ['another kind of log', { PONTE_LOG: 'xml' }, ['PONTE_LOG', 'json or text']],
    ['a worker at no port', { PONTE_WORKER_PORT: '0' }, ['PONTE_WORKER_PORT']],
    ['no sign-in failures', { PONTE_SIGN_IN_FAILURES: 'none' }, ['PONTE_SIGN_IN_FAILURES']],
    [
      'an administrator without a password',
      { PONTE_ADMIN_EMAIL: 'a@p.example' },
      ['PONTE_ADMIN_EMAIL', 'PONTE_ADMIN_PASSWORD'],
    ],
    [
      'an administrator without an address',
      { PONTE_ADMIN_PASSWORD: PASSWORD },
      ['PONTE_ADMIN_EMAIL', 'PONTE_ADMIN_PASSWORD'],
    ],
    [
      'an administrator who is no address',
      { PONTE_ADMIN_EMAIL: 'root', PONTE_ADMIN_PASSWORD: PASSWORD },
      ['PONTE_ADMIN_EMAIL'],
    ],
    ['an endpoint without a bucket', { S3_ENDPOINT: 'http://s3' }, ['S3_ENDPOINT', 'S3_BUCKET']],
    ['a region without a bucket', { S3_REGION: 'br' }, ['S3_REGION', 'S3_BUCKET']],
    [
      'a key without a bucket',
      { S3_ACCESS_KEY_ID: 'k', S3_SECRET_ACCESS_KEY: PASSWORD },
      ['S3_ACCESS_KEY_ID', 'S3_BUCKET'],
    ],
    ['an endpoint that is no address', { S3_BUCKET: 'p', S3_ENDPOINT: 's3' }, ['S3_ENDPOINT']],
  ];
  it.each(BROKEN)('refuses %s in one sentence', (_, variables, words) => {
    const read = () => readConfig({ ...ENOUGH, ...variables });
    expect(read).toThrow(ConfigProblem);
    const message = messageOf(read);
    for (const word of words) expect(message).toContain(word);
    expect(message).toMatch(/\.$/);
    expect(message.slice(0, -1)).not.toMatch(/[.!?]\s|\n/);
    expect(message).not.toMatch(/hunter2|s3cret/);
  });

  it('is frozen through and through', () => {
    const isFrozen = (value: unknown): boolean =>
      typeof value !== 'object' ||
      value === null ||
      (Object.isFrozen(value) && Object.values(value).every(isFrozen));
    const variables = { S3_BUCKET: 'p', PONTE_ADMIN_EMAIL: 'a@p.example', PONTE_ADMIN_PASSWORD: PASSWORD };
    expect(isFrozen(readConfig(ENOUGH))).toBe(true);
    expect(isFrozen(readConfig({ ...ENOUGH, ...variables }))).toBe(true);
  });

  it('does not look at the variables of the process', () => {
    expect(() => readConfig({})).toThrow('DATABASE_URL');
  });
});

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  return '';
}
