import type {
  InvitationView,
  List,
  MemberView,
  Problem,
  Profile,
  ReceivedInvitation,
} from '@ponte/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Client, type Answer } from './setup/client';
import { query } from './setup/database';
import { mailsTo, secretIn } from './setup/links';
import { knownAddresses, newMember } from './setup/people';
import { AGENT, startProduct, until, type Product } from './setup/product';
import { separation, timesOf } from './setup/separation';

let product: Product;
let anonymous: Client;
let administrator: Client;

beforeAll(async () => {
  product = await startProduct();
  anonymous = new Client(product);
  administrator = await Client.signedIn(product);
});
afterAll(() => product.stop());
// All tests together invite more than one person may in an hour.
beforeEach(() => query(product.databaseUrl, 'TRUNCATE rate_limits'));

const PASSWORD = 'ponte sobre o rio';
const OTHER_PASSWORD = 'chuva fina de manha';
let addresses = 0;
const newAddress = () => `convidada-${(addresses += 1)}@ponte.example`;

const invite = (by: Client, email: string, more: object = {}) =>
  by.post<InvitationView & Problem>(by.at('/members'), { email, name: 'Bia', role: 'agent', ...more });
const find = (token: string) =>
  anonymous.post<ReceivedInvitation & Problem>('/auth/invitations/find', { token });
const accept = (token: string, more: object = {}, by = anonymous) =>
  by.post<Profile & Problem>('/auth/invitations/accept', { token, ...more });
const members = async (of: Client) => (await of.get<List<MemberView>>(of.at('/members'))).body.payload;
const invitations = async (of: Client) =>
  (await of.get<List<InvitationView>>(of.at('/invitations'))).body.payload;

/** The secret of the newest of so many invitations to that address. */
async function secretOf(email: string, count = 1): Promise<string> {
  return secretIn((await mailsTo(product, email, count)).at(-1), 'invitation');
}

/** Invites an address and answers the secret of its link. */
async function invited(by: Client, email: string, more: object = {}): Promise<string> {
  const { status, body } = await invite(by, email, more);
  if (status !== 201) throw new Error(`Not invited: ${JSON.stringify(body)}`);
  return secretOf(email);
}

function clientOf({ headers }: Answer<unknown>, account = 1): Client {
  const cookies = headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
  return new Client(product, { cookie: cookies.join('; ') }, account);
}

const problem = ({ status, body }: Answer<Problem>) => [status, body.code];
const INVALID = [410, 'link_invalid'];

