import type {
  AccountView,
  List,
  MemberView,
  Problem,
  Profile,
  RecoveryCodes,
  SecondFactorSetup,
} from '@ponte/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, moveClockOn, turnOnSecondFactor } from '../../../test/setup/authenticator';
import { Client } from '../../../test/setup/client';
import { openHttp, type HttpProcesses } from '../../../test/setup/http-process';
import { newMember, type Person } from '../../../test/setup/people';

let http: HttpProcesses;
let administrator: Client;
let person: Person;

beforeAll(async () => {
  http = await openHttp();
  administrator = await (await Client.signedIn(http)).inNewAccount();
});
afterAll(() => http.close());
beforeEach(async () => {
  const product = { url: http.url, databaseUrl: http.config.database.url };
  person = await newMember(product, administrator, 'administrator');
});

const signIn = ({ email, password }: Person, code?: string) =>
  new Client(http).post<Profile & Problem>('/auth/sign_in', { email, password, code });
const codeOfSignIn = async (code?: string) => (await signIn(person, code)).body.code;
const actions = async () =>
  (
    await http.dataSource.query<{ action: string }[]>(
      'SELECT action FROM audit_events WHERE user_id = $1 ORDER BY id',
      [person.id],
    )
  ).map(({ action }) => action);

describe('turning it on', () => {
  it('needs the password and a first code', async () => {
    const { client, password } = person;
    const begin = (current_password: string) =>
      client.post<SecondFactorSetup & Problem>('/profile/second_factor', { current_password });
    const confirm = (code: string) =>
      client.post<RecoveryCodes & Problem>('/profile/second_factor/confirm', { code });

    expect((await confirm('123456')).body.code).toBe('second_factor_off');
    expect((await begin('wrong')).body.code).toBe('password_wrong');
    const first = (await begin(password)).body;
    const { secret, uri } = (await begin(password)).body;
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(uri).toContain(`secret=${secret}`);
    expect(decodeURIComponent(uri)).toContain(person.email);

    // Until it is confirmed nothing changes, and the first of two secrets no longer counts.
    expect((await signIn(person)).status).toBe(200);
    expect((await confirm(codeOf(first.secret))).body.code).toBe('second_factor_wrong');
    const confirmed = await confirm(codeOf(secret));
    expect(confirmed.body.recovery_codes).toHaveLength(10);
    expect((await client.get<Profile>('/profile')).body.user.has_second_factor).toBe(true);
    const members = await administrator.get<List<MemberView>>(administrator.at('/members?per_page=100'));
    expect(members.body.payload.find(({ id }) => id === person.id)?.has_second_factor).toBe(true);

    expect((await begin(password)).body.code).toBe('second_factor_on');
    expect((await confirm(codeOf(secret, 1))).body.code).toBe('second_factor_on');
    expect(await actions()).toContain('second_factor_turned_on');
  });

  it('is forgotten when it is not confirmed within an hour', async () => {
    const { client, password } = person;
    const { secret } = (
      await client.post<SecondFactorSetup>('/profile/second_factor', { current_password: password })
    ).body;
    await http.dataSource.query(
      `UPDATE second_factors SET created_at = now() - interval '61 minutes' WHERE user_id = $1`,
      [person.id],
    );
    const { body } = await client.post<Problem>('/profile/second_factor/confirm', { code: codeOf(secret) });
    expect(body.code).toBe('second_factor_off');
  });

  it('keeps the secret encrypted and the recovery codes as hashes', async () => {
    const { secret, recoveryCodes } = await turnOnSecondFactor(person.client, person.password);
    const rows = await http.dataSource.query<{ text: string }[]>(
      'SELECT second_factors::text AS text FROM second_factors WHERE user_id = $1',
      [person.id],
    );
    const bytes = Buffer.from(rows[0]?.text ?? '');
    const { Secret } = await import('otpauth');
    for (const clear of [secret, Secret.fromBase32(secret).hex, ...recoveryCodes])
      expect(bytes.includes(clear.toLowerCase())).toBe(false);
  });
});

