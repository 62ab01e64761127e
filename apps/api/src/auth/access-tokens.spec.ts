import {
  TOKEN_SCOPES,
  TOKENS_PER_PERSON,
  type AccessTokenView,
  type List,
  type NewAccessToken,
  type Problem,
} from '@ponte/contracts';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testConfig } from '../../test/setup/app-context';
import { Client } from '../../test/setup/client';
import { newDatabase, query } from '../../test/setup/database';
import { openHttp, type HttpProcesses } from '../../test/setup/http-process';
import { AGENT } from '../../test/setup/product';
import { migrate, MIGRATIONS } from '../platform/database/migrate';

const DAY_MS = 24 * 3600 * 1000;

let http: HttpProcesses;
let client: Client;

beforeAll(async () => {
  http = await openHttp();
});
afterAll(() => http.close());
beforeEach(async () => {
  client = await Client.signedIn(http, AGENT);
  await http.dataSource.query('DELETE FROM access_tokens');
});

const make = (body: object) => client.post<NewAccessToken & Problem>('/profile/access_tokens', body);
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
const daysOf = ({ created_at, expires_at }: AccessTokenView) =>
  (Date.parse(expires_at) - Date.parse(created_at)) / DAY_MS;
const works = async (token: string) =>
  (await client.get('/profile', { api_access_token: token, cookie: '' })).status;

describe('a token', () => {
  it('reads, imports and exports for a year when nothing else is said', async () => {
    const { status, body } = await make({ name: 'mine' });
    expect(status).toBe(201);
    expect(body.scopes).toEqual(['read', 'imports', 'exports']);
    expect(daysOf(body)).toBeCloseTo(365, 2);
  });

  it('has the scopes and the expiry that were asked for', async () => {
    const expiresAt = inDays(30);
    const { body } = await make({ name: 'mine', scopes: ['read', 'read'], expires_at: expiresAt });
    expect([body.scopes, body.expires_at]).toEqual([['read'], expiresAt]);
    const { payload } = (await client.get<List<AccessTokenView>>('/profile/access_tokens')).body;
    expect(payload).toMatchObject([{ scopes: ['read'], expires_at: expiresAt, last_used_at: null }]);
  });

  it('works for two years at most', async () => {
    const { body } = await make({ name: 'mine', expires_at: inDays(730) });
    expect(daysOf(body)).toBeCloseTo(730, 2);
    expect(daysOf(body)).toBeLessThanOrEqual(730);
  });

  it.each([
    ['an expiry that is over', () => ({ expires_at: inDays(-1) }), 'expires_at'],
    ['an expiry in three years', () => ({ expires_at: inDays(1_095) }), 'expires_at'],
    ['an expiry that is no time', () => ({ expires_at: 'tomorrow' }), 'expires_at'],
    ['no scopes', () => ({ scopes: [] }), 'scopes'],
    ['a scope that does not exist', () => ({ scopes: ['everything'] }), 'scopes.0'],
  ])('is not made with %s', async (_, asked, field) => {
    const { status, body } = await make({ name: 'mine', ...asked() });
    expect([status, body.code]).toEqual([422, 'request_invalid']);
    expect(body.issues?.map((issue) => issue.field)).toEqual([field]);
  });

  it('does nothing after its expiry', async () => {
    const { body } = await make({ name: 'mine' });
    expect(await works(body.token)).toBe(200);
    await http.dataSource.query(`UPDATE access_tokens SET expires_at = now() - interval '1 second'`);
    expect(await works(body.token)).toBe(401);
  });

  it('is one of at most fifty that work', async () => {
    await http.dataSource.query(
      `INSERT INTO access_tokens (user_id, name, hint, token_hash)
       SELECT 2, 'mine', 'abcd', sha256(n::text::bytea) FROM generate_series(3, $1::int) AS n`,
      [TOKENS_PER_PERSON],
    );
    const answers = await Promise.all(Array.from({ length: 5 }, () => make({ name: 'mine' })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    const refused = answers.find(({ status }) => status !== 201);
    expect(refused?.body).toMatchObject({
      code: 'token_limit_reached',
      params: { limit: TOKENS_PER_PERSON },
    });
    await http.dataSource.query(
      `UPDATE access_tokens SET expires_at = now() WHERE id = (SELECT min(id) FROM access_tokens)`,
    );
    expect((await make({ name: 'mine' })).status).toBe(201);
  });
});

describe('a new password', () => {
  it.each([
    ['ends the tokens', {}, 401],
    ['keeps the tokens when that is asked for', { keep_tokens: true }, 200],
  ])('%s', async (_, options, expected) => {
    const { body } = await make({ name: 'mine' });
    const change = { password: AGENT.password, current_password: AGENT.password, ...options };
    expect((await client.patch('/profile', change)).status).toBe(200);
    expect(await works(body.token)).toBe(expected);
    const events = await http.dataSource.query<{ action: string }[]>(
      'SELECT action FROM audit_events WHERE user_id = 2 ORDER BY id DESC LIMIT 3',
    );
    expect(events.map(({ action }) => action)).toContain('password_changed');
  });
});

describe('a token that was made before tokens had scopes', () => {
  it('keeps what it could do, for a year', async () => {
    const config = testConfig(await newDatabase());
    const { url } = config.database;
    const earlier = MIGRATIONS.slice(0, 10);
    const source = await new DataSource({
      type: 'postgres',
      url,
      migrations: earlier,
      installExtensions: false,
    }).initialize();
    await source.runMigrations({ transaction: 'each' });
    await source.destroy();
    await query(
      url,
      `WITH person AS (INSERT INTO users (name, email, password_hash) VALUES ('Ana', 'a@p.br', '') RETURNING id)
       INSERT INTO access_tokens (user_id, name, hint, token_hash, created_at)
       SELECT id, 'old', 'abcd', '\\x00', now() - interval '3 years' FROM person`,
    );
    await migrate(config);
    const rows = await query<{ scopes: string[]; days: number }>(
      url,
      'SELECT scopes, round(extract(epoch FROM expires_at - now()) / 86400)::int AS days FROM access_tokens',
    );
    expect(rows).toEqual([{ scopes: [...TOKEN_SCOPES], days: 365 }]);
  });
});
