import type { ContactView, List, Profile } from '@ponte/contracts';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '@ponte/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { until } from './setup/product';

const LAUNCHER = resolve(import.meta.dirname, '../../../dist/apps/api/launcher.js');
const LIMIT_MS = 60_000;

interface Running {
  process: ChildProcess;
  output: () => string;
  errors: () => string;
  /** Exit code, when it has ended. */
  ended: Promise<number | null>;
}

let directory: string;
const running: Running[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ponte-start-'));
});
afterEach(async () => {
  for (const { process: child, ended } of running.splice(0)) {
    child.kill('SIGTERM');
    await ended;
  }
  await rm(directory, { recursive: true, force: true });
});

function start(env: Record<string, string>): Running {
  const child = spawn(process.execPath, [LAUNCHER], {
    env: { PATH: process.env['PATH'] ?? '', PONTE_DATA_DIR: directory, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const started = { process: child, output: () => output, errors: () => errors, ended };
  running.push(started);
  return started;
}

async function ready(port: number, launched: Running): Promise<void> {
  const isReady = async () =>
    launched.output().includes('Press Ctrl-C') || launched.process.exitCode !== null;
  await until(isReady, Boolean, LIMIT_MS);
  expect(launched.errors()).toBe('');
  expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
}

/** The address and password that were printed beside the word. */
function printed(output: string, who: string): { email: string; password: string } {
  const [, email = '', password = ''] = new RegExp(`${who}\\s+(\\S+)\\s+(\\S+)`).exec(output) ?? [];
  return { email, password };
}

describe('on a machine without any service', () => {
  it('prints how to sign in, serves console, API and caught e-mails on one port, keeps its data, and stops cleanly', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const first = start({ PORT: String(port) });
    await ready(port, first);
    const administrator = printed(first.output(), 'Administrator');
    const agent = printed(first.output(), 'Agent');

    expect(await (await fetch(`${url}/sign-in`)).text()).toContain('<ponte-root');
    expect((await fetch(`${url}/api/docs`)).status).toBe(200);
    const client = await Client.signedIn({ url }, administrator);
    const end = await client.import('name,phone_number\r\nAna Lima,+5511987654321\r\n');
    expect(end.rows).toMatchObject({ total: 1, created: 1 });
    const caught = await until(
      async () => (await fetch(`${url}/caught-mail.json`)).text(),
      (text) => text.includes(administrator.email),
    );
    expect(caught).toContain(administrator.email);
    expect((await Client.signedIn({ url }, agent)).account).toBe(client.account);

    first.process.kill('SIGINT');
    expect(await first.ended).toBe(0);
    expect(await leftovers()).toEqual([]);

    const second = start({ PORT: String(port) });
    await ready(port, second);
    expect(printed(second.output(), 'Administrator')).toEqual(administrator);
    const again = await Client.signedIn({ url }, administrator);
    const { body } = await again.get<List<ContactView>>(again.at('/contacts'));
    expect(body.payload.map(({ name }) => name)).toEqual(['Ana Lima']);
  }, 180_000);

  it('takes the sign-in of the first administrator from its variables', async () => {
    const port = await freePort();
    const who = { email: 'dona@empresa.example', password: 'duas barcas na ria' };
    const launched = start({
      PORT: String(port),
      PONTE_ADMIN_EMAIL: who.email,
      PONTE_ADMIN_PASSWORD: who.password,
    });
    await ready(port, launched);
    const answer = await new Client({ url: `http://127.0.0.1:${port}` }).post<Profile>('/auth/sign_in', who);
    expect(answer.body.accounts).toMatchObject([{ role: 'administrator' }]);
    expect(launched.output()).not.toContain(who.password);
  }, 120_000);

  it('starts again after everything was killed', async () => {
    const port = await freePort();
    const first = start({ PORT: String(port) });
    await ready(port, first);
    first.process.kill('SIGKILL');
    await first.ended;
    const second = start({ PORT: String(port) });
    await until(
      async () => second.process.exitCode !== null || second.output().includes('Press Ctrl-C'),
      Boolean,
      LIMIT_MS,
    );
    if (second.process.exitCode !== null) {
      // The children of the killed launcher may need a moment to let the port go.
      await until(async () => (await leftovers()).length === 0, Boolean);
      await ready(port, start({ PORT: String(port) }));
    }
  }, 180_000);
});

describe('what keeps it from starting is one sentence and exit code 1', () => {
  const CASES: [string, Record<string, string>, RegExp][] = [
    ['a broken variable', { PORT: 'abc' }, /^PORT is "abc": .*\n$/],
    ['half of a pair', { PONTE_AGENT_EMAIL: 'no-password' }, /PONTE_AGENT_EMAIL.*\n$/],
    [
      'a database that does not answer',
      { DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/x' },
      /^The database at 127\.0\.0\.1:1 .*\n$/,
    ],
    [
      'a Redis that does not answer',
      { REDIS_URL: 'redis://:secret@127.0.0.1:1' },
      /^Redis at 127\.0\.0\.1:1 .*\n$/,
    ],
    [
      'a well-known password',
      { PONTE_ADMIN_PASSWORD: 'password1234' },
      /^PONTE_ADMIN_PASSWORD is easy .*\n$/,
    ],
    ['a short password', { PONTE_AGENT_PASSWORD: 'password' }, /^PONTE_AGENT_PASSWORD is too short .*\n$/],
    ['an address that is none', { SMTP_URL: 'mail.example' }, /^SMTP_URL .*\n$/],
  ];

  it.each(CASES)(
    '%s',
    async (_, env, sentence) => {
      const launched = start({ PORT: String(await freePort()), ...env });
      expect(await launched.ended).toBe(1);
      expect(launched.errors()).toMatch(sentence);
      expect(launched.errors().trim().split('\n')).toHaveLength(1);
      expect(launched.errors()).not.toContain('secret');
      expect(await leftovers()).toEqual([]);
    },
    60_000,
  );

  it('a port in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const launched = start({ PORT: String(port) });
    expect(await launched.ended).toBe(1);
    expect(launched.errors()).toBe(
      `Port ${port} is in use: stop what uses it, or set PORT to another one.\n`,
    );
    server.close();
  }, 60_000);

  it('a data directory that another one uses', async () => {
    const port = await freePort();
    await ready(port, start({ PORT: String(port) }));
    const second = start({ PORT: String(await freePort()) });
    expect(await second.ended).toBe(1);
    expect(second.errors().trim().split('\n')).toHaveLength(1);
  }, 120_000);
});

/** Processes that still work on the data directory or were started with it. */
async function leftovers(): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const [command, environment] = await Promise.all(
      ['cmdline', 'environ'].map((file) => readFile(join('/proc', pid, file), 'utf8').catch(() => '')),
    );
    if (`${command} ${environment}`.includes(directory))
      found.push(`${pid} ${command?.replaceAll('\0', ' ')}`);
  }
  return found;
}
