import type { AccountView, MemberView } from '@ponte/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { turnOnSecondFactor } from '../../test/setup/authenticator';
import { Client } from '../../test/setup/client';
import { openHttp, type HttpProcesses } from '../../test/setup/http-process';
import { newMember } from '../../test/setup/people';
import { ADMINISTRATOR } from '../../test/setup/product';

let http: HttpProcesses;
let owner: Client;

beforeAll(async () => {
  http = await openHttp();
  owner = await (await Client.signedIn(http)).inNewAccount();
});
afterAll(() => http.close());

const auditOf = (action: string) =>
  http.dataSource.query<object[]>(
    'SELECT details FROM audit_events WHERE account_id = $1 AND action = $2 ORDER BY id',
    [owner.account, action],
  );

it('a change of an account is an event with what really changed', async () => {
  const patch = (body: object) => owner.patch<AccountView>(owner.at(''), body);
  for (const body of [{}, { name: 'Empty' }, { name: 'Empty', requires_second_factor: false }])
    expect(await patch(body)).toMatchObject({ status: 200, body: { name: 'Empty' } });
  expect(await auditOf('account_changed')).toEqual([]);
  await patch({ name: 'Clínica Sol', requires_second_factor: false });
  await turnOnSecondFactor(owner, ADMINISTRATOR.password);
  await patch({ name: 'Clínica Sol', requires_second_factor: true });
  expect(await auditOf('account_changed')).toEqual([
    { details: { changed: ['name'] } },
    { details: { changed: ['requires_second_factor'] } },
  ]);
});

it('a change of a role is an event when the role is another', async () => {
  const product = { url: http.url, databaseUrl: http.config.database.url };
  const { id } = await newMember(product, owner, 'agent');
  const patch = (body: object) => owner.patch<MemberView>(owner.at(`/members/${id}`), body);
  for (const body of [{}, { role: 'agent' }])
    expect(await patch(body)).toMatchObject({ status: 200, body: { id, role: 'agent' } });
  expect(await auditOf('role_changed')).toEqual([]);
  expect((await patch({ role: 'administrator' })).body.role).toBe('administrator');
  expect(await auditOf('role_changed')).toEqual([{ details: { role: 'administrator' } }]);
});