describe('signing in', () => {
  it('asks for the code after the right password only', async () => {
    await turnOnSecondFactor(person.client, person.password);
    const wrong = await signIn({ ...person, password: 'wrong' });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'credentials_wrong']);
    const right = await signIn(person);
    expect([right.status, right.body.code]).toEqual([401, 'second_factor_needed']);
    expect(right.headers.getSetCookie()).toEqual([]);
  });

  it('takes each code once, and none that is older than one that was used', async () => {
    const { secret, usedCode } = await turnOnSecondFactor(person.client, person.password);
    expect(await codeOfSignIn(usedCode)).toBe('second_factor_wrong');
    await moveClockOn(http.dataSource);
    const next = codeOf(secret, 1);
    const answers = await Promise.all([signIn(person, next), signIn(person, next), signIn(person, next)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    expect(await codeOfSignIn(codeOf(secret))).toBe('second_factor_wrong');
    expect(await codeOfSignIn(codeOf(secret, 10))).toBe('second_factor_wrong');
    await moveClockOn(http.dataSource);
    const spaced = codeOf(secret).replace(/^(...)/, '$1 ');
    expect((await signIn(person, spaced)).body.user.has_second_factor).toBe(true);
  });

  it('takes each recovery code once, however it is typed', async () => {
    const { recoveryCodes } = await turnOnSecondFactor(person.client, person.password);
    const [first = '', second = ''] = recoveryCodes;
    const answers = await Promise.all([signIn(person, first), signIn(person, first)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(await codeOfSignIn(first)).toBe('second_factor_wrong');
    expect((await signIn(person, second.toUpperCase().replace('-', ' '))).status).toBe(200);
    expect((await actions()).filter((action) => action === 'recovery_code_used')).toHaveLength(2);
  });

  it('of another person does not take this one’s codes', async () => {
    const { secret, recoveryCodes } = await turnOnSecondFactor(person.client, person.password);
    const product = { url: http.url, databaseUrl: http.config.database.url };
    const other = await newMember(product, administrator, 'agent');
    await turnOnSecondFactor(other.client, other.password);
    await moveClockOn(http.dataSource);
    for (const code of [codeOf(secret), recoveryCodes[0] ?? ''])
      expect((await signIn(other, code)).body.code).toBe('second_factor_wrong');
  });
});

describe('new recovery codes', () => {
  it('need a code and take the place of the old ones', async () => {
    const { secret, recoveryCodes } = await turnOnSecondFactor(person.client, person.password);
    const renew = (code: string) =>
      person.client.post<RecoveryCodes & Problem>('/profile/second_factor/recovery_codes', { code });
    expect((await renew('000000')).body.code).toBe('second_factor_wrong');
    const renewed = (await renew(codeOf(secret, 1))).body.recovery_codes;
    expect(renewed).toHaveLength(10);
    expect(await codeOfSignIn(recoveryCodes[0])).toBe('second_factor_wrong');
    expect((await signIn(person, renewed[0])).status).toBe(200);
    expect(await actions()).toContain('recovery_codes_made');
  });

  it('do not exist without a second factor', async () => {
    const { body } = await person.client.post<Problem>('/profile/second_factor/recovery_codes', {
      code: '123456',
    });
    expect(body.code).toBe('second_factor_off');
  });
});

describe('turning it off', () => {
  const turnOff = (body: object) =>
    person.client.send<Problem>('DELETE', '/profile/second_factor', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('needs the password and a code', async () => {
    const { secret } = await turnOnSecondFactor(person.client, person.password);
    const code = codeOf(secret, 1);
    expect((await turnOff({ current_password: 'wrong', code })).body.code).toBe('password_wrong');
    expect((await turnOff({ current_password: person.password, code: '000000' })).body.code).toBe(
      'second_factor_wrong',
    );
    expect((await turnOff({ current_password: person.password })).body.code).toBe('request_invalid');
    expect((await turnOff({ current_password: person.password, code })).status).toBe(204);
    expect((await signIn(person)).body.user.has_second_factor).toBe(false);
    expect(await actions()).toContain('second_factor_turned_off');
  });

  it('is not possible when it is off', async () => {
    const { body } = await turnOff({ current_password: person.password, code: '123456' });
    expect(body.code).toBe('second_factor_off');
  });
});

describe('deleting oneself', () => {
  it('needs the code of those who have one', async () => {
    const { recoveryCodes } = await turnOnSecondFactor(person.client, person.password);
    const remove = (code?: string) =>
      person.client.send<Problem>('DELETE', '/profile', {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ current_password: person.password, code }),
      });
    expect((await remove()).body.code).toBe('second_factor_needed');
    expect((await remove('000000')).body.code).toBe('second_factor_wrong');
    expect((await remove(recoveryCodes[0])).status).toBe(204);
    expect((await signIn(person)).body.code).toBe('credentials_wrong');
    expect(await http.dataSource.query('SELECT FROM second_factors WHERE user_id = $1', [person.id])).toEqual(
      [],
    );
  });
});

describe('an account that requires it', () => {
  it('lets no administrator without it do anything there, by cookie or by token', async () => {
    const account = await person.client.inNewAccount();
    const product = { url: http.url, databaseUrl: http.config.database.url };
    const agent = await newMember(product, account, 'agent');
    const token = await account.withToken();
    const require = (on: boolean) =>
      http.dataSource.query('UPDATE accounts SET requires_second_factor = $2 WHERE id = $1', [
        account.account,
        on,
      ]);
    const ask = async (client: Client) => {
      const { status, body } = await client.get<Problem>(account.at('/imports'));
      return [status, body.code];
    };
    expect(await ask(account)).toEqual([200, undefined]);
    await require(true);
    const REFUSED = [403, 'second_factor_required'];
    expect([await ask(account), await ask(token)]).toEqual([REFUSED, REFUSED]);
    expect((await agent.client.get(account.at('/contacts'))).status).toBe(200);
    const { body } = await account.get<Profile>('/profile');
    const view = body.accounts.find(({ id }) => id === account.account);
    expect(view).toMatchObject<Partial<AccountView>>({ requires_second_factor: true });

    await turnOnSecondFactor(person.client, person.password);
    expect([await ask(account), await ask(token)]).toEqual([
      [200, undefined],
      [200, undefined],
    ]);
    await require(false);
  });
});
