import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Locale } from '@ponte/contracts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { DataSource } from 'typeorm';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../launcher/embedded-postgres';
import { readConfig, type Config } from '../config/config';
import { ConfigModule } from '../config/config.module';
import { DatabaseModule } from '../database/database.module';
import { migrate } from '../database/migrate';
import { MailSenderModule } from './mail-sender.module';
import type { Mail } from './messages';
import { enqueueMail, mailStates } from './outbox';
import { OutboxSender } from './outbox-sender';

let directory: string;
let postgres: EmbeddedPostgres;
let config: Config;
let smtp: SMTPServer;
let smtpPort = 0;
let received: Email[] = [];
let slowness = 0;
/** Where the mail server says no, and how; null while it says yes to everything. */
let refusal: { at: 'greeting' | 'sender' | 'recipient' | 'message'; error: Error } | null = null;
let subjects = 100;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ponte-outbox-'));
  postgres = await startEmbeddedPostgres({ directory, durability: 'none' });
  await listen(0);
  config = readConfig({
    DATABASE_URL: postgres.url,
    DATABASE_POOL_SIZE: '4',
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    PONTE_PUBLIC_URL: 'https://ponte.example',
    MAIL_FROM: 'Ponte <ponte@ponte.example>',
  });
  await migrate(config);
});
afterAll(async () => {
  await hangUp();
  await postgres.stop();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(() => {
  received = [];
  slowness = 0;
  refusal = null;
});
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function listen(port: number): Promise<void> {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onConnect: (_session, done) => done(refusedAt('greeting')),
    onMailFrom: (_address, _session, done) => done(refusedAt('sender')),
    onRcptTo: (_address, _session, done) => done(refusedAt('recipient')),
    onData: (stream, _session, done) => {
      buffer(stream)
        .then((content) => PostalMime.parse(content))
        .then((mail) => {
          const no = refusedAt('message');
          if (no) return done(no);
          received.push(mail);
          setTimeout(done, slowness);
        }, done);
    },
  });
  smtp.on('error', () => undefined);
  const server = smtp.listen(port, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (typeof address === 'object' && address !== null) smtpPort = address.port;
}

function refusedAt(at: string): Error | null {
  return refusal?.at === at ? refusal.error : null;
}

function hangUp(): Promise<void> {
  return new Promise((resolve) => smtp.close(() => resolve()));
}

/** One worker process, as far as mail goes. */
async function startWorker(): Promise<{ dataSource: DataSource; sender: OutboxSender }> {
  @Module({ imports: [ConfigModule.for(config), DatabaseModule, MailSenderModule] })
  class Worker {}
  const app = await NestFactory.createApplicationContext(Worker, { logger: false });
  stops.push(() => app.close());
  return { dataSource: app.get(DataSource), sender: app.get(OutboxSender) };
}

function mailAbout(subjectId: number, locale: Locale = 'pt-BR'): Mail {
  return {
    kind: 'export_ready',
    subjectId,
    to: { address: 'ana.lima@example.com', locale },
    data: {
      account_id: 1,
      export_id: subjectId,
      path: `/accounts/1/exports/${subjectId}`,
      created_at: '2026-03-12T14:05:09.120Z',
      expires_at: '2026-03-15T14:05:09.120Z',
      rows: 3,
    },
  };
}

async function rowOf(dataSource: DataSource, subjectId: number): Promise<Record<string, unknown>> {
  const rows = await dataSource.query<Record<string, unknown>[]>(
    `SELECT state, attempts, last_error, sent_at IS NOT NULL AS has_sent_at,
       extract(epoch FROM next_attempt_at - now())::float AS seconds FROM outbox WHERE subject_id = $1`,
    [subjectId],
  );
  return rows[0] ?? {};
}

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = Date.now() + 15_000; !(await condition()); await pause(20)) {
    if (Date.now() > end) throw new Error('It did not happen within 15 seconds.');
  }
}

describe('enqueueMail', () => {
  it('is undone with its transaction, and drops a second one about the same run', async () => {
    const { dataSource, sender } = await startWorker();
    await sender.stop();
    const undone = dataSource.transaction(async (manager) => {
      await enqueueMail(manager, mailAbout(1));
      throw new Error('the run could not end');
    });
    await expect(undone).rejects.toThrow('the run could not end');
    expect(await rowOf(dataSource, 1)).toEqual({});
    await dataSource.transaction((manager) => enqueueMail(manager, mailAbout(1)));
    await dataSource.transaction((manager) => enqueueMail(manager, mailAbout(1, 'en')));
    expect(await dataSource.query('SELECT locale FROM outbox WHERE subject_id = 1')).toEqual([
      { locale: 'pt-BR' },
    ]);
    expect(await mailStates(dataSource.manager, ['export_ready'], [1, 2])).toEqual(
      new Map([[1, { state: 'waiting', attempts: 0, sent_at: null }]]),
    );
    await dataSource.query('DELETE FROM outbox');
  });
});

