import type { NestExpressApplication } from '@nestjs/platform-express';
import type { ImportView } from '@ponte/contracts';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migratedConfig } from '../../test/setup/app-context';
import { newImport, newPerson, type TestPerson } from '../../test/setup/rows';
import { HttpAppModule } from '../http-app.module';
import type { Config } from '../platform/config/config';
import { Notifications } from '../platform/database/notifications';
import { createHttpApp } from '../platform/http/create-http-app';

const TOKEN = 'token-of-the-test';
const COOKIE = 'session-of-the-test';
const hash = (secret: string) => createHash('sha256').update(secret).digest();

let directory: string;
let config: Config;
let app: NestExpressApplication;
let dataSource: DataSource;
let person: TestPerson;
let isOpen = false;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ponte-events-'));
  config = await migratedConfig('embedded', { PONTE_DATA_DIR: directory });
});
afterAll(() => rm(directory, { recursive: true, force: true }));
beforeEach(async () => {
  app = await createHttpApp(HttpAppModule.for(config), config);
  await app.listen(0, '127.0.0.1');
  isOpen = true;
  dataSource = app.get(DataSource);
  person = await newPerson(dataSource);
  await dataSource.query('DELETE FROM access_tokens');
  await dataSource.query(
    'INSERT INTO access_tokens (user_id, name, hint, token_hash) VALUES ($1, $2, $3, $4)',
    [person.userId, 'test', 'test', hash(TOKEN)],
  );
  await dataSource.query('DELETE FROM sessions');
  await dataSource.query(
    `INSERT INTO sessions (user_id, token_hash, expires_at) VALUES ($1, $2, now() + interval '1 day')`,
    [person.userId, hash(COOKIE)],
  );
});
afterEach(async () => {
  if (isOpen) await app.close();
});

/** Follows an import; the events are added as they come. */
async function follow(importId: number, headers: Record<string, string> = { api_access_token: TOKEN }) {
  const leaving = new AbortController();
  const response = await fetch(
    `${await app.getUrl()}/api/v1/accounts/${person.accountId}/imports/${importId}/events`,
    { headers, signal: leaving.signal },
  );
  const events: ImportView[] = [];
  const state = { hasEnded: false };
  const reading = (async () => {
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString('utf8');
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
        if (data !== undefined) events.push(JSON.parse(data) as ImportView);
        text = text.slice(end + 2);
      }
    }
  })()
    .catch(() => undefined)
    .finally(() => (state.hasEnded = true));
  return { response, events, state, reading, leave: () => leaving.abort() };
}

async function change(id: number, set: string): Promise<void> {
  await dataSource.transaction(async (manager) => {
    await manager.query(`UPDATE imports SET ${set} WHERE id = $1`, [id]);
    await Notifications.send(manager, 'ponte_runs', `import ${id}`);
  });
}

const newRun = (values: Record<string, unknown> = {}) =>
  newImport(dataSource, person, { rows_total: 10, state: 'running', lease_until: '2999-01-01', ...values });

