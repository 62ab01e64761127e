import type { AccountView } from '@ponte/contracts';
import { initialsOf, joinedAccount, readerOf } from './invitation-reader';

describe('readerOf', () => {
  it.each([
    ['the invited person', true, 'Juliana@example.com', 'signed_in'],
    ['another person', true, 'rafael@example.com', 'other'],
    ['a person who is not signed in', true, null, 'known'],
    ['a new person', false, null, 'new'],
    ['another person, for a new one', false, 'rafael@example.com', 'other'],
  ] as const)('%s', (_, has_sign_in, signedInAs, expected) => {
    expect(readerOf({ email: 'juliana@example.com', has_sign_in }, signedInAs)).toBe(expected);
  });
});

describe('joinedAccount', () => {
  const account = (id: number, name: string): AccountView => ({
    id,
    name,
    role: 'agent',
    requires_second_factor: false,
  });
  it.each<[title: string, before: AccountView[], after: AccountView[], expected: number | undefined]>([
    ['the new one', [account(1, 'Sol')], [account(1, 'Sol'), account(7, 'Sol')], 7],
    ['by its name', [], [account(1, 'Lua'), account(7, 'Sol')], 7],
    ['the newest of that name', [], [account(9, 'Sol'), account(7, 'Sol')], 9],
    ['none', [], [account(1, 'Lua')], undefined],
  ])('%s', (_, before, after, expected) => {
    expect(joinedAccount(before, after, 'Sol')?.id).toBe(expected);
  });
});

describe('initialsOf', () => {
  it.each([
    ['Clínica Sol Nascente', 'CS'],
    [' ótica  ', 'Ó'],
    ['', ''],
  ])('%s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
