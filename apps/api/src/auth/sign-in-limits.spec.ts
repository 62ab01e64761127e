import type { Problem } from '@ponte/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, turnOnSecondFactor } from '../../test/setup/authenticator';
import { Client } from '../../test/setup/client';
import { openHttp, type HttpProcesses } from '../../test/setup/http-process';
import { newMember, type Person } from '../../test/setup/people';
import { ADMINISTRATOR, AGENT } from '../../test/setup/product';
import { makeResetLink } from '../password-resets';

const FAILURES = 4;
const WRONG = 'not the password';
const HOME = '198.51.100.7';
const ELSEWHERE = '192.0.2.66';

let http: HttpProcesses;
let databaseUrl: string;

beforeAll(async () => {
  const env = { PONTE_SIGN_IN_FAILURES: String(FAILURES), PONTE_TRUSTED_PROXIES: '127.0.0.1' };
  http = await openHttp(env, { count: 2 });
  databaseUrl = http.config.database.url;
});
afterAll(() => http.close());
beforeEach(() => http.dataSource.query('TRUNCATE rate_limits'));

interface From {
  network?: string;
  cookie?: string;
  process?: number;
}

/** Tries to sign in from a network, as the proxy in front would tell it. */
function signIn(who: object, { network = HOME, cookie = '', process = 0 }: From = {}) {
  const url = http.processes[process]?.url ?? http.url;
  return new Client({ url }).post<Problem>('/auth/sign_in', who, { 'x-forwarded-for': network, cookie });
}

async function failures(count: number, email: (index: number) => string, from: (index: number) => From) {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1)
    statuses.push((await signIn({ email: email(index), password: WRONG }, from(index))).status);
  return statuses;
}

const audited = (action: string) =>
  http.dataSource.query<object[]>('SELECT user_id, details FROM audit_events WHERE action = $1 ORDER BY id', [
    action,
  ]);

const LIMITED = [...Array<number>(FAILURES).fill(401), 429, 429];