describe('a new person', () => {
  it('is invited, reads the invitation, chooses a name and a password, and is signed in', async () => {
    const owner = await administrator.inNewAccount();
    const email = newAddress();
    const made = await invite(owner, email, { name: 'Bia Souza', role: 'administrator', locale: 'en' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ email, name: 'Bia Souza', role: 'administrator', is_expired: false });
    const days = (Date.parse(made.body.expires_at) - Date.parse(made.body.created_at)) / 86_400_000;
    expect(days).toBeCloseTo(7, 3);
    expect(await members(owner)).toHaveLength(1);

    const token = await secretOf(email);
    const found = await find(token);
    expect(found.status).toBe(200);
    expect(found.body).toEqual({
      account: { name: 'Empty' },
      invited_by: { name: 'Administração' },
      email,
      name: 'Bia Souza',
      role: 'administrator',
      expires_at: made.body.expires_at,
      has_sign_in: false,
    });

    const joined = await accept(token, { name: 'Beatriz', password: PASSWORD });
    expect(joined.status).toBe(200);
    expect(joined.body).toMatchObject({
      user: { email, name: 'Beatriz', locale: 'en' },
      accounts: [{ id: owner.account, role: 'administrator' }],
    });
    const herself = clientOf(joined, owner.account);
    expect((await herself.get(herself.at('/imports'))).status).toBe(200);
    expect((await Client.signedIn(product, { email, password: PASSWORD })).account).toBe(owner.account);
    expect(await invitations(owner)).toEqual([]);
    expect((await members(owner)).map(({ name }) => name).sort()).toEqual(['Administração', 'Beatriz']);
  });

  it.each([
    ['no password', {}, [422, 'request_invalid']],
    ['a short one', { password: 'ponte e rio' }, [422, 'request_invalid']],
    ['a well-known one', { password: 'password1234' }, [422, 'password_weak']],
  ])('cannot choose %s, and the link goes on working', async (_, body, expected) => {
    const token = await invited(await administrator.inNewAccount(), newAddress());
    const refused = await accept(token, body);
    expect(problem(refused)).toEqual(expected);
    expect(refused.body.issues?.[0]?.field).toBe('password');
    expect((await accept(token, { password: PASSWORD })).status).toBe(200);
  });

  it('cannot choose the name of the account or their own address', async () => {
    const email = 'margarida.quintanilha@ponte.example';
    const owner = await administrator.inNewAccount();
    const token = await invited(owner, email, { name: 'Margarida Quintanilha' });
    for (const password of [email, 'margarida.quintanilha', 'Quintanilha2026'])
      expect(problem(await accept(token, { password }))).toEqual([422, 'password_weak']);
  });

  it('is not accepted for while another person is signed in', async () => {
    const token = await invited(await administrator.inNewAccount(), newAddress());
    const refused = await accept(token, { password: PASSWORD }, administrator);
    expect(problem(refused)).toEqual([403, 'invitation_not_yours']);
    expect((await find(token)).status).toBe(200);
  });
});

describe('a person who has a sign-in', () => {
  it('joins with their own password, which stays, and with it alone', async () => {
    const person = await newMember(product, await administrator.inNewAccount(), 'agent');
    const owner = await administrator.inNewAccount();
    const token = await invited(owner, person.email, { name: 'Another name', role: 'administrator' });
    expect((await find(token)).body).toMatchObject({ has_sign_in: true });
    for (const body of [{}, { password: PASSWORD }, { password: PASSWORD, name: 'Taken' }])
      expect(problem(await accept(token, body))).toEqual([401, 'credentials_wrong']);
    const joined = await accept(token, { password: person.password, name: 'Taken' });
    expect(joined.status).toBe(200);
    expect(joined.body.user).toMatchObject({
      id: person.id,
      name: expect.stringMatching(/^Person/) as string,
    });
    expect(joined.body.accounts.map(({ id }) => id)).toContain(owner.account);
    await Client.signedIn(product, person);
  });

  it('joins without a password where they are signed in, and keeps that session', async () => {
    const person = await newMember(product, await administrator.inNewAccount(), 'agent');
    const owner = await administrator.inNewAccount();
    const joined = await accept(await invited(owner, person.email), {}, person.client);
    expect(joined.status).toBe(200);
    expect(joined.headers.getSetCookie()).toEqual([]);
    expect((await person.client.get(owner.at('/contacts'))).status).toBe(200);
  });

  it('belongs to nothing before, and to nothing after declining', async () => {
    const person = await newMember(product, await administrator.inNewAccount(), 'agent');
    const owner = await administrator.inNewAccount();
    const token = await invited(owner, person.email);
    const accounts = async () => (await person.client.get<Profile>('/profile')).body.accounts;
    expect(await accounts()).toHaveLength(1);
    expect((await person.client.get(owner.at('/contacts'))).status).toBe(404);
    const decline = () => anonymous.post<Problem>('/auth/invitations/decline', { token });
    expect((await decline()).status).toBe(204);
    expect(problem(await decline())).toEqual(INVALID);
    expect(problem(await accept(token, { password: person.password }))).toEqual(INVALID);
    expect(await accounts()).toHaveLength(1);
    expect(await invitations(owner)).toEqual([]);
  });
});

