import type { List, Problem, SessionView } from '@ponte/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../../test/setup/client';
import { openHttp, openProcess, type HttpProcesses } from '../../test/setup/http-process';
import { ADMINISTRATOR, AGENT } from '../../test/setup/product';
import { Sessions } from './sessions';

let http: HttpProcesses;

beforeAll(async () => {
  http = await openHttp();
});
afterAll(() => http.close());

const status = async (client: Client) => (await client.get('/profile')).status;
const list = async (client: Client) =>
  (await client.get<List<SessionView>>('/profile/sessions')).body.payload;
const currentId = async (client: Client) =>
  (await list(client)).find(({ is_current }) => is_current)?.id ?? 0;
const audited = async (action: string) =>
  (
    await http.dataSource.query<object[]>(
      'SELECT user_id, subject_id FROM audit_events WHERE action = $1 ORDER BY id DESC LIMIT 1',
      [action],
    )
  )[0];

/** Moves a session into the past, as the database's clock would. */
const age = (id: number, column: string, by: string) =>
  http.dataSource.query(`UPDATE sessions SET ${column} = ${column} - interval '${by}' WHERE id = $1`, [id]);

describe('a session', () => {
  it('is another one after each sign-in, and the one that the browser had is over', async () => {
    const before = await Client.signedIn(http);
    const again = await before.post('/auth/sign_in', ADMINISTRATOR, { ...before.credentials });
    const cookie = again.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    expect(cookie).toMatch(/^ponte_session=[\w-]{43}$/);
    expect([await status(before), await status(new Client(http, { cookie }))]).toEqual([401, 200]);
  });

  it.each([
    ['has not been used for twelve hours', 'last_used_at', '12 hours 1 second', 401],
    ['was used within twelve hours', 'last_used_at', '11 hours 59 minutes', 200],
    ['is fourteen days old, however much it was used', 'expires_at', '14 days', 401],
    ['is not quite fourteen days old', 'expires_at', '13 days 23 hours', 200],
  ])('that %s answers as it should', async (_, column, by, expected) => {
    const client = await Client.signedIn(http, AGENT);
    await age(await currentId(client), column, by);
    expect(await status(client)).toBe(expected);
  });

  it('notes its use once a minute at most', async () => {
    const client = await Client.signedIn(http, AGENT);
    const id = await currentId(client);
    const usedAt = async () =>
      (
        await http.dataSource.query<{ at: Date }[]>('SELECT last_used_at AS at FROM sessions WHERE id = $1', [
          id,
        ])
      )[0]?.at.getTime() ?? 0;
    const first = await usedAt();
    await status(client);
    expect(await usedAt()).toBe(first);
    await age(id, 'last_used_at', '61 seconds');
    await status(client);
    expect(await usedAt()).toBeGreaterThan(first);
  });

  it('works on while the database can only be read', async () => {
    const client = await Client.signedIn(http, AGENT);
    await age(await currentId(client), 'last_used_at', '1 hour');
    const url = `${http.config.database.url}?options=-c%20default_transaction_read_only%3Don`;
    const reading = await openProcess({ ...http.config, database: { ...http.config.database, url } });
    expect(await status(new Client(reading, client.credentials))).toBe(200);
    await reading.app.close();
  });
});

describe('the sessions of a person', () => {
  it('are listed with where and in what they are, this one first', async () => {
    const signIn = (agent: string) => new Client(http).post('/auth/sign_in', AGENT, { 'user-agent': agent });
    await http.dataSource.query('DELETE FROM sessions WHERE user_id = 2');
    await signIn('Old browser');
    const answer = await signIn('New browser');
    const cookie = answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    await signIn('x'.repeat(1_000));
    const asked = await new Client(http, { cookie }).get<List<SessionView>>('/profile/sessions', {
      'user-agent': 'New browser',
    });
    expect(asked.body.meta).toEqual({ count: 3, current_page: 1 });
    const [here, ...others] = asked.body.payload;
    expect(here).toMatchObject({ is_current: true, user_agent: 'New browser', address: '127.0.0.1' });
    expect(others.map(({ is_current }) => is_current)).toEqual([false, false]);
    expect(others.map(({ user_agent }) => user_agent)).toEqual(['x'.repeat(300), 'Old browser']);
    const idle = Date.parse(here?.expires_at ?? '') - Date.parse(here?.last_used_at ?? '');
    expect(idle).toBe(12 * 3600 * 1000);
    expect(JSON.stringify(asked.body)).not.toContain(cookie.split('=')[1]);
  });

  it('that are over are not listed, and are removed', async () => {
    const client = await Client.signedIn(http, AGENT);
    const gone = await Client.signedIn(http, AGENT);
    const id = await currentId(gone);
    await age(id, 'last_used_at', '13 hours');
    expect((await list(client)).map((session) => session.id)).not.toContain(id);
    await http.processes[0]?.app.get(Sessions).removeOld();
    const rows = await http.dataSource.query<{ id: number }[]>('SELECT id FROM sessions');
    expect(rows.map((row) => row.id)).not.toContain(id);
    expect(rows.map((row) => row.id)).toContain(await currentId(client));
  });

  it('end one by one, those of others never', async () => {
    const [here, there] = [await Client.signedIn(http, AGENT), await Client.signedIn(http, AGENT)];
    const stranger = await Client.signedIn(http);
    const id = await currentId(there);
    expect((await stranger.delete<Problem>(`/profile/sessions/${id}`)).body.code).toBe('not_found');
    expect((await here.delete(`/profile/sessions/${id}`)).status).toBe(204);
    expect(await audited('session_ended')).toEqual({ user_id: 2, subject_id: id });
    expect((await here.delete(`/profile/sessions/${id}`)).status).toBe(404);
    expect([await status(here), await status(there), await status(stranger)]).toEqual([200, 401, 200]);
  });

  it('end all but this one', async () => {
    const [here, there] = [await Client.signedIn(http, AGENT), await Client.signedIn(http, AGENT)];
    const stranger = await Client.signedIn(http);
    expect((await here.delete('/profile/sessions')).status).toBe(204);
    expect([await status(here), await status(there), await status(stranger)]).toEqual([200, 401, 200]);
    expect(await list(here)).toHaveLength(1);
  });
});

describe('signing out', () => {
  it('ends the session, clears the cache and is in the audit', async () => {
    const client = await Client.signedIn(http, AGENT);
    const id = await currentId(client);
    const out = await client.post('/auth/sign_out');
    expect(out.status).toBe(204);
    expect(out.headers.get('clear-site-data')).toBe('"cache"');
    expect(out.headers.getSetCookie()).toEqual([expect.stringMatching(/^ponte_session=;.*1970/)]);
    expect(await status(client)).toBe(401);
    expect(await audited('signed_out')).toEqual({ user_id: 2, subject_id: id });
  });

  it('of nobody is no event', async () => {
    const before = await audited('signed_out');
    expect((await new Client(http).post('/auth/sign_out')).status).toBe(204);
    expect(await audited('signed_out')).toEqual(before);
  });
});
