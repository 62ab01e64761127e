import { openMailbox, type MailboxMood } from '@ponte/testing';
import { Client } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { EXACT, since, type FaultCase, type Outcome, type Size } from '../fault-case';
import { holdAt } from '../hold';
import type { Stage } from '../stage';
import { assertExact, assertMails, assertSame, mailsOf, sampleOf } from '../verify';

/** A fault of a server that begins and ends. */
type Outage = (stage: Stage, size: Size) => Promise<void>;

/** Does it in the middle of an import, and begins another one while it lasts if the service takes it. */
async function throughOutage(stage: Stage, size: Size, outage: Outage): Promise<Outcome> {
  const sample = await sampleOf(size.rows);
  const account = await stage.account();
  const letGo = await holdAt(account, sample.phoneAt(0.5));
  const id = await account.begin(sample.file);
  const done = await account.progress(id, 0);
  const later = await stage.account();
  const small = await sampleOf(500, 3);
  const over = outage(stage, size);
  await pause(500);
  // The fault is ended before the case is, whatever it finds.
  const [asked] = await Promise.all([later.upload(small.file), over]);
  if (asked.status >= 500 && asked.status !== 503)
    throw new Error(`During the fault an upload was answered with ${asked.status}, not with 202 or 503.`);
  const began = performance.now();
  await letGo();
  await account.progress(id, done);
  const recoveredMs = since(began);
  await assertExact(account, id, sample);
  // What was refused is sent again, as the answer asks for.
  await assertExact(later, asked.body?.id ?? (await later.begin(small.file)), small);
  return { recoveredMs };
}

const during =
  (begin: (stage: Stage) => Promise<void>, finish: (stage: Stage) => Promise<void>): Outage =>
  async (stage, { outageMs }) => {
    await begin(stage);
    try {
      await pause(outageMs);
    } finally {
      await finish(stage);
    }
  };

const setting = async (stage: Stage, sql: string) => {
  await stage.postgres.query('postgres', sql);
  await stage.postgres.query('postgres', 'SELECT pg_reload_conf()');
};

/** Takes connections until the server has none left, and those that others give back. */
const useUpConnections: Outage = async (stage, { outageMs }) => {
  const taken: Client[] = [];
  // The outage begins when the first one is refused.
  let overAt = Infinity;
  while (performance.now() < overAt) {
    const client = new Client({ connectionString: stage.postgres.url('postgres') });
    client.on('error', () => undefined);
    // Expected as soon as none is left.
    const isTaken = await client.connect().then(
      () => true,
      () => false,
    );
    if (isTaken) {
      taken.push(client);
      continue;
    }
    overAt = Math.min(overAt, performance.now() + outageMs);
    await pause(50);
  }
  await Promise.all(taken.map((client) => client.end()));
};

const redisOf = ({ redis }: Stage) => {
  if (redis === null) throw new Error('This case is for Redis.');
  return redis;
};

const OUTAGES: readonly [name: string, outage: Outage, isQuick: boolean, queues?: FaultCase['queues']][] = [
  [
    'PostgreSQL restarted (immediate)',
    async ({ postgres }) => {
      await postgres.halt('immediate');
      await postgres.resume();
    },
    true,
  ],
  [
    'PostgreSQL stopped',
    during(
      ({ postgres }) => postgres.halt('fast'),
      ({ postgres }) => postgres.resume(),
    ),
    false,
  ],
  [
    'PostgreSQL read-only',
    during(
      (stage) => setting(stage, 'ALTER SYSTEM SET default_transaction_read_only = on'),
      (stage) => setting(stage, 'ALTER SYSTEM RESET default_transaction_read_only'),
    ),
    false,
  ],
  ['connections used up', useUpConnections, false],
  ['Redis flushed', async (stage) => redisOf(stage).empty(), false, ['Redis']],
  [
    'Redis stopped',
    during(
      (stage) => redisOf(stage).halt(),
      (stage) => redisOf(stage).resume(),
    ),
    true,
    ['Redis'],
  ],
  [
    'Redis full',
    during(
      async (stage) => void (await redisOf(stage).command('CONFIG', 'SET', 'maxmemory', '1')),
      async (stage) => void (await redisOf(stage).command('CONFIG', 'SET', 'maxmemory', '0')),
    ),
    false,
    ['Redis'],
  ],
];

/** A mail server that does so for a while: the e-mail comes when it is well again. */
async function throughMood(stage: Stage, { outageMs }: Size, mood: MailboxMood): Promise<Outcome> {
  stage.mailbox.mood = mood;
  const small = await sampleOf(500, 3);
  const account = await stage.account();
  const id = await account.begin(small.file);
  await account.importEnd(id);
  await pause(outageMs);
  stage.mailbox.mood = 'well';
  const began = performance.now();
  await assertExact(account, id, small);
  return { recoveredMs: since(began) };
}

async function mailServerDown(stage: Stage, { outageMs }: Size): Promise<Outcome> {
  const port = Number(new URL(stage.mailbox.url).port);
  await stage.mailbox.close();
  const small = await sampleOf(500, 3);
  const account = await stage.account();
  const id = await account.begin(small.file);
  await account.importEnd(id);
  await pause(outageMs);
  stage.mailbox = await openMailbox(port);
  const began = performance.now();
  await assertExact(account, id, small);
  return { recoveredMs: since(began) };
}

/** The connection breaks between the taking and the answer: one e-mail, and at most a second of the same Message-ID. */
async function cutAfterData(stage: Stage): Promise<Outcome> {
  stage.mailbox.mood = 'cut';
  const small = await sampleOf(500, 3);
  const account = await stage.account();
  const id = await account.begin(small.file);
  await account.importEnd(id);
  const begin = `<import_finished.${id}.`;
  await assertMails(stage, 'import_finished', id, 1);
  stage.mailbox.mood = 'well';
  // The next try comes 10 seconds later, and with a yes there is no third.
  await pause(14_000);
  const mails = mailsOf(stage, begin);
  if (mails.length > 2) throw new Error(`The e-mail came ${mails.length} times.`);
  assertSame('the Message-IDs', new Set(mails.map(({ messageId }) => messageId)).size, 1);
  return { note: `${mails.length} of one Message-ID` };
}

/** An address that the server refuses for good is tried once. */
async function refusedForGood(stage: Stage): Promise<Outcome> {
  stage.mailbox.mood = 'refuse';
  const small = await sampleOf(500, 3);
  const account = await stage.account();
  const id = await account.begin(small.file);
  await account.importEnd(id);
  await pause(3_000);
  stage.mailbox.mood = 'well';
  await pause(10_000);
  assertSame('the e-mail', (await account.show(id))?.mail, { state: 'refused', attempts: 1, sent_at: null });
  await assertMails(stage, 'import_finished', id, 0);
  return {};
}

export const SERVER_CASES: readonly FaultCase[] = [
  ...OUTAGES.map(([name, outage, isQuick, queues]): FaultCase => ({
    name,
    ...(queues === undefined ? {} : { queues }),
    compared: EXACT,
    isQuick,
    run: (stage, size) => throughOutage(stage, size, outage),
  })),
  { name: 'mail server down', compared: EXACT, run: mailServerDown },
  {
    name: 'mail server: 451, try again later',
    compared: EXACT,
    run: (stage, size) => throughMood(stage, size, 'try_later'),
  },
  {
    name: 'mail server: 550, for good',
    compared: 'one try, no e-mail, the run says so',
    run: refusedForGood,
  },
  {
    name: 'mail server cuts after DATA',
    compared: 'at most two e-mails, one Message-ID',
    run: cutAfterData,
  },
];