describe('an account takeover', () => {
  it('fails: who invites an address first learns no password of it and enters no other account', async () => {
    const victim = newAddress();
    const asTyped = victim.replace('convidada', 'CONVIDADA');
    const agent = await Client.signedIn(product, AGENT);
    const attacker = await agent.inNewAccount();
    const planted = { email: victim, name: 'CEO', role: 'agent' };
    const known = { ...planted, password: 'attacker knows this one' };
    await attacker.post(attacker.at('/members'), known);
    await attacker.post(attacker.at('/members'), planted);

    const company = await administrator.inNewAccount();
    const token = await (async () => {
      await invite(company, asTyped, { role: 'administrator' });
      await mailsTo(product, asTyped);
      return secretOf(asTyped);
    })();
    const signIn = await anonymous.post<Problem>('/auth/sign_in', {
      email: victim,
      password: known.password,
    });
    expect(problem(signIn)).toEqual([401, 'credentials_wrong']);
    const answered = JSON.stringify(await invitations(attacker));
    expect(answered).not.toContain(token);

    expect((await accept(token, { password: PASSWORD })).status).toBe(200);
    expect((await members(company)).map(({ email }) => email)).toContain(asTyped);
    expect(await members(attacker)).toHaveLength(1);
  });

  it('fails with an invitation of somebody who was removed since', async () => {
    const owner = await administrator.inNewAccount();
    const rogue = await newMember(product, owner, 'administrator');
    const token = await invited(rogue.client, newAddress(), { role: 'administrator' });
    await owner.delete(owner.at(`/members/${rogue.id}`));
    expect(problem(await find(token))).toEqual(INVALID);
    expect(problem(await accept(token, { password: PASSWORD }))).toEqual(INVALID);
    const [waiting] = await invitations(owner);
    expect(waiting).toMatchObject({ is_expired: true });
    // The account may still want the person: sending it again makes it the sender's.
    await owner.post(owner.at(`/invitations/${waiting?.id}/resend`));
    expect((await find(await secretOf(waiting?.email ?? '', 2))).status).toBe(200);
  });
});

describe('inviting tells nothing of other accounts', () => {
  it('answers the same for a known and for an unknown address', async () => {
    const owner = await administrator.inNewAccount();
    const elsewhere = await newMember(product, await administrator.inNewAccount(), 'agent');
    const blank = (answer: Answer<InvitationView>) => {
      const { id, email, created_at, expires_at, ...rest } = answer.body;
      for (const value of [id, email, created_at, expires_at]) expect(value).toBeTruthy();
      return { status: answer.status, headers: [...answer.headers.keys()].sort(), rest };
    };
    const unknown = blank(await invite(owner, newAddress()));
    expect(blank(await invite(owner, elsewhere.email))).toEqual(unknown);
    expect(unknown.rest.name).toBe('Bia');
    await mailsTo(product, elsewhere.email);
    const states = async () => (await invitations(owner)).map(({ name, mail }) => [name, mail?.state]);
    // The mail server has the e-mail a moment before the outbox says so.
    expect(await until(states, (found) => found.every(([, state]) => state === 'sent'))).toEqual([
      ['Bia', 'sent'],
      ['Bia', 'sent'],
    ]);
  });

  it('takes as long for both', async () => {
    const agent = await Client.signedIn(product, AGENT);
    const owners = [await administrator.inNewAccount(), await agent.inNewAccount()] as const;
    const known = await knownAddresses(product, 40);
    const [first, second] = await timesOf(40, [
      () => invite(owners[0], known.pop() ?? ''),
      () => invite(owners[1], newAddress()),
    ]);
    expect(separation(first, second)).toBeLessThan(0.5);
  });

  it('refuses who is a member here, under every spelling of the address', async () => {
    const owner = await administrator.inNewAccount();
    const { email } = await newMember(product, owner, 'agent');
    for (const spelling of [email, email.toUpperCase(), ` ${email} `])
      expect(problem(await invite(owner, spelling))).toEqual([422, 'member_exists']);
  });
});

