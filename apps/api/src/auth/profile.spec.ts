import type { Problem, Profile } from '@ponte/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Client } from '../../test/setup/client';
import { openHttp, type HttpProcesses } from '../../test/setup/http-process';
import { newMember, type Person } from '../../test/setup/people';
import { makeResetLink } from '../password-resets';
import { hashSecret, newSecret } from './secrets';

const NEW_PASSWORD = 'chuva fina de manha';

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
  person = await newMember(product, administrator, 'agent');
});

const patch = (body: object) => person.client.patch<Profile & Problem>('/profile', body);
const auditOf = (userId: number, action: string) =>
  http.dataSource.query<object[]>(
    'SELECT subject_id, details FROM audit_events WHERE user_id = $1 AND action = $2 ORDER BY id',
    [userId, action],
  );

async function resetToken(): Promise<string> {
  const link = await makeResetLink(http.dataSource, person.email);
  return link?.path.split('#')[1] ?? '';
}

describe('a change of the profile', () => {
  it('is an event with the names of what changed', async () => {
    expect((await patch({ name: 'Another name', locale: 'pt-BR' })).body.user.name).toBe('Another name');
    await patch({ name: 'A third name', locale: 'es' });
    expect(await auditOf(person.id, 'profile_changed')).toEqual([
      { subject_id: person.id, details: { changed: ['name'] } },
      { subject_id: person.id, details: { changed: ['name', 'locale'] } },
    ]);
  });

  it('is none when nothing changes', async () => {
    const { name, locale } = (await patch({})).body.user;
    expect((await patch({ name, locale })).status).toBe(200);
    expect(await auditOf(person.id, 'profile_changed')).toEqual([]);
  });

  it.each([{ current_password: 'any' }, { keep_tokens: true }, { keep_tokens: false }])(
    'is refused when %j comes without a password',
    async (body) => {
      const { status, body: problem } = await patch({ name: 'Not taken', ...body });
      expect([status, problem.code]).toEqual([422, 'request_invalid']);
      expect(problem.issues).toEqual([{ field: Object.keys(body)[0], code: 'invalid' }]);
      expect((await patch({})).body.user.name).not.toBe('Not taken');
    },
  );
});

describe('a link for a new password', () => {
  const use = (token: string) =>
    new Client(http).post<Problem>('/auth/password_resets/use', { token, password: 'tres barcos no cais' });

  it('stops working when the password is changed', async () => {
    const token = await resetToken();
    const changed = await patch({ password: NEW_PASSWORD, current_password: person.password });
    expect(changed.status).toBe(200);
    const { status, body } = await use(token);
    expect([status, body.code]).toEqual([410, 'link_invalid']);
  });

  it('of a person who was deleted does not open the next one of that address', async () => {
    const token = await resetToken();
    await http.dataSource.query('DELETE FROM users WHERE id = $1', [person.id]);
    expect((await acceptAsInvited()).status).toBe(200);
    expect((await use(token)).body.code).toBe('link_invalid');
  });
});

/** Accepts an invitation to the person's address, as a new person. */
async function acceptAsInvited() {
  const token = newSecret();
  await http.dataSource.query(
    `INSERT INTO invitations (account_id, email, name, role, locale, invited_by, expires_at, token_hashes)
     SELECT $1, $2, 'Bia', 'agent', 'en', user_id, now() + interval '1 hour', ARRAY[$3::bytea]
     FROM members WHERE account_id = $1 AND role = 'administrator'`,
    [administrator.account, person.email, hashSecret(token)],
  );
  return new Client(http).post<Profile>('/auth/invitations/accept', { token, password: NEW_PASSWORD });
}

describe('a session is an event', () => {
  it('when a new password begins it', async () => {
    const before = await auditOf(person.id, 'signed_in');
    const body = { token: await resetToken(), password: NEW_PASSWORD };
    expect((await new Client(http).post('/auth/password_resets/use', body)).status).toBe(200);
    expect(await auditOf(person.id, 'signed_in')).toHaveLength(before.length + 1);
  });

  it('when an accepted invitation begins it', async () => {
    await http.dataSource.query('DELETE FROM users WHERE id = $1', [person.id]);
    const { body } = await acceptAsInvited();
    expect(await auditOf(body.user.id, 'signed_in')).toHaveLength(1);
  });
});

describe('a name', () => {
  const NAMES: [title: string, name: string][] = [
    ['nothing but a zero-width space', '\u200b'],
    ['nothing but fillers and joiners', '\u3164\u200d\u2800 \u00ad'],
    ['nothing but an accent', '\u0301'],
    ['a line break', 'Ana\nLima'],
    ['a line separator', 'Ana\u2028Lima'],
    ['a control character', 'Ana\u0000Lima'],
    ['a direction that is overridden', 'Ana\u202eamiL'],
    ['a direction that is isolated', 'Ana\u2067Lima\u2069'],
    ['half a character', 'Ana\ud83d'],
  ];
  it.each(NAMES)('of a person, an account or a token does not have %s', async (_, name) => {
    const answers = [
      await patch({ name }),
      await person.client.post<Problem>('/accounts', { name }),
      await administrator.patch<Problem>(administrator.at(''), { name }),
      await person.client.post<Problem>('/profile/access_tokens', { name }),
      await administrator.post<Problem>(administrator.at('/members'), {
        email: 'bia@ponte.example',
        role: 'agent',
        name,
      }),
    ];
    for (const { status, body } of answers)
      expect([status, body.issues]).toEqual([422, [{ field: 'name', code: 'invalid' }]]);
  });

  it.each(['José d’Ávila-Núñez', '李小龍', 'محمد علی', 'می\u200cخواهم', '👩‍👩‍👧', 'नमस्ते', '3', ' Ana\n'])(
    'may be %j',
    async (name) => {
      const { status, body } = await patch({ name });
      expect([status, body.user.name]).toEqual([200, name.trim()]);
    },
  );
});
