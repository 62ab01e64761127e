import type { InvitationView, List, MemberView, Problem, Profile, ReceivedInvitation } from '@ponte/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, type Answer } from './setup/client';
import { query } from './setup/database';
import { mailsTo, secretIn } from './setup/links';
import { newMember } from './setup/people';
import { AGENT, startProduct, type Product } from './setup/product';

let product: Product;
let anonymous: Client;
let administrator: Client;

beforeAll(async () => {
  product = await startProduct();
  anonymous = new Client(product);
  administrator = await Client.signedIn(product);
});
afterAll(() => product.stop());

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
    expect(joined.body.user).toMatchObject({ id: person.id, name: expect.stringMatching(/^Person/) as string });
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
    const agent = await Client.signedIn(product, AGENT);
    const attacker = await agent.inNewAccount();
    const planted = { email: victim, name: 'CEO', role: 'agent' };
    const known = { ...planted, password: 'attacker knows this one' };
    await attacker.post(attacker.at('/members'), known);
    await attacker.post(attacker.at('/members'), planted);

    const company = await administrator.inNewAccount();
    const token = await (async () => {
      await invite(company, victim.toUpperCase(), { role: 'administrator' });
      await mailsTo(product, victim.toUpperCase());
      return secretOf(victim.toUpperCase());
    })();
    const signIn = await anonymous.post<Problem>('/auth/sign_in', { email: victim, password: known.password });
    expect(problem(signIn)).toEqual([401, 'credentials_wrong']);
    const answered = JSON.stringify(await invitations(attacker));
    expect(answered).not.toContain(token);

    expect((await accept(token, { password: PASSWORD })).status).toBe(200);
    expect((await members(company)).map(({ email }) => email)).toContain(victim.toUpperCase());
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
    const states = (await invitations(owner)).map(({ name, mail }) => [name, mail?.state]);
    expect(states).toEqual([
      ['Bia', 'sent'],
      ['Bia', 'sent'],
    ]);
  });

  it('takes as long for both', async () => {
    const elsewhere = await administrator.inNewAccount();
    const rounds = 20;
    const times = { known: [] as number[], unknown: [] as number[] };
    const owner = await administrator.inNewAccount();
    for (let round = 0; round < rounds; round += 1) {
      const { email } = await newMember(product, elsewhere, 'agent');
      // In turns, and each first as often, so that the machine's moods hit both alike.
      const pair = [['known', email] as const, ['unknown', newAddress()] as const];
      for (const [kind, address] of round % 2 === 0 ? pair : pair.reverse()) {
        const began = performance.now();
        expect((await invite(owner, address)).status).toBe(201);
        times[kind].push(performance.now() - began);
      }
    }
    expect(separation(times.known, times.unknown)).toBeLessThan(0.3);
  });

  it('refuses who is a member here, under every spelling of the address', async () => {
    const owner = await administrator.inNewAccount();
    const { email } = await newMember(product, owner, 'agent');
    for (const spelling of [email, email.toUpperCase(), ` ${email} `])
      expect(problem(await invite(owner, spelling))).toEqual([422, 'member_exists']);
  });
});

/**
 * How well two samples can be told apart: the Kolmogorov distance, 0 for the same distribution and 1 for samples that do not
 * overlap. With 20 values each, equal distributions stay below 0.43 in 95 of 100 trials.
 */
function separation(a: readonly number[], b: readonly number[]): number {
  const below = (values: readonly number[], limit: number) =>
    values.filter((value) => value <= limit).length / values.length;
  return Math.max(...[...a, ...b].map((limit) => Math.abs(below(a, limit) - below(b, limit))));
}
