import {
  WORKBOOK_TYPE,
  type ContactList,
  type ExportView,
  type FilterCondition,
  type List,
  type Problem,
} from '@ponte/contracts';
import { bytesSource, csvLine, openTable } from '@ponte/tabular';
import { corpusFile, corpusItems } from '@ponte/testing';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { query } from './setup/database';
import { generatedFile } from './setup/generated-file';
import { startProduct, type Product } from './setup/product';

let product: Product;
let administrator: Client;

beforeAll(async () => {
  product = await startProduct();
  administrator = await Client.signedIn(product);
});
afterAll(() => product.stop());

const FILE = `name,phone_number,email
José Conceição,+5511987654321,jose@example.com
"Lima, Ana ""Aninha""",+5521976543210,ana_maria@example.com
=1+1,+551133334444,
100% Natural,+12133734253,contato@natural.example
`;

async function exported(client: Client, body: object = {}): Promise<ExportView> {
  const { status, body: made } = await client.post<ExportView>(client.at('/exports'), body);
  expect(status).toBe(202);
  const end = await client.exportEnd(made.id);
  expect(end).toMatchObject({ state: 'finished', error: null });
  return end;
}

const fileOf = (client: Client, { id }: Pick<ExportView, 'id'>) =>
  fetch(`${product.url}/api/v1${client.at(`/exports/${id}/file`)}`, {
    headers: client.credentials,
  });

const bytesOf = async (client: Client, run: ExportView) =>
  new Uint8Array(await (await fileOf(client, run)).arrayBuffer());

const tableOf = async (client: Client, body: object = {}) =>
  parse(Buffer.from(await bytesOf(client, await exported(client, body))), { bom: true }) as string[][];

