import type {
  AccountView,
  ContactView,
  ErasureView,
  ExportView,
  ImportView,
  PersonData,
  Problem,
} from '@ponte/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { query } from './setup/database';
import { newMember } from './setup/people';
import { startProduct, until, type Product } from './setup/product';
import { storedFiles } from './setup/stored-files';

let product: Product;
let client: Client;

beforeAll(async () => {
  product = await startProduct();
  client = await (await Client.signedIn(product)).inNewAccount();
});
afterAll(() => product.stop());

const FILE = 'name,phone_number,email\nAna,+5511987650001,ana@x.com\nBia,none,\n';
const codeOf = async (answer: Promise<{ status: number; body: Problem }>) => {
  const { status, body } = await answer;
  return [status, body.code];
};

describe('an import', () => {
  it('is deleted with its file, its rejected rows and its e-mail; its contacts stay', async () => {
    const by = await client.inNewAccount();
    const before = await storedFiles(product);
    const { id } = await by.import(FILE);
    await until(
      async () => (await by.get<ImportView>(by.at(`/imports/${id}`))).body.mail?.state,
      (state) => state === 'sent',
    );
    expect((await by.delete(by.at(`/imports/${id}`))).status).toBe(204);
    expect(await storedFiles(product)).toEqual(before);
    expect((await by.allContacts()).map(({ name }) => name)).toEqual(['Ana']);
    expect(await codeOf(by.get(by.at(`/imports/${id}`)))).toEqual([404, 'not_found']);
    expect(await codeOf(by.delete(by.at(`/imports/${id}`)))).toEqual([404, 'not_found']);
    const left = await query<object>(
      product.databaseUrl,
      `SELECT 1 FROM import_rejected_rows WHERE import_id = $1 UNION ALL SELECT 1 FROM outbox
       WHERE kind LIKE 'import_%' AND subject_id = $1 UNION ALL SELECT 1 FROM pending_files`,
      [id],
    );
    expect(left).toEqual([]);
  });
});

describe('an export', () => {
  it('is deleted with its file', async () => {
    const by = await client.inNewAccount();
    const before = await storedFiles(product);
    const { body } = await by.post<ExportView>(by.at('/exports'));
    await by.exportEnd(body.id);
    expect((await by.delete(by.at(`/exports/${body.id}`))).status).toBe(204);
    expect(await storedFiles(product)).toEqual(before);
    expect(await codeOf(by.get(by.at(`/exports/${body.id}`)))).toEqual([404, 'not_found']);
  });
});

it('runs that have not ended are not deleted', async () => {
  const idle = await startProduct({ worker: false });
  const by = await (await Client.signedIn(idle)).inNewAccount();
  const imported = await by.upload(FILE);
  const exported = await by.post<ExportView>(by.at('/exports'));
  expect(await codeOf(by.delete(by.at(`/imports/${imported.body.id}`)))).toEqual([409, 'run_not_ended']);
  expect(await codeOf(by.delete(by.at(`/exports/${exported.body.id}`)))).toEqual([409, 'run_not_ended']);
  await idle.stop();
});

describe('an erased person', () => {
  const PERSON = { phone_number: '+5511987650001', email: 'ana@x.com' };

  it('is not added by hand, by a changed number, by a file or in a dry run, until that is lifted', async () => {
    const by = await client.inNewAccount();
    await by.import(FILE);
    const found = await by.post<PersonData>(by.at('/erasures/find'), PERSON);
    expect(found.body.found).toMatchObject({ contacts: 1, stored_files: 1 });
    const erased = await by.post<ErasureView>(by.at('/erasures'), PERSON);
    expect(erased.status).toBe(201);
    expect(await by.allContacts()).toEqual([]);

    const add = (body: object) =>
      by.post<Problem & { payload: { contact: ContactView } }>(by.at('/contacts'), body);
    expect(await codeOf(add({ name: 'Ana', phone_number: PERSON.phone_number }))).toEqual([
      422,
      'person_erased',
    ]);
    expect(await codeOf(add({ name: 'Ana', phone_number: '+5511900000001', email: 'ANA@x.com' }))).toEqual([
      422,
      'person_erased',
    ]);
    const other = (await add({ name: 'Caio', phone_number: '+5511900000002' })).body.payload.contact.id;
    const change = by.patch<Problem>(by.at(`/contacts/${other}`), { phone_number: PERSON.phone_number });
    expect(await codeOf(change)).toEqual([422, 'person_erased']);

    const dry = await by.dryRun(FILE);
    const run = await by.import(FILE);
    expect(dry.rejected_by_code).toEqual({ person_erased: 1, phone_no_plus: 1 });
    expect([run.rows, run.rejected_by_code]).toEqual([dry.rows, dry.rejected_by_code]);
    const rejected = await by.get<string>(by.at(`/imports/${run.id}/rejected_rows.csv`), {
      'accept-language': 'pt-BR',
    });
    expect(rejected.body).toContain('person_erased: Os dados desta pessoa');
    expect(rejected.body).not.toMatch(/Ana|98765/);

    expect((await by.delete(by.at(`/erasures/${erased.body.id}`))).status).toBe(204);
    expect((await by.import(FILE)).rows.created).toBe(1);
  });
});

describe('an account', () => {
  it('is gone for everyone at once, and then altogether', async () => {
    const by = await client.inNewAccount();
    const member = await newMember(product, by, 'administrator');
    await by.import(FILE);
    const before = await storedFiles(product);
    const body = JSON.stringify({ name: 'Empty' });
    const headers = { 'content-type': 'application/json' };
    const answer = await member.client.send('DELETE', by.at(''), { headers, body });
    expect(answer.status).toBe(204);
    for (const who of [by, member.client])
      expect(await codeOf(who.get(by.at('/contacts')))).toEqual([404, 'not_found']);
    const profile = await by.get<{ accounts: AccountView[] }>('/profile');
    expect(profile.body.accounts.map(({ id }) => id)).not.toContain(by.account);
    const rows = await until(
      () => query<object>(product.databaseUrl, 'SELECT 1 FROM accounts WHERE id = $1', [by.account]),
      ({ length }) => length === 0,
      60_000,
    );
    expect(rows).toEqual([]);
    expect((await storedFiles(product)).length).toBe(before.length - 1);
  });
});

describe('a person', () => {
  it('deletes themselves; what they started says no name', async () => {
    const by = await client.inNewAccount();
    const member = await newMember(product, by, 'administrator');
    const { id } = await member.client.import(FILE);
    // As an invitation may have been addressed.
    const addressed = 'UPDATE outbox SET to_address = upper(to_address) WHERE to_address = $1';
    await query(product.databaseUrl, addressed, [member.email]);
    const headers = { 'content-type': 'application/json' };
    const leave = (password: string) =>
      member.client.send<Problem>('DELETE', '/profile', {
        headers,
        body: JSON.stringify({ current_password: password }),
      });
    expect(await codeOf(leave('wrong'))).toEqual([422, 'password_wrong']);
    expect((await leave(member.password)).status).toBe(204);
    expect(await codeOf(member.client.get('/profile'))).toEqual([401, 'sign_in_required']);
    expect((await by.get<ImportView>(by.at(`/imports/${id}`))).body.created_by).toBeNull();
    const mails = 'SELECT 1 FROM outbox WHERE lower(to_address) = $1';
    expect(await query(product.databaseUrl, mails, [member.email])).toEqual([]);
  });
});