describe('OutboxSender', () => {
  it('sends exactly one e-mail although two workers look for it, as HTML and as text', async () => {
    slowness = 300;
    const { dataSource } = await startWorker();
    await startWorker();
    await dataSource.transaction((manager) => enqueueMail(manager, mailAbout(10)));
    await until(async () => (await rowOf(dataSource, 10))['state'] === 'sent');
    await pause(2_500);
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({
      subject: 'Exportação pronta: 3 contatos',
      from: { address: 'ponte@ponte.example', name: 'Ponte' },
      to: [{ address: 'ana.lima@example.com' }],
    });
    expect(received[0]?.html).toContain('href="https://ponte.example/accounts/1/exports/10"');
    expect(received[0]?.text).toContain('https://ponte.example/accounts/1/exports/10');
    expect(received[0]?.messageId).toMatch(/^<export_ready\.10\.[0-9a-z]+@ponte\.example>$/);
    expect(await rowOf(dataSource, 10)).toMatchObject({
      state: 'sent',
      attempts: 1,
      has_sent_at: true,
      last_error: null,
    });
    expect((await mailStates(dataSource.manager, ['export_ready'], [10])).get(10)?.sent_at).toMatch(
      /^20.*Z$/,
    );
  });

  it('is woken by the commit, without waiting for the next look', async () => {
    const { dataSource } = await startWorker();
    await pause(300);
    const began = Date.now();
    await dataSource.transaction((manager) => enqueueMail(manager, mailAbout(11)));
    await until(() => received.length === 1);
    expect(Date.now() - began).toBeLessThan(1_500);
  });

  it('tries again under the same Message-ID after a mail server that was away', async () => {
    const { dataSource, sender } = await startWorker();
    await hangUp();
    await dataSource.transaction((manager) => enqueueMail(manager, mailAbout(12)));
    await until(async () => (await rowOf(dataSource, 12))['attempts'] === 1);
    const failed = await rowOf(dataSource, 12);
    expect(failed).toMatchObject({
      state: 'waiting',
      last_error: expect.stringMatching(/^E[A-Z]+ CONN$/) as string,
    });
    expect(failed['last_error']).not.toContain('@');
    expect(failed['seconds']).toBeGreaterThan(5);
    expect(failed['seconds']).toBeLessThanOrEqual(10);

    await listen(smtpPort);
    await dataSource.query('UPDATE outbox SET next_attempt_at = now() WHERE subject_id = 12');
    sender.wake();
    await until(() => received.length === 1);
    // As if the worker had died before it could write that the e-mail was sent.
    await until(async () => (await rowOf(dataSource, 12))['state'] === 'sent');
    await dataSource.query(`UPDATE outbox SET state = 'waiting' WHERE subject_id = 12`);
    sender.wake();
    await until(() => received.length === 2);
    expect(received[1]?.messageId).toBe(received[0]?.messageId);
  });

  it('waits longer each time and gives up after 24 hours', async () => {
    const { dataSource, sender } = await startWorker();
    await hangUp();
    await dataSource.query(
      `INSERT INTO outbox (kind, subject_id, to_address, locale, data, attempts, created_at)
       SELECT kind, 13, to_address, locale, data, 4, now() - interval '1 hour' FROM outbox WHERE subject_id = 12`,
    );
    sender.wake();
    await until(async () => (await rowOf(dataSource, 13))['attempts'] === 5);
    expect((await rowOf(dataSource, 13))['seconds']).toBeGreaterThan(3_500);
    await dataSource.query(
      `UPDATE outbox SET created_at = now() - interval '25 hours', next_attempt_at = now() WHERE subject_id = 13`,
    );
    sender.wake();
    await until(async () => (await rowOf(dataSource, 13))['state'] === 'given_up');
    await listen(smtpPort);
    sender.wake();
    await pause(300);
    expect(received).toHaveLength(0);
  });

  it.each([
    ['no such user', 'recipient', 550, '5.1.1 No such user', 'refused'],
    ['a full mailbox', 'recipient', 552, '5.2.2 Mailbox full', 'waiting'],
    ['an address that is busy', 'recipient', 450, '4.2.1 Try again', 'waiting'],
    ['a message that is taken for spam', 'message', 554, '5.7.1 Rejected', 'refused'],
    ['a message that cannot be taken now', 'message', 451, '4.3.0 Try again', 'waiting'],
    ['a sender that may not send', 'sender', 553, '5.7.1 Not yours', 'waiting'],
    ['a greeting that says no', 'greeting', 554, 'No service here', 'waiting'],
  ] as const)('the mail server says %s', async (_, at, code, words, state) => {
    refusal = { at, error: Object.assign(new Error(words), { responseCode: code }) };
    const { dataSource, sender } = await startWorker();
    const id = (subjects += 1);
    await dataSource.transaction((manager) => enqueueMail(manager, mailAbout(id)));
    await until(async () => (await rowOf(dataSource, id))['attempts'] === 1);
    const row = await rowOf(dataSource, id);
    expect(row).toMatchObject({ state, has_sent_at: false });
    expect(row['last_error']).not.toMatch(/user|@/);
    refusal = null;
    await dataSource.query('UPDATE outbox SET next_attempt_at = now() WHERE subject_id = $1', [id]);
    sender.wake();
    if (state === 'waiting') await until(async () => (await rowOf(dataSource, id))['state'] === 'sent');
    else await pause(300);
    expect(received).toHaveLength(state === 'waiting' ? 1 : 0);
  });

  it('ends only after the e-mail that is being sent', async () => {
    slowness = 500;
    const { dataSource, sender } = await startWorker();
    await dataSource.transaction((manager) => enqueueMail(manager, mailAbout(14)));
    await until(() => received.length === 1);
    await sender.stop();
    expect((await rowOf(dataSource, 14))['state']).toBe('sent');
  });

  it('does not let one broken row hold up the others', async () => {
    const { dataSource } = await startWorker();
    await dataSource.transaction(async (manager) => {
      await enqueueMail(manager, mailAbout(15));
      await manager.query(`UPDATE outbox SET data = '{}' WHERE subject_id = 15`);
      await enqueueMail(manager, mailAbout(16));
    });
    await until(async () => (await rowOf(dataSource, 16))['state'] === 'sent');
    expect(await rowOf(dataSource, 15)).toMatchObject({ state: 'waiting', attempts: 1 });
  });
});