describe('the events of an import', () => {
  it('tell where it is at once, and whenever it gets ahead, until its end', async () => {
    const id = await newRun();
    const { response, events, reading } = await follow(id);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toContain('no-store');
    await until(() => events.length === 1);
    await change(id, 'rows_done = 5');
    await until(() => events.length === 2);
    await change(id, `rows_done = 10, state = 'finished', finished_at = now()`);
    await reading;
    expect(events.map(({ state, rows }) => [state, rows.done])).toEqual([
      ['running', 0],
      ['running', 5],
      ['finished', 10],
    ]);
  });

  it('end at once for an import that has ended', async () => {
    const { events, reading } = await follow(await newRun({ state: 'cancelled' }));
    await reading;
    expect(events.map(({ state }) => state)).toEqual(['cancelled']);
  });

  it('come at most five times a second, and the last one is the truth', async () => {
    const id = await newRun({ rows_total: 1_000 });
    const { events, leave } = await follow(id);
    const began = performance.now();
    for (let done = 1; done <= 100; done += 1) await change(id, `rows_done = ${done}`);
    await until(() => events.at(-1)?.rows.done === 100);
    const seconds = (performance.now() - began) / 1_000;
    expect(events.length).toBeLessThanOrEqual(Math.ceil(seconds * 5) + 2);
    leave();
  });

  it('add no listener for every step', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on('warning', note);
    const id = await newRun({ rows_total: 1_000 });
    const { events, leave } = await follow(id);
    for (let step = 1; step <= 14; step += 1) {
      const before = events.length;
      await change(id, `rows_done = ${step}`);
      await until(() => events.length > before);
    }
    leave();
    process.off('warning', note);
    expect(warnings.filter(({ name }) => name === 'MaxListenersExceededWarning')).toEqual([]);
  });

  it('do not say that there is an import in another account', async () => {
    const stranger = await newPerson(dataSource);
    const id = await newImport(dataSource, stranger);
    const { response } = await follow(id);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it('are forgotten when nobody follows any more', async () => {
    const id = await newRun();
    const { events, leave } = await follow(id);
    await until(() => events.length === 1);
    leave();
    await change(id, 'rows_done = 1');
    // A browser opens another connection in advance, on which nothing is asked.
    await once(connect(Number(new URL(await app.getUrl()).port), '127.0.0.1'), 'connect');
    await pause(100);
    const began = performance.now();
    await app.close();
    isOpen = false;
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('do not keep the process from stopping', async () => {
    const id = await newRun();
    const { events, reading } = await follow(id);
    await until(() => events.length === 1);
    const began = performance.now();
    await app.close();
    isOpen = false;
    expect(performance.now() - began).toBeLessThan(2_000);
    await reading;
  });
});

const BY_SESSION = { cookie: `ponte_session=${COOKIE}` };
const BY_TOKEN = { api_access_token: TOKEN };
const request = async (method: string, path: string) =>
  (await fetch(`${await app.getUrl()}/api/v1${path}`, { method, headers: BY_SESSION })).status;

describe('whoever may watch no longer gets no more events', () => {
  const ENDS: [string, Record<string, string>, () => Promise<unknown>][] = [
    ['who signed out', BY_SESSION, () => request('POST', '/auth/sign_out')],
    ['whose session was ended', BY_SESSION, () => dataSource.query('DELETE FROM sessions')],
    [
      'whose session idled out',
      BY_SESSION,
      () => dataSource.query(`UPDATE sessions SET last_used_at = now() - interval '12 hours'`),
    ],
    ['whose session is over', BY_SESSION, () => dataSource.query(`UPDATE sessions SET expires_at = now()`)],
    ['whose token was revoked', BY_TOKEN, () => dataSource.query('DELETE FROM access_tokens')],
    [
      'whose token has expired',
      BY_TOKEN,
      () => dataSource.query(`UPDATE access_tokens SET expires_at = now()`),
    ],
    [
      'who was removed',
      BY_SESSION,
      () => dataSource.query('DELETE FROM members WHERE user_id = $1', [person.userId]),
    ],
    [
      'who was demoted',
      BY_TOKEN,
      () => dataSource.query(`UPDATE members SET role = 'agent' WHERE user_id = $1`, [person.userId]),
    ],
    [
      'who lacks the second factor that the account now requires',
      BY_SESSION,
      () =>
        dataSource.query('UPDATE accounts SET requires_second_factor = true WHERE id = $1', [
          person.accountId,
        ]),
    ],
  ];
  it.each(ENDS)('%s, within five seconds', async (_, headers, end) => {
    const id = await newRun();
    const { events, state } = await follow(id, headers);
    await until(() => events.length === 1);
    await end();
    const began = performance.now();
    await until(() => state.hasEnded);
    expect(performance.now() - began).toBeLessThan(5_000);
    await change(id, 'rows_done = 1');
    expect(events).toHaveLength(1);
  });

  it('although there is news all the time', async () => {
    const id = await newRun({ rows_total: 1_000 });
    const { events, state } = await follow(id, BY_SESSION);
    await until(() => events.length === 1);
    await dataSource.query('DELETE FROM sessions');
    const began = performance.now();
    for (let done = 1; !state.hasEnded && done < 500; done += 1) {
      await change(id, `rows_done = ${done}`);
      await pause(50);
    }
    expect(state.hasEnded).toBe(true);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('and whoever may goes on', async () => {
    const id = await newRun();
    const { events, state, leave } = await follow(id, BY_SESSION);
    const began = performance.now();
    await until(() => performance.now() - began > 7_000);
    expect(state.hasEnded).toBe(false);
    await change(id, 'rows_done = 5');
    await until(() => events.at(-1)?.rows.done === 5);
    leave();
  });
});

describe('one person', () => {
  it('follows twenty imports at a time and no more', async () => {
    const id = await newRun();
    const open = [];
    for (let count = 0; count < 20; count += 1) open.push(await follow(id));
    const refused = await follow(id);
    expect(refused.response.status).toBe(429);
    expect(refused.response.headers.get('retry-after')).toBe('10');
    open[0]?.leave();
    const again = async () => {
      const { response, leave } = await follow(id);
      leave();
      return response.status === 200;
    };
    for (const end = Date.now() + 5_000; !(await again()) && Date.now() < end;) await pause(50);
    expect(await again()).toBe(true);
    for (const { leave } of open) leave();
  });
});

async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !condition(); await pause(10)) {
    if (Date.now() > end) throw new Error('It did not happen within 10 seconds.');
  }
}
