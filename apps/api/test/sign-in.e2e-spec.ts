import type { AccessTokenView, List, NewAccessToken, Problem, Profile } from '@ponte/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, type Answer } from './setup/client';
import { query } from './setup/database';
import { newMember } from './setup/people';
import { ADMINISTRATOR, AGENT, startProduct, type Product } from './setup/product';

let product: Product;
let anonymous: Client;

beforeAll(async () => {
  product = await startProduct({ worker: false });
  anonymous = new Client(product);
});
afterAll(() => product.stop());

const signIn = (who: object, headers: Record<string, string> = {}) =>
  anonymous.post<Profile>('/auth/sign_in', who, headers);

/** What a browser keeps of the answer's cookie and sends back. */
function cookieOf({ headers }: Answer<unknown>): string {
  return (headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
}

const profile = (headers: Record<string, string>) => anonymous.get<Profile & Problem>('/profile', headers);

describe('signing in', () => {
  it('answers who it is and sets a cookie that scripts and other sites do not get', async () => {
    const answer = await signIn(ADMINISTRATOR);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      user: {
        id: 1,
        name: 'Administração',
        email: ADMINISTRATOR.email,
        locale: 'pt-BR',
        has_second_factor: false,
      },
      accounts: [{ id: 1, name: 'Demo', role: 'administrator', requires_second_factor: false }],
    });
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^ponte_session=[\w-]{43}; /);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
    expect(cookie).toMatch(/; Path=\//);
    expect(cookie).not.toMatch(/; Secure/);
    expect(answer.headers.getSetCookie()[1]).toMatch(/^ponte_browser=[\w-]{43}; .*HttpOnly; SameSite=Lax$/);
    expect((await profile({ cookie: cookieOf(answer) })).body).toEqual(answer.body);
  });

  it('knows the e-mail address in any case', async () => {
    const { status } = await signIn({ ...ADMINISTRATOR, email: ` ${ADMINISTRATOR.email.toUpperCase()} ` });
    expect(status).toBe(200);
  });

  it('gives one answer for a wrong password and for a stranger', async () => {
    const wrong = await signIn({ ...ADMINISTRATOR, password: 'wrong-password' });
    const stranger = await signIn({ email: 'nobody@ponte.example', password: 'wrong-password' });
    expect(wrong.status).toBe(401);
    expect(wrong.body).toMatchObject({ code: 'credentials_wrong' });
    expect(stranger.body).toEqual(wrong.body);
    expect(wrong.headers.get('set-cookie')).toBeNull();
  });

  it.each([
    ['no body', undefined],
    ['no password', { email: ADMINISTRATOR.email }],
    ['a password that is no text', { email: ADMINISTRATOR.email, password: ['a'] }],
    ['a list', []],
    ['a NUL', { email: 'a\u0000b@ponte.example', password: 'wrong-password' }],
  ])('refuses %s', async (_, body) => {
    const { status, body: problem } = await anonymous.post<Problem>('/auth/sign_in', body);
    expect([status, problem.code]).toEqual([422, 'request_invalid']);
  });

  it('ends with signing out, here and not elsewhere', async () => {
    const here = cookieOf(await signIn(ADMINISTRATOR));
    const elsewhere = cookieOf(await signIn(ADMINISTRATOR));
    const out = await anonymous.post('/auth/sign_out', {}, { cookie: here });
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toMatch(/^ponte_session=;.*Expires=Thu, 01 Jan 1970/);
    expect(out.headers.get('clear-site-data')).toBe('"cache"');
    expect((await profile({ cookie: here })).status).toBe(401);
    expect((await profile({ cookie: elsewhere })).status).toBe(200);
  });

  it.each([
    ['no cookie', {}],
    ['a cookie of nobody', { cookie: 'ponte_session=AAAA' }],
    ['a cookie under the name for HTTPS', { cookie: '__Host-ponte_session=AAAA' }],
    ['a token of nobody', { api_access_token: 'AAAA' }],
    ['an empty token', { api_access_token: '' }],
    ['a bearer of nobody', { authorization: 'Bearer AAAA' }],
  ])('is asked for with %s', async (_, headers: Record<string, string>) => {
    const { status, body } = await profile(headers);
    expect([status, body.code]).toEqual([401, 'sign_in_required']);
  });

  it('ends when its time is over', async () => {
    const cookie = cookieOf(await signIn(AGENT));
    const sql = `UPDATE sessions SET expires_at = now() - interval '1 second' WHERE user_id = 2`;
    await query(product.databaseUrl, sql);
    expect((await profile({ cookie })).status).toBe(401);
  });
});

