import { freePort, openMailbox } from '@ponte/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { query } from './setup/database';
import { newMember } from './setup/people';
import { ADMINISTRATOR, startProduct, until, type Product } from './setup/product';

/** What no line may hold; every one of these was sent, stored, searched for, shown or mailed in the story. */
const NAME = 'Zuleica Quintanilha';
const PHONE = '+5511976543210';
const EMAIL = 'zuleica@quintanilha.example';
const FILE = `name,phone_number,email\n${NAME},${PHONE},${EMAIL}\n${NAME},none,${EMAIL}\n`;

type Line = Record<string, unknown>;

describe('the log of a whole story', () => {
  let product: Product;
  let words = '';
  const secrets: string[] = [
    NAME,
    'Quintanilha',
    PHONE,
    '976543210',
    EMAIL,
    ADMINISTRATOR.email,
    ADMINISTRATOR.password,
  ];
  const lines = () =>
    words
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);

  beforeAll(async () => {
    const port = await freePort();
    product = await startProduct({
      env: { PONTE_LOG: 'json', PONTE_LOG_LEVEL: 'log', SMTP_URL: `smtp://127.0.0.1:${port}` },
      output: (text) => (words += text),
    });
    await story(port);
  });
  afterAll(() => product.stop());

  async function story(mailPort: number): Promise<void> {
    const browser = await Client.signedIn(product);
    await new Client(product).post('/auth/sign_in', { email: EMAIL, password: 'wrong-password-1' });
    const member = await newMember(product, browser, 'administrator');
    const program = await member.client.withToken();
    secrets.push(
      member.email,
      member.password,
      ...Object.values(program.credentials),
      ...Object.values(browser.credentials),
    );
    const run = await program.import(FILE, { name: `${NAME}.csv` });
    await program.get(program.at(`/contacts?q=${encodeURIComponent(NAME)}&page=1`));
    await program.get(program.at(`/contacts/search?q=${encodeURIComponent(PHONE)}`));
    await program.post(program.at('/contacts'), { name: NAME, phone_number: PHONE, email: EMAIL });
    await program.post(program.at('/contacts'), { name: NAME, phone_number: 'none', email: EMAIL });
    await program.get(program.at(`/imports/${run.id}/rejected_rows`));
    await program.get(`/nowhere/${EMAIL}`);
    await program.exportEnd((await program.post<{ id: number }>(program.at('/exports'))).body.id);
    // A fault of the database while a value is written, which PostgreSQL repeats in its message.
    await query(
      product.databaseUrl,
      `ALTER TABLE contacts ADD CONSTRAINT no_z CHECK (name NOT LIKE 'Zuleica Q%' OR phone_number = '${PHONE}')`,
    );
    await program.post(program.at('/contacts'), { name: NAME, phone_number: '+5511976543211', email: EMAIL });
    await until(async () => lines().some(({ result }) => result === 'waiting'), Boolean);
    const mailbox = await openMailbox(mailPort);
    await query(product.databaseUrl, `UPDATE outbox SET next_attempt_at = now() WHERE state = 'waiting'`);
    await until(async () => lines().filter(({ result }) => result === 'sent').length === 2, Boolean);
    await mailbox.close();
  }

  it('holds no name, number, address, password, token or query', () => {
    for (const secret of secrets) expect(words).not.toContain(secret);
    expect(words).not.toMatch(/quintanilha|zuleica|[?&]q=/i);
  });

  it('has a line for every request, by route template, with who asked and what it came to', () => {
    const requests = lines().filter(({ event }) => event === 'request');
    const list = requests.find(({ route }) => route === '/api/v1/accounts/:account_id/contacts');
    expect(list).toMatchObject({
      level: 'log',
      method: 'GET',
      status: 200,
      ms: expect.any(Number),
      account_id: 1,
      user_id: expect.any(Number),
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(requests).toContainEqual(expect.objectContaining({ status: 422, code: 'contact_invalid' }));
    expect(requests).toContainEqual(expect.objectContaining({ status: 401, code: 'credentials_wrong' }));
    expect(requests).toContainEqual(expect.objectContaining({ status: 404, route: 'unmatched' }));
    expect(requests.filter(({ route }) => String(route).startsWith('/health'))).toEqual([]);
  });

  it('has a line for every event of a run, with its number and fence', () => {
    const of = (kind: string) =>
      lines()
        .filter((line) => line['kind'] === kind)
        .map(({ event }) => event);
    expect(of('import')).toEqual(['taken', 'finished']);
    expect(of('export')).toEqual(['taken', 'finished']);
    expect(lines()).toContainEqual(
      expect.objectContaining({ kind: 'import', event: 'taken', run_id: 1, fence: 1 }),
    );
    expect(lines()).toContainEqual(
      expect.objectContaining({ event: 'mail', kind: 'import_finished', run_id: 1, result: 'sent' }),
    );
  });

  it('names a fault by its code and place, and the request that met it', () => {
    const fault = lines().find(({ event }) => event === 'fault');
    expect(fault?.['error']).toMatch(/^QueryFailedError 23514\n\s+at /);
    expect(lines()).toContainEqual(
      expect.objectContaining({ event: 'request', status: 500, request_id: fault?.['request_id'] }),
    );
  });
});
