import type { NestExpressApplication } from '@nestjs/platform-express';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migratedConfig } from '../../test/setup/app-context';
import { HttpAppModule } from '../http-app.module';
import type { Config } from '../platform/config/config';
import { createHttpApp } from '../platform/http/create-http-app';

const FAILURES = 5;
const WHO = { email: 'admin@ponte.example', password: 'lenha no forno de barro' };

let directory: string;
let config: Config;
let app: NestExpressApplication;
let url: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ponte-sign-in-'));
  config = await migratedConfig('embedded', {
    PONTE_DATA_DIR: directory,
    PONTE_ADMIN_EMAIL: WHO.email,
    PONTE_ADMIN_PASSWORD: WHO.password,
    PONTE_SIGN_IN_FAILURES: String(FAILURES),
  });
});
afterAll(() => rm(directory, { recursive: true, force: true }));
beforeEach(async () => {
  // The limits are counted in the database: each test begins without failures.
  app = await createHttpApp(HttpAppModule.for(config), config);
  await app.listen(0, '127.0.0.1');
  await app.get(DataSource).query('TRUNCATE rate_limits');
  url = `${await app.getUrl()}/api/v1`;
});
afterEach(() => app.close());

const signIn = (body: object = WHO, headers: Record<string, string> = {}) =>
  fetch(`${url}/auth/sign_in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const statuses = async (answers: Promise<Response>[]) =>
  (await Promise.all(answers)).map(({ status }) => status);
const cookieOf = (answer: Response) => (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
const profile = (cookie: string) => fetch(`${url}/profile`, { headers: { cookie } });

describe('signing in', () => {
  it('gives a cookie that scripts cannot read, and keeps its hash alone', async () => {
    const answer = await signIn({ ...WHO, email: 'ADMIN@Ponte.example ' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      user: { email: WHO.email },
      accounts: [{ role: 'administrator' }],
    });
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^ponte_session=[\w-]{43}; .*HttpOnly; SameSite=Lax/);
    expect((await profile(cookieOf(answer))).status).toBe(200);
    const rows = await app.get(DataSource).query<object[]>('SELECT * FROM sessions');
    expect(JSON.stringify(rows)).not.toContain(cookieOf(answer).split('=')[1]);
  });

  it('says the same of a wrong password and of nobody', async () => {
    const wrong = await signIn({ ...WHO, password: 'lenha no forno de tijolo' });
    const nobody = await signIn({ ...WHO, email: 'nobody@ponte.example' });
    expect([wrong.status, nobody.status]).toEqual([401, 401]);
    expect(await wrong.json()).toEqual(await nobody.json());
  });

  it('is over with the sign-out', async () => {
    const cookie = cookieOf(await signIn());
    const out = await fetch(`${url}/auth/sign_out`, { method: 'POST', headers: { cookie } });
    expect(out.status).toBe(204);
    expect((await profile(cookie)).status).toBe(401);
  });

  it('is over when its time is', async () => {
    const cookie = cookieOf(await signIn());
    await app.get(DataSource).query(`UPDATE sessions SET expires_at = now() - interval '1 second'`);
    expect((await profile(cookie)).status).toBe(401);
  });
});

describe('wrong passwords', () => {
  const wrong = (email = WHO.email) => signIn({ email, password: 'not the one' });

  it('are limited, one after the other', async () => {
    for (let count = 0; count < FAILURES; count += 1) expect((await wrong()).status).toBe(401);
    const refused = await signIn();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('are limited all the same when they come at once', async () => {
    const answers = await statuses(Array.from({ length: 40 }, () => wrong()));
    expect(answers.filter((status) => status === 401).length).toBeLessThanOrEqual(FAILURES);
    expect(new Set(answers)).toEqual(new Set([401, 429]));
  });

  it('are limited for an address however many names it tries', async () => {
    const answers: number[] = [];
    for (let count = 0; count < FAILURES + 2; count += 1)
      answers.push((await wrong(`n${count}@ponte.example`)).status);
    expect(answers.slice(-2)).toEqual([429, 429]);
  });

  it('do not count when the password is right', async () => {
    for (let count = 0; count < FAILURES * 3; count += 1) expect((await signIn()).status).toBe(200);
    expect((await wrong()).status).toBe(401);
  });

  it('are noted without the address that was typed', async () => {
    await wrong('somebody@else.example');
    const rows = await app
      .get(DataSource)
      .query<object[]>(`SELECT * FROM audit_events WHERE action = 'sign_in_failed'`);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('else.example');
  });
});

describe('a new password', () => {
  it('ends every other session of the person', async () => {
    const [here, elsewhere] = [cookieOf(await signIn()), cookieOf(await signIn())];
    const change = (body: object) =>
      fetch(`${url}/profile`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', cookie: here },
        body: JSON.stringify(body),
      });
    expect(
      (await change({ password: 'chuva fina de manha cedo', current_password: 'not the one' })).status,
    ).toBe(422);
    expect((await profile(elsewhere)).status).toBe(200);
    expect(
      (await change({ password: 'chuva fina de manha cedo', current_password: WHO.password })).status,
    ).toBe(200);
    expect((await profile(here)).status).toBe(200);
    expect((await profile(elsewhere)).status).toBe(401);
    expect((await signIn()).status).toBe(401);
    expect(
      (await change({ password: WHO.password, current_password: 'chuva fina de manha cedo' })).status,
    ).toBe(200);
  });
});

describe('an access token', () => {
  it('acts for its person in both headers until it is revoked, and is kept as a hash', async () => {
    const cookie = cookieOf(await signIn());
    const made = await fetch(`${url}/profile/access_tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ name: 'test' }),
    });
    const { id, token } = (await made.json()) as { id: number; token: string };
    const ask = async (headers: Record<string, string>) =>
      (await fetch(`${url}/profile`, { headers })).status;
    expect(await ask({ api_access_token: token })).toBe(200);
    expect(await ask({ authorization: `Bearer ${token}` })).toBe(200);
    expect(await ask({ authorization: `bearer  ${token}` })).toBe(200);
    expect(await ask({ api_access_token: `${token}x` })).toBe(401);
    // A token that is shown is judged by itself, whatever cookie comes with it.
    expect(await ask({ api_access_token: 'wrong', cookie })).toBe(401);
    const rows = await app.get(DataSource).query<object[]>('SELECT * FROM access_tokens');
    expect(JSON.stringify(rows)).not.toContain(token);
    await fetch(`${url}/profile/access_tokens/${id}`, { method: 'DELETE', headers: { cookie } });
    expect(await ask({ api_access_token: token })).toBe(401);
  });
});
