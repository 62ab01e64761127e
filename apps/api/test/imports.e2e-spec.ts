import type { ExportView, ImportView, List, Problem } from '@ponte/contracts';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { query } from './setup/database';
import { newMember } from './setup/people';
import { startProduct, type Product } from './setup/product';
import { storedFiles } from './setup/stored-files';

let product: Product;
let administrator: Client;

beforeAll(async () => {
  product = await startProduct();
  administrator = await Client.signedIn(product);
});
afterAll(() => product.stop());

const HEADER = 'name,phone_number,email';
const ANA = 'Ana Lima,+5511987654321,ana@example.com';
const BIA = 'Bia Sá,+5521987654321,';
const file = (...rows: string[]) => [HEADER, ...rows, ''].join('\n');

const countImports = async ({ account }: Client) =>
  (await query(product.databaseUrl, 'SELECT 1 FROM imports WHERE account_id = $1', [account])).length;

/** The import without its e-mail, which goes out a moment after the end. */
const apartFromMail = ({ mail: _, ...view }: ImportView) => view;

describe('an import', () => {
  it('is answered at once, ends, and counts every row once', async () => {
    const client = await administrator.inNewAccount();
    await client.import(file(ANA, BIA));
    const rows = [
      ANA,
      'Bia Souza,+5521987654321,',
      'Caio,+5531987654321,',
      'Caio,+55 31 98765-4321,c@example.com',
      ',+5541987654321,',
      'Dani,41987654321,d@',
    ];
    const { status, body } = await client.upload(file(...rows), { name: 'março.csv' });
    expect(status).toBe(202);
    expect(body).toMatchObject({
      file_name: 'março.csv',
      file_bytes: Buffer.byteLength(file(...rows)),
      created_by: { id: 1, name: 'Administração' },
      options: { existing: 'update' },
      ignored_columns: [],
      cancel_requested: false,
      error: null,
    });
    expect(body.rows.total).toBe(6);

    const end = await client.importEnd(body.id);
    expect(end).toMatchObject({ state: 'finished', queue_position: null, seconds_left: null, error: null });
    expect(end.rows).toEqual({
      total: 6,
      done: 6,
      created: 1,
      updated: 2,
      unchanged: 1,
      skipped: 0,
      failed: 2,
    });
    expect(end.rejected_by_code).toEqual({ name_missing: 1, phone_no_plus: 1, email_invalid: 1 });
    expect(end.rows_per_second).toBeGreaterThan(0);
    const times = [end.created_at, end.started_at, end.finished_at];
    expect([...times].sort()).toEqual(times);
    expect(await client.allContacts()).toEqual([
      { name: 'Ana Lima', phone_number: '+5511987654321', email: 'ana@example.com' },
      { name: 'Bia Souza', phone_number: '+5521987654321', email: null },
      { name: 'Caio', phone_number: '+5531987654321', email: 'c@example.com' },
    ]);
  });

  it('is in the history, newest first, page by page', async () => {
    const client = await administrator.inNewAccount();
    const ids = [];
    for (const row of [ANA, BIA, ANA]) ids.push((await client.import(file(row))).id);
    const { body } = await client.get<List<ImportView>>(client.at('/imports?per_page=2'));
    expect(body.meta).toEqual({ count: 3, current_page: 1 });
    expect(body.payload.map(({ id }) => id)).toEqual(ids.reverse().slice(0, 2));
    const [newest] = body.payload.map(apartFromMail);
    expect(newest).toEqual(apartFromMail(await client.importEnd(ids[0] ?? 0)));
  });

  it('leaves contacts that are there alone when asked to', async () => {
    const client = await administrator.inNewAccount();
    await client.import(file(ANA));
    const changed = file('Other,+5511987654321,', BIA, 'Bia again,+5521987654321,');
    const end = await client.import(changed, { options: JSON.stringify({ existing: 'skip' }) });
    expect(end.options).toEqual({ existing: 'skip' });
    expect(end.rows).toMatchObject({ total: 3, created: 1, skipped: 2, updated: 0, unchanged: 0, failed: 0 });
    expect((await client.allContacts()).map(({ name }) => name)).toEqual(['Ana Lima', 'Bia Sá']);
  });

  it.each(['{"existing":"delete"}', '{', 'null', '[]', '"update"', '{"existing":null}'])(
    'with the options %s is refused and leaves nothing behind',
    async (options) => {
      const client = await administrator.inNewAccount();
      const before = await storedFiles(product);
      const { status, body } = await client.upload<Problem>(file(ANA), { options });
      expect([status, body.code]).toEqual([422, 'request_invalid']);
      const field = options.includes('existing') ? 'options.existing' : 'options';
      expect(body.issues).toEqual([{ field, code: 'invalid' }]);
      expect(await countImports(client)).toBe(0);
      expect(await storedFiles(product)).toEqual(before);
    },
  );

  it('names the columns that it ignores', async () => {
    const client = await administrator.inNewAccount();
    const content = 'Cidade, PHONE_NUMBER ,account_id,Name,\nSão Paulo,+5511987654321,1,Ana,\n';
    const end = await client.import(content);
    expect(end.ignored_columns).toEqual(['Cidade', 'account_id']);
    expect(await client.allContacts()).toEqual([
      { name: 'Ana', phone_number: '+5511987654321', email: null },
    ]);
  });
});