describe('a new password', () => {
  it('ends the other sessions, keeps this one, and needs the present password', async () => {
    const { email, password } = await newMember(product, await Client.signedIn(product), 'agent');
    const here = cookieOf(await signIn({ email, password }));
    const elsewhere = cookieOf(await signIn({ email, password }));
    const change = (body: object) =>
      anonymous.send<Problem>('PATCH', '/profile', {
        headers: { cookie: here, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });

    for (const body of [
      { password: 'new-password-1' },
      { password: 'new-password-1', current_password: 'x' },
    ]) {
      const { status, body: problem } = await change(body);
      expect([status, problem.code]).toEqual([422, 'password_wrong']);
    }
    expect((await change({ password: 'short', current_password: password })).body.code).toBe(
      'request_invalid',
    );
    expect((await profile({ cookie: elsewhere })).status).toBe(200);

    expect((await change({ password: 'new-password-1', current_password: password })).status).toBe(200);
    expect((await profile({ cookie: here })).status).toBe(200);
    expect((await profile({ cookie: elsewhere })).status).toBe(401);
    expect((await signIn({ email, password })).status).toBe(401);
    expect((await signIn({ email, password: 'new-password-1' })).status).toBe(200);
  });
});

describe('access tokens', () => {
  it('are answered once, listed without the secret, and end when they are revoked', async () => {
    const headers = { cookie: cookieOf(await signIn(AGENT)) };
    const made = await anonymous.post<NewAccessToken>('/profile/access_tokens', { name: 'Script' }, headers);
    expect(made.status).toBe(201);
    const { token, ...listed } = made.body;
    expect(listed).toMatchObject({ name: 'Script', hint: token.slice(-4), last_used_at: null });

    expect((await profile({ api_access_token: token })).body.user.email).toBe(AGENT.email);
    expect((await profile({ authorization: `Bearer ${token}` })).status).toBe(200);

    const list = () => anonymous.get<List<AccessTokenView>>('/profile/access_tokens', headers);
    const { body } = await list();
    expect(body.meta).toEqual({ count: 1, current_page: 1 });
    expect(body.payload).toEqual([{ ...listed, last_used_at: expect.any(String) }]);
    expect(JSON.stringify(body)).not.toContain(token);

    const revoke = (by: Record<string, string>) =>
      anonymous.send('DELETE', `/profile/access_tokens/${listed.id}`, { headers: by });
    const stranger = { cookie: cookieOf(await signIn(ADMINISTRATOR)) };
    expect((await revoke(stranger)).status).toBe(404);
    expect((await revoke(headers)).status).toBe(204);
    expect((await revoke(headers)).status).toBe(404);
    expect((await profile({ api_access_token: token })).status).toBe(401);
    expect((await list()).body.payload).toEqual([]);
  });

  it('are kept as hashes, like the cookies', async () => {
    const administrator = await Client.signedIn(product);
    const made = await administrator.post<NewAccessToken>('/profile/access_tokens', { name: 'Script' });
    const { token } = made.body;
    const secret = cookieOf(await signIn(ADMINISTRATOR)).split('=')[1] ?? '';
    const rows = await query<{ text: string }>(
      product.databaseUrl,
      'SELECT access_tokens::text AS text FROM access_tokens UNION ALL SELECT sessions::text FROM sessions',
    );
    const kept = rows.map(({ text }) => text).join('\n');
    for (const clear of [token, secret]) {
      expect(kept).not.toContain(clear);
      expect(kept).not.toContain(Buffer.from(clear).toString('hex'));
    }
  });
});

describe('writes with a cookie', () => {
  const rename = (headers: Record<string, string>) =>
    anonymous.send<Problem>('PATCH', '/profile', {
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ name: 'Administrator' }),
    });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a sandboxed page', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the same site', { 'sec-fetch-site': 'same-site' }],
  ])('from %s are refused, and so is signing in', async (_, headers: Record<string, string>) => {
    const cookie = cookieOf(await signIn(ADMINISTRATOR));
    for (const answer of [await rename({ cookie, ...headers }), await signIn(ADMINISTRATOR, headers)]) {
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ code: 'cross_site_request' });
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });

  it.each([
    ['the console', () => ({ origin: product.url, 'sec-fetch-site': 'same-origin' })],
    ['the console in an old browser', () => ({ origin: product.url })],
    ['a program', () => ({})],
  ])('from %s pass', async (_, headers) => {
    const cookie = cookieOf(await signIn(ADMINISTRATOR));
    expect((await rename({ cookie, ...headers() })).status).toBe(200);
  });

  it('from anywhere pass with a token instead, which no other site has', async () => {
    const program = await (await Client.signedIn(product)).withToken();
    const contact = { name: 'Ana', phone_number: '+5511987654321' };
    const headers = { origin: 'https://app.example', 'sec-fetch-site': 'cross-site' };
    expect((await program.post(program.at('/contacts'), contact, headers)).status).toBe(200);
  });
});

describe('the audit', () => {
  it('tells sign-ins, failures and tokens, and cannot be changed', async () => {
    await signIn({ ...AGENT, password: 'wrong-password' });
    const agent = await Client.signedIn(product, AGENT);
    await agent.withToken();
    await agent.post('/auth/sign_out');
    const rows = await query<{ action: string; text: string }>(
      product.databaseUrl,
      'SELECT action, audit_events::text AS text FROM audit_events WHERE user_id = 2 ORDER BY id DESC LIMIT 4',
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'signed_out',
      'access_token_created',
      'signed_in',
      'sign_in_failed',
    ]);
    expect(rows.map(({ text }) => text).join()).not.toContain('@');
    for (const sql of [
      "UPDATE audit_events SET action = 'x'",
      'DELETE FROM audit_events',
      'TRUNCATE audit_events',
    ]) {
      await expect(query(product.databaseUrl, sql)).rejects.toThrow('audit_events is append-only');
    }
  });
});
