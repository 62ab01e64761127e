import type { INestApplicationContext } from '@nestjs/common';
import type { Role } from '@ponte/contracts';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../test/setup/app-context';
import { newMember, newPerson, newUser, type TestPerson } from '../../test/setup/rows';
import type { AccountContext } from '../platform/http/caller';
import { Accounts, AccountsModule } from '.';
import { Members } from './members';

let app: INestApplicationContext;
let dataSource: DataSource;
let members: Members;
let person: TestPerson;

beforeAll(async () => {
  ({ app, dataSource } = await openContext(await migratedConfig(), { imports: [AccountsModule] }));
  members = app.get(Members, { strict: false });
});
afterAll(() => app.close());
beforeEach(async () => {
  person = await newPerson(dataSource);
});

/** The account as its first administrator sees it. */
const here = (): AccountContext => ({
  accountId: person.accountId,
  role: 'administrator',
  caller: { userId: person.userId, name: '', email: '', locale: 'en', via: 'token' },
});

async function addUser(role: Role): Promise<number> {
  const userId = await newUser(dataSource);
  await newMember(dataSource, person.accountId, userId, role);
  return userId;
}

async function roles(): Promise<Record<number, Role>> {
  const rows = await dataSource.query<{ user_id: number; role: Role }[]>(
    'SELECT user_id, role FROM members WHERE account_id = $1',
    [person.accountId],
  );
  return Object.fromEntries(rows.map(({ user_id, role }) => [user_id, role]));
}

const auditOf = (action: string) =>
  dataSource.query<object[]>(
    'SELECT user_id, subject_id FROM audit_events WHERE account_id = $1 AND action = $2 ORDER BY id',
    [person.accountId, action],
  );

describe('Members.list', () => {
  it('lists the members of one account in alphabetical order, page by page', async () => {
    await newPerson(dataSource);
    for (const name of ['Érica', 'bruno', 'Ana'])
      await dataSource.query('UPDATE users SET name = $2 WHERE id = $1', [await addUser('agent'), name]);
    const first = await members.list(here(), 1, 3);
    const second = await members.list(here(), 2, 3);
    expect(first.meta).toEqual({ count: 4, current_page: 1 });
    expect(first.payload.map(({ name }) => name)).toEqual(['Ana', 'bruno', 'Érica']);
    expect(second.payload).toHaveLength(1);
    expect(second.payload[0]).toMatchObject({ id: person.userId, role: 'administrator' });
  });
});

describe('an account always keeps an administrator', () => {
  it('whose role is not taken', async () => {
    await addUser('agent');
    await expect(members.changeRole(here(), person.userId, { role: 'agent' })).rejects.toMatchObject({
      code: 'last_administrator',
    });
    expect((await roles())[person.userId]).toBe('administrator');
  });

  it('who is not removed', async () => {
    await addUser('agent');
    await expect(members.remove(here(), person.userId)).rejects.toMatchObject({ code: 'last_administrator' });
    expect((await roles())[person.userId]).toBe('administrator');
  });

  it('who may stay what they are', async () => {
    expect(await members.changeRole(here(), person.userId, { role: 'administrator' })).toMatchObject({
      role: 'administrator',
    });
  });

  it('and lets one of two go', async () => {
    const other = await addUser('administrator');
    await members.remove(here(), person.userId);
    expect(await roles()).toEqual({ [other]: 'administrator' });
    expect(await auditOf('member_removed')).toEqual([{ user_id: person.userId, subject_id: person.userId }]);
  });

  it('who does not leave, while agents may', async () => {
    const agent = await addUser('agent');
    await expect(members.leave(here())).rejects.toMatchObject({ code: 'last_administrator' });
    await members.leave({ ...here(), role: 'agent', caller: { ...here().caller, userId: agent } });
    expect(await roles()).toEqual({ [person.userId]: 'administrator' });
    expect(await auditOf('member_left')).toEqual([{ user_id: agent, subject_id: agent }]);
  });

  const TWO_AT_ONCE: [string, (userId: number) => Promise<unknown>][] = [
    ['leave', (userId) => members.remove(here(), userId)],
    ['become agents', (userId) => members.changeRole(here(), userId, { role: 'agent' })],
  ];
  it.each(TWO_AT_ONCE)('although all three of them %s at once', async (_, act) => {
    for (let round = 0; round < 5; round += 1) {
      person = await newPerson(dataSource);
      const users = [person.userId, await addUser('administrator'), await addUser('administrator')];
      const results = await Promise.allSettled(users.map(act));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
      const refused = results.find((result) => result.status === 'rejected');
      expect(refused?.reason).toMatchObject({ code: 'last_administrator' });
      expect(Object.values(await roles()).filter((role) => role === 'administrator')).toHaveLength(1);
    }
  });

  it('although one leaves while the other becomes an agent', async () => {
    for (let round = 0; round < 5; round += 1) {
      person = await newPerson(dataSource);
      const other = await addUser('administrator');
      const results = await Promise.allSettled([
        members.remove(here(), person.userId),
        members.changeRole(here(), other, { role: 'agent' }),
      ]);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });

  it('of its own: those of other accounts do not count', async () => {
    const stranger = await newPerson(dataSource);
    await newMember(dataSource, stranger.accountId, person.userId, 'administrator');
    await expect(members.remove(here(), person.userId)).rejects.toMatchObject({ code: 'last_administrator' });
  });
});

describe('somebody who is no member', () => {
  it.each([
    ['is removed', () => members.remove(here(), 999_999)],
    ['gets a role', () => members.changeRole(here(), 999_999, { role: 'agent' })],
  ])('is not found when they %s', async (_, act) => {
    await expect(act()).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is not found although they belong to another account', async () => {
    const stranger = await newPerson(dataSource);
    await expect(members.remove(here(), stranger.userId)).rejects.toMatchObject({ code: 'not_found' });
    const accounts = app.get(Accounts, { strict: false });
    expect(await accounts.membershipOf(stranger.userId, stranger.accountId)).toMatchObject({
      role: 'administrator',
    });
  });
});