describe('an Idempotency-Key', () => {
  const withKey = (key: string) => ({ headers: { 'idempotency-key': key } });

  it('is stored as a hash: it may name a person', async () => {
    const client = await administrator.inNewAccount();
    const key = { 'idempotency-key': 'carlos.d@example.com' };
    const run = await client.import('name,phone_number\nAna,+5511987654321\n', { headers: key });
    const exported = await client.post<ExportView>(client.at('/exports'), {}, key);
    await client.exportEnd(exported.body.id);
    const stored = await query<{ key: string }>(
      product.databaseUrl,
      `SELECT idempotency_key AS key FROM imports WHERE id = $1
       UNION ALL SELECT idempotency_key FROM exports WHERE account_id = $2`,
      [run.id, client.account],
    );
    expect(stored).toEqual([
      { key: expect.stringMatching(/^[\da-f]{64}$/) },
      { key: expect.stringMatching(/^[\da-f]{64}$/) },
    ]);
    await client.delete(client.at(`/exports/${exported.body.id}`));
  });

  it('makes one import of the same file sent twice at once, and again later', async () => {
    const client = await administrator.inNewAccount();
    const send = () => client.upload(file(ANA, BIA), withKey('k'));
    const answers = [...(await Promise.all([send(), send(), send()])), await send()];
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const end = await client.importEnd(answers[0]?.body.id ?? 0);
    expect(end.rows).toMatchObject({ total: 2, created: 2 });
    expect(apartFromMail((await send()).body)).toEqual(apartFromMail(end));
    expect(await countImports(client)).toBe(1);
    const keys = await query<{ storage_key: string }>(product.databaseUrl, 'SELECT storage_key FROM imports');
    expect(await storedFiles(product)).toEqual(keys.map(({ storage_key }) => storage_key).sort());
  });

  it('is not for another file, and the first import stays as it is', async () => {
    const client = await administrator.inNewAccount();
    const first = await client.import(file(ANA), withKey('k'));
    const before = await storedFiles(product);
    const { status, body } = await client.upload<Problem>(file(BIA), withKey('k'));
    expect([status, body.code]).toEqual([422, 'idempotency_key_reused']);
    expect(apartFromMail(await client.importEnd(first.id))).toEqual(apartFromMail(first));
    expect(await client.allContacts()).toHaveLength(1);
    expect(await storedFiles(product)).toEqual(before);
  });

  it('of another account is another key', async () => {
    const [one, two] = [await administrator.inNewAccount(), await administrator.inNewAccount()];
    const ids = [await one.import(file(ANA), withKey('k')), await two.import(file(BIA), withKey('k'))].map(
      ({ id }) => id,
    );
    expect(new Set(ids).size).toBe(2);
    expect(await two.allContacts()).toEqual([
      { name: 'Bia Sá', phone_number: '+5521987654321', email: null },
    ]);
  });

  it('is free after a file that was refused', async () => {
    const client = await administrator.inNewAccount();
    expect((await client.upload('name\nAna\n', withKey('k'))).status).toBe(422);
    expect((await client.import(file(ANA), withKey('k'))).rows.created).toBe(1);
  });

  it.each([
    ['empty', ' '],
    ['long', 'k'.repeat(256)],
  ])('that is %s is refused', async (_, key) => {
    const { status, body } = await administrator.upload<Problem>(file(ANA), withKey(key));
    expect([status, body.code]).toEqual([422, 'request_invalid']);
  });
});