describe('of two at once', () => {
  it('who accept one link, one joins and the other finds it used', async () => {
    for (let round = 0; round < 5; round += 1) {
      const owner = await administrator.inNewAccount();
      const token = await invited(owner, newAddress());
      const passwords = [PASSWORD, OTHER_PASSWORD, PASSWORD, OTHER_PASSWORD];
      const answers = await Promise.all(passwords.map((password) => accept(token, { password })));
      expect(answers.map(problem).sort()).toEqual([[200, undefined], INVALID, INVALID, INVALID].sort());
      expect(await members(owner)).toHaveLength(2);
      expect(problem(await find(token))).toEqual(INVALID);
    }
  });

  it('links of two accounts for one new person, both lead to one person', async () => {
    const owners = [await administrator.inNewAccount(), await administrator.inNewAccount()];
    const email = newAddress();
    for (const owner of owners) await invite(owner, email);
    const mails = await mailsTo(product, email, 2);
    const answers = await Promise.all(
      mails.map((mail) => accept(secretIn(mail, 'invitation'), { password: PASSWORD })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(new Set(answers.map(({ body }) => body.user.id)).size).toBe(1);
    for (const owner of owners) expect(await members(owner)).toHaveLength(2);
  });

  it('who accept and revoke, one wins and the other is told so', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      const owner = await administrator.inNewAccount();
      const token = await invited(owner, newAddress());
      const [waiting] = await invitations(owner);
      const [accepted, revoked] = await Promise.all([
        accept(token, { password: PASSWORD }),
        owner.delete<Problem>(owner.at(`/invitations/${waiting?.id}`)),
      ]);
      const belongs = accepted.status === 200;
      expect([accepted.status, revoked.status]).toEqual(belongs ? [200, 404] : [410, 204]);
      expect(await members(owner)).toHaveLength(belongs ? 2 : 1);
      outcomes.add(String(accepted.status));
    }
    expect(outcomes.size).toBeGreaterThan(0);
  });

  it('who invite one address, there is one invitation', async () => {
    const owner = await administrator.inNewAccount();
    const email = newAddress();
    const answers = await Promise.all(Array.from({ length: 5 }, () => invite(owner, email)));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(201));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await invitations(owner)).toHaveLength(1);
  });
});

