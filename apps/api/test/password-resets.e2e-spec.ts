import type { PasswordResetView, Problem, Profile } from '@ponte/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, type Answer } from './setup/client';
import { query } from './setup/database';
import { mailsTo, secretIn } from './setup/links';
import { knownAddresses, newMember, type Person } from './setup/people';
import { startProduct, until, type Product } from './setup/product';
import { separation, timesOf } from './setup/separation';

let product: Product;
let anonymous: Client;
let administrator: Client;

beforeAll(async () => {
  product = await startProduct({ env: { PONTE_TRUSTED_PROXIES: '127.0.0.1' } });
  anonymous = new Client(product);
  administrator = await Client.signedIn(product);
});
afterAll(() => product.stop());

const PASSWORD = 'ponte sobre o rio';
const INVALID = [410, 'link_invalid'];
const problem = ({ status, body }: Answer<Problem>) => [status, body.code];

/** As if from another network each time: the limits of a network are a story of their own. */
let networks = 0;
const ask = (email: string, network = `198.51.100.${(networks += 1) % 250}`) =>
  anonymous.post<Problem>('/auth/password_resets', { email }, { 'x-forwarded-for': network });
const find = (token: string) =>
  anonymous.post<PasswordResetView & Problem>('/auth/password_resets/find', { token });
const use = (token: string, more: object = {}) =>
  anonymous.post<Profile & Problem>('/auth/password_resets/use', { token, password: PASSWORD, ...more });
const newPerson = () => newMember(product, administrator, 'agent', 'en');
const signIn = ({ email }: Person, password: string) =>
  anonymous.post<Problem>('/auth/sign_in', { email, password });

/** The secret of the newest of so many links to that person; e-mails about changed passwords do not count. */
async function secretOf({ email }: Person, count = 1): Promise<string> {
  const links = async () =>
    (await mailsTo(product, email, 1)).filter(({ subject }) => subject === 'New password for Ponte');
  return secretIn((await until(links, (found) => found.length >= count, 15_000)).at(-1), 'reset-password');
}

describe('a forgotten password', () => {
  it('is replaced by a link: every session and token ends, and a new session begins', async () => {
    const person = await newPerson();
    const program = await person.client.withToken();
    expect((await ask(person.email)).status).toBe(202);
    const token = await secretOf(person);
    const found = await find(token);
    expect(found.status).toBe(200);
    expect(found.body).toMatchObject({ email: person.email, has_second_factor: false });
    const left = Date.parse(found.body.expires_at) - Date.now();
    expect(left).toBeGreaterThan(50 * 60_000);
    expect(left).toBeLessThan(61 * 60_000);
    expect((await signIn(person, person.password)).status).toBe(200);

    const changed = await use(token);
    expect(changed.status).toBe(200);
    expect(changed.body.user).toMatchObject({ id: person.id, email: person.email });
    for (const client of [person.client, program]) expect((await client.get('/profile')).status).toBe(401);
    const cookie = changed.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    expect((await anonymous.get('/profile', { cookie })).status).toBe(200);
    expect(problem(await signIn(person, person.password))).toEqual([401, 'credentials_wrong']);
    expect((await signIn(person, PASSWORD)).status).toBe(200);
    const mails = await mailsTo(product, person.email, 2);
    expect(mails.map(({ subject }) => subject)).toEqual([
      'New password for Ponte',
      'Your Ponte password was changed',
    ]);
    expect(mails[1]?.text).toContain('127.0.0.1');
    expect(mails[1]?.text).toContain(`${product.url}/forgot-password`);
  });

  it('is replaced once by one link, also for many at once, and by no other link of that person', async () => {
    const person = await newPerson();
    await ask(person.email);
    const first = await secretOf(person);
    await ask(person.email.toUpperCase());
    const second = await secretOf(person, 2);
    const answers = await Promise.all([1, 2, 3, 4].map(() => use(second)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410]);
    for (const token of [first, second]) {
      expect(problem(await find(token))).toEqual(INVALID);
      expect(problem(await use(token))).toEqual(INVALID);
    }
  });

  it('is not replaced after an hour, and the answer is that of a link that never was', async () => {
    const person = await newPerson();
    await ask(person.email);
    const token = await secretOf(person);
    await query(
      product.databaseUrl,
      `UPDATE password_resets SET expires_at = now() - interval '1 second' WHERE email_key = $1`,
      [person.email],
    );
    const [expired, unknown] = [await use(token), await use('x'.repeat(43))];
    expect(problem(expired)).toEqual(INVALID);
    expect(expired.body).toEqual(unknown.body);
    expect((await signIn(person, person.password)).status).toBe(200);
  });

  it.each([
    ['well known', 'password1234', 'password_weak'],
    ['short', 'rio e ponte', 'request_invalid'],
  ])('is not replaced by one that is %s, and the link goes on working', async (_, password, code) => {
    const person = await newPerson();
    await ask(person.email);
    const token = await secretOf(person);
    const refused = await use(token, { password });
    expect(problem(refused)).toEqual([422, code]);
    expect(refused.body.issues?.[0]?.field).toBe('password');
    expect((await signIn(person, person.password)).status).toBe(200);
    expect((await use(token)).status).toBe(200);
  });
});

describe('asking for a link', () => {
  it('answers and does the same for an address that nobody has', async () => {
    const person = await newPerson();
    const answers = [await ask(person.email), await ask('nobody@else.example'), await ask('no address')];
    for (const { status, body } of answers) expect([status, body]).toEqual([202, '']);
    await mailsTo(product, person.email);
    await until(
      () =>
        query(
          product.databaseUrl,
          `SELECT 1 FROM outbox WHERE kind = 'password_reset' AND state = 'waiting'`,
        ),
      (rows) => rows.length === 0,
    );
    const others = product.mailbox.mails.filter(({ to }) => !to?.[0]?.address?.endsWith('@ponte.example'));
    expect(others).toEqual([]);
    const rows = await query<{ text: string }>(
      product.databaseUrl,
      `SELECT outbox::text AS text FROM outbox UNION ALL SELECT audit_events::text FROM audit_events`,
    );
    expect(rows.map(({ text }) => text).join()).not.toContain('else.example');
  });

  it('takes as long for both', async () => {
    const addresses = await knownAddresses(product, 40);
    const [known, unknown] = await timesOf(40, [
      () => ask(addresses.pop() ?? ''),
      () => ask(`${crypto.randomUUID()}@ponte.example`),
    ]);
    expect(separation(known, unknown)).toBeLessThan(0.5);
  });

  it('sends five e-mails to an address in an hour; more requests are answered and send nothing', async () => {
    const person = await newPerson();
    for (let round = 0; round < 8; round += 1) expect((await ask(person.email)).status).toBe(202);
    const token = await secretOf(person, 5);
    await until(
      () => query(product.databaseUrl, `SELECT 1 FROM outbox WHERE state = 'waiting'`),
      (rows) => rows.length === 0,
    );
    expect(await mailsTo(product, person.email, 5)).toHaveLength(5);
    expect((await find(token)).status).toBe(200);
  });

  it('is limited for a network, whatever the addresses', async () => {
    const answers: number[] = [];
    for (let count = 0; count < 33; count += 1)
      answers.push((await ask(`n${count}@ponte.example`, '203.0.113.9')).status);
    expect(answers.slice(0, 30)).toEqual(Array(30).fill(202));
    expect(answers.slice(30)).toEqual([429, 429, 429]);
  });
});
