import { PEOPLE_LIMITS, type InvitationView, type Problem } from '@ponte/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Client } from '../../test/setup/client';
import { openHttp, type HttpProcesses } from '../../test/setup/http-process';
import { ADMINISTRATOR, AGENT } from '../../test/setup/product';
import { hashSecret, newSecret } from '../auth';

const { invitationsPerHour, invitationsPerAddressAndDay } = PEOPLE_LIMITS;
const ADDRESS = 'convidada@ponte.example';

let http: HttpProcesses;
let agent: Client;

beforeAll(async () => {
  http = await openHttp({ PONTE_ACCOUNTS_PER_PERSON: '100' });
  agent = await Client.signedIn(http, AGENT);
});
afterAll(() => http.close());
beforeEach(() => http.dataSource.query('TRUNCATE rate_limits'));

let addresses = 0;
const newAddress = () => `convidada-${(addresses += 1)}@ponte.example`;
const invite = (by: Client, email: string) =>
  by.post<InvitationView & Problem>(by.at('/members'), { email, name: 'Bia', role: 'agent' });

describe('invitations of one person', () => {
  it('are fifty in an hour, although each account is deleted', async () => {
    const statuses: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      const owner = await agent.inNewAccount();
      const answers = await Promise.all(Array.from({ length: 20 }, () => invite(owner, newAddress())));
      statuses.push(...answers.map(({ status }) => status));
      const body = JSON.stringify({ name: 'Empty' });
      const headers = { 'content-type': 'application/json' };
      expect((await owner.send('DELETE', owner.at(''), { headers, body })).status).toBeLessThan(300);
    }
    expect(statuses.filter((status) => status === 201)).toHaveLength(invitationsPerHour);
    expect(statuses.filter((status) => status === 429)).toHaveLength(80 - invitationsPerHour);
    const administrator = await (await Client.signedIn(http)).inNewAccount();
    expect((await invite(administrator, newAddress())).status).toBe(201);
  });

  it('do not count when they are refused', async () => {
    const owner = await agent.inNewAccount();
    for (let index = 0; index < invitationsPerHour + 1; index += 1)
      expect((await invite(owner, AGENT.email)).body.code).toBe('member_exists');
    expect((await invite(owner, newAddress())).status).toBe(201);
  });
});

describe('invitations to one address', () => {
  it('are five in a day over all accounts, however it is written, and sending again counts', async () => {
    const first = await invite(await agent.inNewAccount(), ADDRESS);
    const owner = await (await Client.signedIn(http)).inNewAccount();
    const own = await invite(owner, ADDRESS.toUpperCase());
    expect([first.status, own.status]).toEqual([201, 201]);
    const resend = () => owner.post<Problem>(owner.at(`/invitations/${own.body.id}/resend`));
    for (let sent = 2; sent < invitationsPerAddressAndDay; sent += 1)
      expect((await resend()).status).toBe(200);
    for (const refused of [await resend(), await invite(await agent.inNewAccount(), ADDRESS)]) {
      expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests']);
      // Not the rest of the day, which would tell when another account invited the address.
      expect(refused.headers.get('retry-after')).toBe('86400');
    }
    expect((await invite(owner, newAddress())).status).toBe(201);
  });

  it('do not count once they are accepted', async () => {
    const owner = await agent.inNewAccount();
    const { email } = ADMINISTRATOR;
    const person = await Client.signedIn(http);
    for (let round = 0; round < invitationsPerAddressAndDay + 1; round += 1) {
      const { status, body } = await invite(owner, email);
      expect(status).toBe(201);
      const token = newSecret();
      await http.dataSource.query('UPDATE invitations SET token_hashes = ARRAY[$2::bytea] WHERE id = $1', [
        body.id,
        hashSecret(token),
      ]);
      expect((await person.post('/auth/invitations/accept', { token })).status).toBe(200);
      expect((await person.delete(`/accounts/${owner.account}/members/me`)).status).toBe(204);
    }
  });
});