describe("Chatwoot's door", () => {
  const door = { path: '/contacts/import', field: 'import_file' };

  it('answers 200, the import, and where it is', async () => {
    const client = await administrator.inNewAccount();
    const { status, headers, body } = await client.upload(file(ANA), door);
    expect(status).toBe(200);
    expect(headers.get('location')).toBe(`/api/v1${client.at(`/imports/${body.id}`)}`);
    expect((await client.importEnd(body.id)).rows.created).toBe(1);
  });

  it.each([
    ['an empty file', (client: Client) => client.upload<Problem>('', door)],
    ['no file', (client: Client) => client.upload<Problem>(file(ANA), { ...door, field: 'other' })],
  ])('says that %s is blank, as Chatwoot does', async (_, send) => {
    const { status, body } = await send(await administrator.inNewAccount());
    expect([status, body.error]).toEqual([422, 'File is blank']);
  });
});

describe('a problem', () => {
  it.each([
    ['pt-BR,pt;q=0.9,en;q=0.8', 'pt-BR', 'Falta uma coluna obrigatória'],
    ['en-GB', 'en', 'A required column is missing'],
    ['fr, es;q=0.5', 'es', 'Falta una columna obligatoria'],
    ['fr', 'pt-BR', 'Falta uma coluna obrigatória'],
  ])('is told in the language of %s', async (acceptLanguage, locale, title) => {
    const headers = { 'accept-language': acceptLanguage };
    const answer = await administrator.upload<Problem>('name,telefone\nAna,+5511987654321\n', { headers });
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('content-language')).toBe(locale);
    expect(answer.body).toMatchObject({
      code: 'import_missing_column',
      line: 1,
      params: { columns: ['phone_number'] },
    });
    expect(answer.body.title).toBe(title);
    expect(answer.body.detail).toContain('phone_number');
    expect(answer.body.error).toBe(answer.body.detail);
  });
});

it('the sample has the columns that work, in three languages, and imports without an error', async () => {
  for (const locale of ['pt-BR', 'en', 'es']) {
    const client = await administrator.inNewAccount();
    const sample = await client.get<string>(client.at('/contacts/import/sample'), {
      'accept-language': locale,
    });
    expect(sample.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [header, ...rows] = parse(sample.body, { bom: true }) as string[][];
    expect(header).toEqual(['name', 'phone_number', 'email']);
    const end = await client.import(sample.body);
    expect(end).toMatchObject({
      state: 'finished',
      ignored_columns: [],
      rows: { total: rows.length, created: rows.length },
    });
  }
});

it("an agent's upload is refused before it is read", async () => {
  const agent = await newMember(product, await administrator.inNewAccount(), 'agent');
  const { status, body } = await agent.client.upload<Problem>(file(ANA));
  expect([status, body.code]).toEqual([403, 'not_allowed']);
  expect(await countImports(agent.client)).toBe(0);
});