describe('wrong passwords', () => {
  it('of one network do not keep the person out of another', async () => {
    const tried = await failures(
      FAILURES + 2,
      () => ADMINISTRATOR.email,
      () => ({ network: ELSEWHERE }),
    );
    expect(tried).toEqual(LIMITED);
    expect((await signIn(ADMINISTRATOR, { network: ELSEWHERE })).status).toBe(429);
    expect((await signIn(ADMINISTRATOR)).status).toBe(200);
  });

  it('count for the network whatever names are tried', async () => {
    const tried = await failures(
      FAILURES + 2,
      (index) => `nobody-${index}@ponte.example`,
      () => ({ network: ELSEWHERE }),
    );
    expect(tried).toEqual(LIMITED);
  });

  it('count for the name however its capitals are typed', async () => {
    const spellings = ['admin@ponte.example', 'ADMIN@ponte.example', ' Admin@Ponte.Example '];
    const tried = await failures(
      FAILURES + 2,
      (index) => spellings[index % 3] ?? '',
      () => ({ network: ELSEWHERE }),
    );
    expect(tried).toEqual(LIMITED);
  });

  it('count in all processes together', async () => {
    const tried = await failures(
      FAILURES + 2,
      () => AGENT.email,
      (index) => ({ process: index % 2 }),
    );
    expect(tried).toEqual(LIMITED);
  });

  it.each([
    ['64 bits of IPv6', (index: number) => `2001:db8:1:2:${index}::${index}`],
    ['an IPv4 address in both notations', (index: number) => `${index % 2 === 0 ? '::ffff:' : ''}192.0.2.9`],
  ])('count for %s as one network', async (_, network) => {
    const tried = await failures(
      FAILURES + 2,
      (index) => `nobody-${index}@ponte.example`,
      (index) => ({ network: network(index) }),
    );
    expect(tried).toEqual(LIMITED);
  });

  it('from many networks slow the account down and block nobody', async () => {
    await failures(
      FAILURES + 2,
      () => ADMINISTRATOR.email,
      (index) => ({ network: `203.0.113.${index}` }),
    );
    const began = performance.now();
    expect((await signIn(ADMINISTRATOR)).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThan(700);
  });

  it('are not counted for a right password', async () => {
    for (let count = 0; count < FAILURES * 2; count += 1) expect((await signIn(AGENT)).status).toBe(200);
  });
});

describe('a browser that the person has used', () => {
  /** The cookie by which a browser is known, without its session. */
  async function knownBrowser(who: { email: string; password: string }): Promise<string> {
    const cookies = (await signIn(who)).headers.getSetCookie();
    const browser = cookies.find((cookie) => cookie.startsWith('ponte_browser=')) ?? '';
    expect(browser).toMatch(/^ponte_browser=[\w-]{43}; .*HttpOnly; SameSite=Lax/);
    expect(Number(/Max-Age=(\d+)/.exec(browser)?.[1])).toBeGreaterThan(365 * 24 * 3600);
    return browser.split(';', 1)[0] ?? '';
  }

  it('is spared from what others try in the same network', async () => {
    const cookie = await knownBrowser(ADMINISTRATOR);
    await failures(
      FAILURES,
      () => ADMINISTRATOR.email,
      () => ({}),
    );
    expect((await signIn(ADMINISTRATOR)).status).toBe(429);
    const began = performance.now();
    expect((await signIn(ADMINISTRATOR, { cookie })).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('has a limit of its own, which follows it to other networks', async () => {
    const cookie = await knownBrowser(ADMINISTRATOR);
    const tried = await failures(
      FAILURES + 2,
      () => ADMINISTRATOR.email,
      (index) => ({ cookie, network: `203.0.113.${index}` }),
    );
    expect(tried).toEqual(LIMITED);
    expect((await signIn(ADMINISTRATOR)).status).toBe(200);
  });

  it('is known for that person alone', async () => {
    const cookie = await knownBrowser(AGENT);
    await failures(
      FAILURES,
      () => ADMINISTRATOR.email,
      () => ({}),
    );
    expect((await signIn(ADMINISTRATOR, { cookie })).status).toBe(429);
    expect((await signIn(ADMINISTRATOR, { cookie: `ponte_browser=${'A'.repeat(43)}` })).status).toBe(429);
  });

  it('is kept as a hash', async () => {
    const cookie = await knownBrowser(AGENT);
    const rows = await http.dataSource.query<{ text: string }[]>(
      'SELECT known_browsers::text AS text FROM known_browsers',
    );
    const secret = cookie.split('=')[1] ?? '';
    const kept = rows.map(({ text }) => text).join();
    expect(kept).not.toContain(secret);
    expect(kept).not.toContain(Buffer.from(secret).toString('hex'));
  });
});

describe('guesses of somebody who is signed in', () => {
  const remove = (client: Client, body: object) =>
    client.send<Problem>('DELETE', '/profile', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const tryPassword = (client: Client) =>
    client.patch<Problem>('/profile', { password: 'a-new-password-1', current_password: WRONG });

  it('at the present password are limited, audited and count as those at the sign-in', async () => {
    const client = await Client.signedIn(http, AGENT);
    const statuses: number[] = [];
    for (let index = 0; index < FAILURES + 2; index += 1) statuses.push((await tryPassword(client)).status);
    expect(statuses).toEqual([...Array<number>(FAILURES).fill(422), 429, 429]);
    const { status, headers } = await client.post('/auth/sign_in', AGENT, { ...client.credentials });
    expect([status, Number(headers.get('retry-after')) > 800]).toEqual([429, true]);
    expect(await audited('password_check_failed')).toEqual(
      Array(FAILURES).fill({ user_id: 2, details: { code: 'password_wrong' } }),
    );
  });

  it('at the present password for turning on the second factor count too', async () => {
    const client = await Client.signedIn(http, AGENT);
    const statuses: number[] = [];
    for (let index = 0; index < FAILURES + 1; index += 1) {
      const body = { current_password: WRONG };
      statuses.push((await client.post('/profile/second_factor', body)).status);
    }
    expect(statuses).toEqual([...Array<number>(FAILURES).fill(422), 429]);
  });

  it('at the present password for deleting oneself count too', async () => {
    const client = await Client.signedIn(http, AGENT);
    const statuses: number[] = [];
    for (let index = 0; index < FAILURES + 1; index += 1)
      statuses.push((await remove(client, { current_password: WRONG })).status);
    expect(statuses).toEqual([...Array<number>(FAILURES).fill(422), 429]);
  });

  it('at a code are limited as well, and asking for the code is not one', async () => {
    const administrator = await Client.signedIn(http);
    const person = await newMember({ url: http.url, databaseUrl }, administrator, 'agent');
    await turnOnSecondFactor(person.client, person.password);
    const { email, password } = person;
    for (let index = 0; index < FAILURES * 2; index += 1)
      expect((await signIn({ email, password }, { network: ELSEWHERE })).body.code).toBe(
        'second_factor_needed',
      );
    const statuses: number[] = [];
    for (let index = 0; index < FAILURES + 1; index += 1) {
      const body = { email, password, code: '000000' };
      statuses.push((await signIn(body, { network: ELSEWHERE })).status);
    }
    expect(statuses).toEqual([...Array<number>(FAILURES).fill(401), 429]);
    expect(await audited('sign_in_failed')).toContainEqual({
      user_id: person.id,
      details: { code: 'second_factor_wrong' },
    });
  });
});

describe('wrong codes of one person', () => {
  const CODES = 20;
  let person: Person;
  let secret: string;
  let recoveryCodes: string[];

  beforeEach(async () => {
    const administrator = await Client.signedIn(http);
    person = await newMember({ url: http.url, databaseUrl }, administrator, 'agent');
    ({ secret, recoveryCodes } = await turnOnSecondFactor(person.client, person.password));
  });
  const withCode = (code: string | undefined, from: From) =>
    signIn({ email: person.email, password: person.password, code }, from);
  /** As many at once, three from each network, half of them in either process. */
  const guessAtOnce = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        withCode('000000', { network: `203.0.113.${Math.floor(index / 3)}`, process: index % 2 }),
      ),
    );

  it('are twenty in an hour, from however many networks', async () => {
    const answers = await guessAtOnce(60);
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array<number>(CODES).fill(401), ...Array<number>(60 - CODES).fill(429)]);
    const refused = answers.find(({ status }) => status === 429);
    const seconds = Number(refused?.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(3_500);
    expect(seconds).toBeLessThanOrEqual(3_600);
    expect(refused?.body).toMatchObject({ code: 'too_many_requests', params: { seconds } });
    for (const code of [codeOf(secret, 1), recoveryCodes[0]])
      expect((await withCode(code, {})).status).toBe(429);
  });

  it('count at every place that compares a code', async () => {
    await guessAtOnce(CODES);
    const code = codeOf(secret, 1);
    const current_password = person.password;
    const body = JSON.stringify({ current_password, code });
    const headers = { 'content-type': 'application/json' };
    const link = await makeResetLink(http.dataSource, person.email);
    const token = link?.path.split('#')[1];
    const answers = [
      await person.client.post<Problem>('/profile/second_factor/recovery_codes', { code }),
      await person.client.send<Problem>('DELETE', '/profile/second_factor', { headers, body }),
      await person.client.send<Problem>('DELETE', '/profile', { headers, body }),
      await new Client(http).post<Problem>('/auth/password_resets/use', {
        token,
        password: 'ponte sobre o rio',
        code,
      }),
    ];
    for (const { status, body: problem } of answers)
      expect([status, problem.code]).toEqual([429, 'too_many_requests']);
  });

  it('tell the person once in an hour by e-mail, and the audit', async () => {
    await guessAtOnce(CODES * 3);
    const mails = await http.dataSource.query<object[]>('SELECT kind FROM outbox WHERE to_address = $1', [
      person.email,
    ]);
    expect(mails).toEqual([{ kind: 'codes_refused' }]);
    const refused = (await audited('sign_in_failed')).filter((event) =>
      JSON.stringify(event).includes('too_many_requests'),
    );
    expect(refused.at(-1)).toEqual({ user_id: person.id, details: { code: 'too_many_requests' } });
  });

  it('do not count when they are right, or missing', async () => {
    for (const code of recoveryCodes.slice(0, 3)) expect((await withCode(code, {})).status).toBe(200);
    for (let index = 0; index < CODES; index += 1) await withCode(undefined, {});
    await guessAtOnce(CODES - 1);
    expect((await withCode(recoveryCodes[3], {})).status).toBe(200);
  });
});

describe('without a trusted proxy', () => {
  it('whoever writes an X-Forwarded-For is counted by their own address', async () => {
    const direct = await openHttp({ PONTE_SIGN_IN_FAILURES: String(FAILURES) });
    const statuses: number[] = [];
    for (let index = 0; index < FAILURES + 2; index += 1) {
      const body = { email: `nobody-${index}@ponte.example`, password: WRONG };
      const headers = { 'x-forwarded-for': `203.0.113.${index}` };
      statuses.push((await new Client(direct).post('/auth/sign_in', body, headers)).status);
    }
    await direct.close();
    expect(statuses).toEqual(LIMITED);
  });
});
