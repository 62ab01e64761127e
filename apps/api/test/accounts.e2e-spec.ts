import type { AccountView, Problem, Profile } from '@ponte/contracts';
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, moveClockOn, turnOnSecondFactor } from './setup/authenticator';
import { Client, type Answer } from './setup/client';
import { query } from './setup/database';
import { mailsTo, secretIn } from './setup/links';
import { newMember } from './setup/people';
import { startProduct, type Product } from './setup/product';

const OPERATOR = join(resolve(import.meta.dirname, '../../../dist/apps/api'), 'operator.js');
const PASSWORD = 'ponte sobre o rio';

let product: Product;
let anonymous: Client;
let administrator: Client;

beforeAll(async () => {
  product = await startProduct({ env: { PONTE_ACCOUNTS_PER_PERSON: '20' } });
  anonymous = new Client(product);
  administrator = await Client.signedIn(product);
});
afterAll(() => product.stop());

const problem = ({ status, body }: Answer<Problem>) => [status, body.code];
const database = { query: (sql: string) => query(product.databaseUrl, sql) as Promise<never> };

describe('an account', () => {
  it('is one of twenty that a person makes, also for many requests at once', async () => {
    const { client } = await newMember(product, administrator, 'agent');
    const make = () => client.post<AccountView & Problem>('/accounts', { name: 'One more' });
    const answers = await Promise.all(Array.from({ length: 25 }, make));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    const refused = await make();
    expect(problem(refused)).toEqual([422, 'account_limit_reached']);
    expect(refused.body.params).toEqual({ limit: 20 });
  });

  it('is left by a member, and not by its last administrator', async () => {
    const owner = await administrator.inNewAccount();
    const { client } = await newMember(product, owner, 'agent');
    const leave = (by: Client) => by.delete<Problem>(by.at('/members/me'));
    expect((await leave(client)).status).toBe(204);
    expect((await client.get(client.at('/contacts'))).status).toBe(404);
    expect(problem(await leave(owner))).toEqual([422, 'last_administrator']);
  });

  it('gets another name, and requires a second factor only at the word of who has one', async () => {
    const owner = await administrator.inNewAccount();
    const person = await newMember(product, owner, 'administrator');
    const patch = (body: object) => person.client.patch<AccountView & Problem>(person.client.at(''), body);
    expect((await patch({ name: 'Clínica Sol' })).body).toMatchObject({ name: 'Clínica Sol' });
    expect(problem(await patch({ requires_second_factor: true }))).toEqual([403, 'second_factor_required']);
    await turnOnSecondFactor(person.client, person.password);
    expect((await patch({ requires_second_factor: true })).body).toMatchObject({
      name: 'Clínica Sol',
      requires_second_factor: true,
    });
    // Who has none is asked for it, and may still leave.
    expect(problem(await owner.get<Problem>(owner.at('/contacts')))).toEqual([403, 'second_factor_required']);
    expect((await owner.delete(owner.at('/members/me'))).status).toBe(204);
  });
});

describe('a person with a second factor', () => {
  it('needs its code to accept an invitation and to replace a forgotten password', async () => {
    const person = await newMember(product, administrator, 'agent', 'en');
    const { secret } = await turnOnSecondFactor(person.client, person.password);
    const owner = await administrator.inNewAccount();
    await owner.post(owner.at('/members'), { email: person.email, name: 'Bia', role: 'agent' });
    const invitation = secretIn((await mailsTo(product, person.email))[0], 'invitation');
    const accept = (more: object) =>
      anonymous.post<Profile & Problem>('/auth/invitations/accept', {
        token: invitation,
        password: person.password,
        ...more,
      });
    expect(problem(await accept({}))).toEqual([401, 'second_factor_needed']);
    expect(problem(await accept({ code: '000000' }))).toEqual([401, 'second_factor_wrong']);
    await moveClockOn(database);
    expect((await accept({ code: codeOf(secret) })).status).toBe(200);

    await anonymous.post('/auth/password_resets', { email: person.email });
    const reset = secretIn((await mailsTo(product, person.email, 2))[1], 'reset-password');
    const use = (more: object) =>
      anonymous.post<Profile & Problem>('/auth/password_resets/use', {
        token: reset,
        password: PASSWORD,
        ...more,
      });
    expect(problem(await use({}))).toEqual([401, 'second_factor_needed']);
    await moveClockOn(database);
    expect((await use({ code: codeOf(secret) })).status).toBe(200);
  });
});

describe("the operator's command", () => {
  const run = (...args: string[]) =>
    new Promise<{ code: number; output: string; errors: string }>((done) => {
      const env = { DATABASE_URL: product.databaseUrl, PONTE_PUBLIC_URL: 'https://ponte.example' };
      execFile(process.execPath, [OPERATOR, ...args], { env }, (error, output, errors) =>
        done({ code: error === null ? 0 : Number(error.code), output, errors }),
      );
    });

  it('prints a link that sets a new password, and the audit says so', async () => {
    const person = await newMember(product, administrator, 'agent');
    const { code, output } = await run('reset-link', person.email.toUpperCase());
    expect(code).toBe(0);
    const [, token] = /^https:\/\/ponte\.example\/reset-password#([\w-]{43})\n$/.exec(output) ?? [];
    const use = await anonymous.post<Profile>('/auth/password_resets/use', { token, password: PASSWORD });
    expect([use.status, use.body.user.id]).toEqual([200, person.id]);
    const events = await query<{ details: object; via: string }>(
      product.databaseUrl,
      `SELECT details, via FROM audit_events WHERE action = 'password_reset_requested' AND user_id = $1`,
      [person.id],
    );
    expect(events).toEqual([{ details: { by: 'operator' }, via: 'service' }]);
  });

  it('turns off the second factor of a person who lost it, and ends their sessions', async () => {
    const person = await newMember(product, administrator, 'agent');
    expect(await run('second-factor-off', person.email)).toEqual({
      code: 1,
      output: '',
      errors: `The second factor of ${person.email} is not on.\n`,
    });
    await turnOnSecondFactor(person.client, person.password);
    expect(await run('second-factor-off', person.email)).toEqual({
      code: 0,
      output: `The second factor of ${person.email} is off and their sessions are ended.\n`,
      errors: '',
    });
    expect((await person.client.get('/profile')).status).toBe(401);
    const signIn = await anonymous.post<Profile>('/auth/sign_in', {
      email: person.email,
      password: person.password,
    });
    expect([signIn.status, signIn.body.user?.has_second_factor]).toEqual([200, false]);
    const left = 'SELECT FROM second_factors WHERE user_id = $1';
    expect(await query(product.databaseUrl, left, [person.id])).toEqual([]);
    const events = await query<object>(
      product.databaseUrl,
      `SELECT action, details, via FROM audit_events WHERE user_id = $1 AND via = 'service' ORDER BY id`,
      [person.id],
    );
    expect(events).toEqual([
      { action: 'second_factor_turned_off', details: { by: 'operator' }, via: 'service' },
      { action: 'session_ended', details: {}, via: 'service' },
    ]);
  });

  it.each(['reset-link', 'second-factor-off'])(
    '%s says in one sentence that nobody has the address',
    async (name) => {
      const { code, output, errors } = await run(name, 'nobody@else.example');
      expect([code, output]).toEqual([1, '']);
      expect(errors).toMatch(/^No person has the e-mail address nobody@else\.example: .*\n$/);
    },
  );
});