describe('an exported file', () => {
  it('is a CSV for Excel that nobody keeps a copy of', async () => {
    const client = await administrator.inNewAccount();
    await client.import(FILE);
    const run = await exported(client);
    const response = await fileOf(client, run);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="contacts-\d{4}-\d\d-\d\d\.csv"/,
    );
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(bytes).toHaveLength(run.file_bytes ?? 0);
    expect(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)).toBe(
      [
        '\ufeffname,phone_number,email',
        'José Conceição,+5511987654321,jose@example.com',
        '"Lima, Ana ""Aninha""",+5521976543210,ana_maria@example.com',
        "'=1+1,+551133334444,",
        '100% Natural,+12133734253,contato@natural.example',
        '',
      ].join('\r\n'),
    );
    expect(run.rows).toEqual({ total: 4, done: 4 });
    const audit = await query(
      product.databaseUrl,
      `SELECT user_id, details FROM audit_events WHERE action = 'export_downloaded' AND subject_id = $1`,
      [run.id],
    );
    expect(audit).toEqual([{ user_id: '1', details: {} }]);
  });

  it('is a workbook when one was asked for, and comes back unchanged', async () => {
    const client = await administrator.inNewAccount();
    await client.import(FILE);
    const run = await exported(client, { format: 'xlsx' });
    expect(run).toMatchObject({ format: 'xlsx', rows: { total: 4, done: 4 } });
    const response = await fileOf(client, run);
    expect(response.headers.get('content-type')).toBe(WORKBOOK_TYPE);
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="contacts-\d{4}-\d\d-\d\d\.xlsx"/,
    );
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(bytes).toHaveLength(run.file_bytes ?? 0);
    const limits = { maxRows: 100, maxColumns: 10, maxCellBytes: 1000 };
    const table = await openTable(bytesSource(bytes), { limits, locale: 'pt-BR' });
    const rows: string[][] = [];
    for await (const batch of table.rows()) rows.push(...batch.map(({ cells }) => [...cells]));
    expect([table.header, ...rows]).toEqual([
      ['name', 'phone_number', 'email'],
      ['José Conceição', '+5511987654321', 'jose@example.com'],
      ['Lima, Ana "Aninha"', '+5521976543210', 'ana_maria@example.com'],
      ['=1+1', '+551133334444'],
      ['100% Natural', '+12133734253', 'contato@natural.example'],
    ]);
    const lines = [table.header, ...rows].map((cells) => csvLine(cells, { formulas: 'keep' }));
    const end = await client.import(lines.join('').replace('551133334444\r', '551133334444,\r'));
    expect(end.rows).toMatchObject({ total: 4, unchanged: 4 });
  });

  it('has the contacts of one import alone when asked to, and of no other account', async () => {
    const client = await administrator.inNewAccount();
    await client.import(FILE);
    const second = await client.import(
      'name,phone_number\nJosé Conceição,+5511987654321\nAna Prado,+5521976543210\nCaio,+5531987654321\n',
    );
    const run = await exported(client, { import_id: second.id, column_names: ['name'] });
    expect(run.import_id).toBe(second.id);
    expect(run.rows).toEqual({ total: 2, done: 2 });
    expect(await tableOf(client, { import_id: second.id, column_names: ['name'] })).toEqual([
      ['name'],
      ['Ana Prado'],
      ['Caio'],
    ]);
    expect(await tableOf(client, { import_id: second.id, q: 'caio', column_names: ['name'] })).toEqual([
      ['name'],
      ['Caio'],
    ]);
    expect((await exported(client, { import_id: null })).import_id).toBeNull();
    const elsewhere = await administrator.inNewAccount();
    expect(await tableOf(elsewhere, { import_id: second.id })).toHaveLength(1);
    for (const import_id of [0, -1, 1.5, 'x']) {
      const answer = await client.post<Problem>(client.at('/exports'), { import_id });
      expect([answer.status, answer.body.code]).toEqual([422, 'request_invalid']);
    }
  });

  it('of an account without contacts has its header', async () => {
    expect(await tableOf(await administrator.inNewAccount())).toEqual([['name', 'phone_number', 'email']]);
  });

  it('has the columns that were asked for, in their order, as the list shows them', async () => {
    const client = await administrator.inNewAccount();
    await client.import(FILE);
    const column_names = ['email', 'id', 'created_at', 'name', 'updated_at', 'phone_number'];
    const [header, ...rows] = await tableOf(client, { column_names });
    expect(header).toEqual(column_names);
    const { body } = await client.get<ContactList>(client.at('/contacts?sort=created_at'));
    const shown = body.payload.map((contact) =>
      column_names.map((name) => String(contact[name as 'id'] ?? '')),
    );
    expect(rows.map((cells) => cells.map((cell) => cell.replace(/^'=/, '=')))).toEqual(shown);
  });

  it('leaves out columns that do not exist, names them, and repeats none', async () => {
    const client = await administrator.inNewAccount();
    await client.import(FILE);
    const run = await exported(client, { column_names: ['name', 'password_hash', 'name', '__proto__'] });
    expect(run).toMatchObject({ column_names: ['name'], ignored_columns: ['password_hash', '__proto__'] });
    expect(Buffer.from(await bytesOf(client, run)).toString()).toMatch(/^\ufeffname\r\nJosé/);
  });

  it.each([undefined, null, []])('has the usual columns when %j were asked for', async (column_names) => {
    const run = await exported(await administrator.inNewAccount(), { column_names });
    expect(run).toMatchObject({ column_names: ['name', 'phone_number', 'email'], ignored_columns: [] });
  });
});

describe('a request for an export', () => {
  const condition: FilterCondition = {
    attribute_key: 'created_at',
    filter_operator: 'is_less_than',
    values: ['x'],
  };

  it.each<[string, object, string]>([
    ['no column that exists', { column_names: ['phone', ''] }, 'columns_unknown'],
    ['a label', { label: 'vip' }, 'labels_unsupported'],
    ['a filter without a meaning', { payload: [condition] }, 'filter_invalid'],
    ['a column that is no text', { column_names: [1] }, 'request_invalid'],
    ['a NUL in the search', { q: '\u0000' }, 'request_invalid'],
    ['a NUL in a column', { column_names: ['name', '\u0000'] }, 'request_invalid'],
    ['a format that nobody writes', { format: 'ods' }, 'request_invalid'],
    ['a list', [], 'request_invalid'],
  ])('with %s is refused and makes none', async (_, body, code) => {
    const client = await administrator.inNewAccount();
    const answer = await client.post<Problem>(client.at('/exports'), body);
    expect([answer.status, answer.body.code]).toEqual([422, code]);
    expect((await client.get<List<ExportView>>(client.at('/exports'))).body.meta.count).toBe(0);
  });

  it("through Chatwoot's door is answered with 200 and the export", async () => {
    const client = await administrator.inNewAccount();
    await client.import(FILE);
    for (const request of [{}, { label: '', column_names: null, payload: null }]) {
      const { status, body } = await client.post<ExportView>(client.at('/contacts/export'), request);
      expect([status, body.format, body.column_names]).toEqual([
        200,
        'csv',
        ['name', 'phone_number', 'email'],
      ]);
      expect((await client.exportEnd(body.id)).rows.done).toBe(4);
    }
  });

  it("through Chatwoot's door may come without a body, but not with one that is no JSON", async () => {
    const client = await administrator.inNewAccount();
    const { status } = await client.send<ExportView>('POST', client.at('/contacts/export'), {});
    expect(status).toBe(200);
    const form = new URLSearchParams({ 'column_names[]': 'name' });
    const refused = await client.send<Problem>('POST', client.at('/contacts/export'), { body: form });
    expect([refused.status, refused.body.code]).toEqual([422, 'request_invalid']);
    expect((await client.get<List<ExportView>>(client.at('/exports'))).body.meta.count).toBe(1);
  });

  it('is kept in the history, newest first', async () => {
    const client = await administrator.inNewAccount();
    const ids = [(await exported(client)).id, (await exported(client, { q: 'ana' })).id];
    const { body } = await client.get<List<ExportView>>(client.at('/exports?per_page=1'));
    expect(body.meta).toEqual({ count: 2, current_page: 1 });
    expect(body.payload[0]).toMatchObject({ id: ids[1], q: 'ana', payload: [], is_expired: false });
  });
});

describe('search and filter', () => {
  const where = (
    attribute_key: string,
    filter_operator: string,
    values: unknown,
    query_operator: string | null = null,
  ) => ({
    attribute_key,
    filter_operator,
    values,
    query_operator,
  });

  it.each<[string, { q?: string; payload?: object[] }, number]>([
    ['a name', { q: 'CONCEICAO' }, 1],
    ['a phone', { q: '(11) 98765-4321' }, 1],
    ['an e-mail', { q: 'example.com' }, 2],
    ['a sign of LIKE', { q: '%' }, 1],
    ['nobody', { q: 'nobody' }, 0],
    ['a condition', { payload: [where('email', 'is_not_present', [])] }, 1],
    [
      'two conditions',
      { payload: [where('email', 'is_present', [], 'and'), where('phone_number', 'starts_with', ['+55'])] },
      2,
    ],
    [
      'either of two',
      { payload: [where('name', 'contains', ['jose'], 'OR'), where('name', 'contains', ['natural'])] },
      2,
    ],
    ['both together', { q: 'example', payload: [where('name', 'contains', ['a'])] }, 3],
  ])('%s: the file has what the list shows', async (_, { q = '', payload = [] }, count) => {
    const client = await administrator.inNewAccount();
    await client.import(FILE);
    // What others have is not found.
    await (await administrator.inNewAccount()).import(FILE);
    const path = client.at(`/contacts/filter?sort=created_at&q=${encodeURIComponent(q)}`);
    const { body } = await client.post<ContactList>(path, { payload });
    expect(body.meta.count).toBe(count);
    const [, ...rows] = await tableOf(client, { q, payload, column_names: ['id'] });
    expect(rows.map(([id]) => Number(id))).toEqual(body.payload.map(({ id }) => id));
  });
});

describe('what was exported', () => {
  const CORPUS = ['001', '090', '093', '096', '113'].map((number) => {
    const item = corpusItems('api').find(({ file }) => file.startsWith(`api/${number}_`));
    if (item === undefined) throw new Error(`The corpus lacks file ${number}.`);
    return [item.file, async () => corpusFile(item)] as const;
  });
  const generated = [
    '2,000 generated contacts',
    async () => new Uint8Array(await (await generatedFile(2_000, 11)).file.arrayBuffer()),
  ] as const;

  const contactsIn = ({ account }: Client) =>
    query(
      product.databaseUrl,
      'SELECT id, name, phone_number, email, updated_at FROM contacts WHERE account_id = $1 ORDER BY id',
      [account],
    );

  it.each([...CORPUS, generated])('from %s calculates nothing and comes back unchanged', async (_, file) => {
    const client = await administrator.inNewAccount();
    await client.import(await file());
    const before = await contactsIn(client);
    const bytes = await bytesOf(client, await exported(client));
    const table = parse(Buffer.from(bytes), { bom: true }) as string[][];
    for (const cell of table.flat()) {
      if (!/^\+[1-9]\d{6,14}$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r\n|]/);
    }
    const end = await client.import(bytes);
    const total = before.length;
    expect(end.rows).toEqual({
      total,
      done: total,
      created: 0,
      updated: 0,
      unchanged: total,
      skipped: 0,
      failed: 0,
    });
    expect(await contactsIn(client)).toEqual(before);
  });
});