describe('a waiting invitation', () => {
  it('is renewed by inviting the address again, and the older link stops working', async () => {
    const owner = await administrator.inNewAccount();
    const email = newAddress();
    const first = await invited(owner, email, { role: 'administrator' });
    const again = await invite(owner, email.replace('ponte', 'PONTE'), { name: 'Beatriz', role: 'agent' });
    expect(again.status).toBe(201);
    expect(await invitations(owner)).toHaveLength(1);
    const second = await secretOf(email, 2);
    expect(problem(await find(first))).toEqual(INVALID);
    expect((await find(second)).body).toMatchObject({ name: 'Beatriz', role: 'agent' });
  });

  it('is sent again with a new link and seven more days', async () => {
    const owner = await administrator.inNewAccount();
    const email = newAddress();
    const first = await invited(owner, email);
    const [waiting] = await invitations(owner);
    await query(
      product.databaseUrl,
      `UPDATE invitations SET expires_at = now() - interval '1 second' WHERE id = $1`,
      [waiting?.id],
    );
    expect(problem(await find(first))).toEqual(INVALID);
    expect(problem(await accept(first, { password: PASSWORD }))).toEqual(INVALID);
    expect((await invitations(owner))[0]).toMatchObject({ is_expired: true });
    const sent = await owner.post<InvitationView>(owner.at(`/invitations/${waiting?.id}/resend`));
    expect([sent.status, sent.body.is_expired]).toEqual([200, false]);
    expect(Date.parse(sent.body.expires_at) - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
    expect((await accept(await secretOf(email, 2), { password: PASSWORD })).status).toBe(200);
  });

  it('is revoked, and its link says the same as one that never was', async () => {
    const owner = await administrator.inNewAccount();
    const token = await invited(owner, newAddress());
    const [waiting] = await invitations(owner);
    expect((await owner.delete(owner.at(`/invitations/${waiting?.id}`))).status).toBe(204);
    const [revoked, unknown] = [await find(token), await find('x'.repeat(43))];
    expect(problem(revoked)).toEqual(INVALID);
    expect(revoked.body).toEqual(unknown.body);
    expect((await owner.delete(owner.at(`/invitations/${waiting?.id}`))).status).toBe(404);
  });

  it('is never sent when it is revoked before its e-mail leaves', async () => {
    const owner = await administrator.inNewAccount();
    const email = newAddress();
    // The e-mail is due in a minute: as if the mail server were busy.
    const made = await invite(owner, email);
    await mailsTo(product, email);
    await query(
      product.databaseUrl,
      `UPDATE outbox SET state = 'waiting', next_attempt_at = now() + interval '1 minute'
      WHERE kind = 'invitation' AND to_address = $1`,
      [email],
    );
    await owner.delete(owner.at(`/invitations/${made.body.id}`));
    await query(product.databaseUrl, `UPDATE outbox SET next_attempt_at = now() WHERE to_address = $1`, [
      email,
    ]);
    await until(
      () => query(product.databaseUrl, 'SELECT 1 FROM outbox WHERE to_address = $1', [email]),
      (rows) => rows.length === 0,
    );
    expect(await mailsTo(product, email)).toHaveLength(1);
  });

  it('works by each of its e-mails when the mail server got one twice', async () => {
    const owner = await administrator.inNewAccount();
    const email = newAddress();
    const first = await invited(owner, email);
    await query(
      product.databaseUrl,
      `UPDATE outbox SET state = 'waiting', next_attempt_at = now() WHERE to_address = $1`,
      [email],
    );
    const second = await secretOf(email, 2);
    expect(second).not.toBe(first);
    for (const token of [first, second]) expect((await find(token)).status).toBe(200);
    expect((await accept(first, { password: PASSWORD })).status).toBe(200);
    expect(problem(await find(second))).toEqual(INVALID);
  });

  it('is one of fifty e-mails that an account sends in an hour', async () => {
    const owner = await administrator.inNewAccount();
    await query(
      product.databaseUrl,
      `UPDATE accounts SET invited_count = 48, invited_since = now() WHERE id = $1`,
      [owner.account],
    );
    const answers = await Promise.all(Array.from({ length: 6 }, () => invite(owner, newAddress())));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 429, 429, 429, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body.code).toBe('too_many_requests');
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(3_000);
    const [waiting] = await invitations(owner);
    const resent = await owner.post<Problem>(owner.at(`/invitations/${waiting?.id}/resend`));
    expect(problem(resent)).toEqual([429, 'too_many_requests']);
    await query(
      product.databaseUrl,
      `UPDATE accounts SET invited_since = now() - interval '61 minutes' WHERE id = $1`,
      [owner.account],
    );
    expect((await invite(owner, newAddress())).status).toBe(201);
  });
});

describe('the secrets of links', () => {
  it('stand in no table, and in no part of an address that is sent to a server', async () => {
    const owner = await administrator.inNewAccount();
    const email = newAddress();
    const token = await invited(owner, email);
    const tables = await query<{ name: string }>(
      product.databaseUrl,
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    );
    const kept: string[] = [];
    for (const { name } of tables) {
      const rows = await query<{ text: string }>(
        product.databaseUrl,
        `SELECT t::text AS text FROM "${name}" t`,
      );
      kept.push(...rows.map(({ text }) => text));
    }
    expect(kept.join()).toContain(email);
    for (const clear of [token, Buffer.from(token).toString('hex')]) expect(kept.join()).not.toContain(clear);
    const [mail] = await mailsTo(product, email);
    expect(mail?.text).toContain(`${product.url}/invitation#${token}`);
    expect(new URL(`${product.url}/invitation#${token}`).pathname).toBe('/invitation');
    expect(mail?.subject).not.toMatch(/Empty|Administração|Bia/);
  });
});
