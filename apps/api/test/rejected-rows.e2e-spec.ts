import type { Problem, RejectedRowList } from '@ponte/contracts';
import { corpusFile, corpusItems } from '@ponte/testing';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Client } from './setup/client';
import { query } from './setup/database';
import { newMember } from './setup/people';
import { startProduct, type Product } from './setup/product';

let product: Product;
let administrator: Client;

beforeAll(async () => {
  // Small batches, so that a refused row is looked for in several of them.
  product = await startProduct({ env: { PONTE_BATCH_ROWS: '4' } });
  administrator = await Client.signedIn(product);
});
afterAll(() => product.stop());

const FILE = `Phone_Number;ignored,NAME,City,phone_number,email
x,  Ana  ,São Paulo,11987654321, ana@example.com
x,Bia,"Rio, RJ",+5521987654321,bia@example.com
x,,"line
break",+5531987654321,not-an-address
x,Caio "C",=1+1,+5541,
x,Dani,Recife,+5581987654321,,more
`;

const list = (client: Client, id: number, suffix = '') =>
  client.get<RejectedRowList & Problem>(client.at(`/imports/${id}/rejected_rows${suffix}`));

const download = (client: Client, id: number, headers: Record<string, string> = {}) =>
  client.get<string>(client.at(`/imports/${id}/rejected_rows.csv`), headers);

const cellsOf = (csv: string) => parse(csv, { bom: true, relax_column_count: true }) as string[][];

it('are listed with their place, their reasons and their original cells', async () => {
  const client = await administrator.inNewAccount();
  const run = await client.import(FILE);
  expect(run.rows).toMatchObject({ total: 5, created: 1, failed: 4 });
  expect(run.rejected_by_code).toEqual({
    phone_no_plus: 1,
    name_missing: 1,
    email_invalid: 1,
    phone_invalid: 1,
    wrong_cell_count: 1,
  });
  const { body } = await list(client, run.id);
  expect(body.meta).toEqual({ count: 4, current_page: 1 });
  expect(body.columns).toEqual(['Phone_Number;ignored', 'NAME', 'City', 'phone_number', 'email']);
  expect(body.column_fields).toEqual([null, 'name', null, 'phone_number', 'email']);
  expect(body.payload).toEqual([
    {
      row: 1,
      line: 2,
      codes: ['phone_no_plus'],
      fields: ['phone_number'],
      cells: ['x', '  Ana  ', 'São Paulo', '11987654321', ' ana@example.com'],
    },
    {
      row: 3,
      line: 4,
      codes: ['name_missing', 'email_invalid'],
      fields: ['name', 'email'],
      cells: ['x', '', 'line\nbreak', '+5531987654321', 'not-an-address'],
    },
    {
      row: 4,
      line: 6,
      codes: ['phone_invalid'],
      fields: ['phone_number'],
      cells: ['x', 'Caio "C"', '=1+1', '+5541', ''],
    },
    {
      row: 5,
      line: 7,
      codes: ['wrong_cell_count'],
      fields: [],
      cells: ['x', 'Dani', 'Recife', '+5581987654321', '', 'more'],
    },
  ]);
  const second = await list(client, run.id, '?per_page=2&page=2');
  expect(second.body.payload.map(({ row }) => row)).toEqual([4, 5]);
});

it('are a CSV with the reasons last, which cannot calculate and nobody keeps a copy of', async () => {
  const client = await administrator.inNewAccount();
  const { id } = await client.import(FILE);
  const { status, headers, body } = await download(client, id, { 'accept-language': 'en' });
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(headers.get('cache-control')).toBe('private, no-store');
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="import-\d+-rejected-rows\.csv"/);
  const raw = await fetch(`${product.url}/api/v1${client.at(`/imports/${id}/rejected_rows.csv`)}`, {
    headers: client.credentials,
  });
  expect([...new Uint8Array(await raw.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(body.replaceAll('\r\n', '').replace('line\nbreak', '')).not.toMatch(/[\r\n]/);

  const [header, ...rows] = cellsOf(body);
  expect(header).toEqual(['Phone_Number;ignored', 'NAME', 'City', 'phone_number', 'email', '', 'errors']);
  expect(rows.map((cells) => cells.length)).toEqual([7, 7, 7, 7]);
  expect(rows[0]?.slice(0, 5)).toEqual(['x', '  Ana  ', 'São Paulo', '11987654321', ' ana@example.com']);
  expect(rows[1]?.[6]).toMatch(/^name_missing: .+ \| email_invalid: .+/);
  expect(rows[2]?.slice(2, 4)).toEqual(["'=1+1", "'+5541"]);
  expect(rows[3]?.slice(4)).toEqual(['', 'more', expect.stringMatching(/^wrong_cell_count: /)]);
});

it.each([
  ['pt-BR', 'O telefone não começa com + e o código do país'],
  ['en', 'The phone does not begin with + and the country code'],
  ['es', 'El teléfono no empieza con + y el código del país'],
])('say their reasons in %s', async (locale, sentence) => {
  const client = await administrator.inNewAccount();
  const { id } = await client.import('name,phone_number\nAna,11987654321\n');
  const { body } = await download(client, id, { 'accept-language': locale });
  expect(cellsOf(body)[1]?.[2]).toContain(`phone_no_plus: ${sentence}`);
});

it('import when nothing but the bad cells is corrected', async () => {
  const client = await administrator.inNewAccount();
  const { id } = await client.import(FILE);
  const { body } = await download(client, id);
  const corrected = body
    .replace('11987654321', '+55 11 98765-4321')
    .replace('x,,', 'x,Bento,')
    .replace('not-an-address', 'bento@example.com')
    .replace("'+5541,", '+5541987654321,')
    .replace('more', '');
  const end = await client.import(corrected);
  expect(end).toMatchObject({ state: 'finished', rows: { total: 4, created: 4, failed: 0 } });
  expect(end.ignored_columns).toContain('errors');
  expect(await client.allContacts()).toEqual([
    { name: 'Ana', phone_number: '+5511987654321', email: 'ana@example.com' },
    { name: 'Bia', phone_number: '+5521987654321', email: 'bia@example.com' },
    { name: 'Bento', phone_number: '+5531987654321', email: 'bento@example.com' },
    { name: 'Caio "C"', phone_number: '+5541987654321', email: null },
    { name: 'Dani', phone_number: '+5581987654321', email: null },
  ]);
});

it('come back as they were, however often, with one column of reasons', async () => {
  const client = await administrator.inNewAccount();
  const names = ['Ana;=1', '=Bia', '-Caio', "'=Dora", "''-Eva", "d'Ávila", "'Gil"];
  const cells = names.map((name, at) => `"${name}",${at},=1+1`);
  let file = `name,phone_number,=obs\n${cells.join('\n')}\n`;
  const downloads: string[] = [];
  for (let time = 0; time < 3; time++) {
    const { id } = await client.import(file);
    file = (await download(client, id, { 'accept-language': 'en' })).body;
    downloads.push(file);
  }
  expect(downloads[1]).toBe(downloads[0]);
  expect(downloads[2]).toBe(downloads[0]);
  expect(cellsOf(file)[0]).toEqual(['name', 'phone_number', "'=obs", 'errors']);
  const corrected = cellsOf(file).map(([name, phone, ...rest], row) =>
    row === 0 ? [name, phone, ...rest] : [name, `+551198765432${row}`, ...rest],
  );
  const text = corrected
    .map((row) => row.map((cell) => `"${cell?.replaceAll('"', '""')}"`).join(','))
    .join('\n');
  const foreseen = await client.dryRun(text);
  expect(foreseen.rows).toMatchObject({ created: names.length, failed: 0 });
  await client.import(text);
  expect((await client.allContacts()).map(({ name }) => name).sort()).toEqual([...names].sort());
});

it('cannot calculate whatever was in them', async () => {
  const item = corpusItems('api').find(({ file }) => file.includes('091_failed_rows_formula_injection'));
  if (item === undefined) throw new Error('The corpus lacks file 091.');
  const client = await administrator.inNewAccount();
  const { id, rows } = await client.import(corpusFile(item));
  expect(rows.failed).toBeGreaterThan(0);
  const table = cellsOf((await download(client, id)).body);
  expect(table).toHaveLength(rows.failed + 1);
  for (const cell of table.flat()) {
    if (!/^\+[1-9]\d{6,14}$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r\n|]/);
  }
});

it('are none when every row was good', async () => {
  const client = await administrator.inNewAccount();
  const { id } = await client.import('name,phone_number\nAna,+5511987654321\n');
  expect((await list(client, id)).body).toEqual({
    meta: { count: 0, current_page: 1 },
    columns: ['name', 'phone_number'],
    column_fields: ['name', 'phone_number'],
    payload: [],
  });
  expect(cellsOf((await download(client, id)).body)).toEqual([['name', 'phone_number', 'errors']]);
});

it('are for administrators, and their download is written down', async () => {
  const client = await administrator.inNewAccount();
  const { id } = await client.import(FILE);
  const agent = (await newMember(product, client, 'agent')).client;
  expect((await list(agent, id)).status).toBe(403);
  expect((await download(agent, id)).status).toBe(403);
  await download(client, id);
  const audit = await query(
    product.databaseUrl,
    `SELECT user_id, details FROM audit_events WHERE action = 'rejected_rows_downloaded' AND subject_id = $1`,
    [id],
  );
  expect(audit).toEqual([{ user_id: '1', details: {} }]);
});

it('are only the one that PostgreSQL refuses, wherever it is in its batch', async () => {
  await query(
    product.databaseUrl,
    `CREATE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF NEW.name LIKE 'Poison%' THEN RAISE EXCEPTION 'poison'; END IF; RETURN NEW; END $$`,
  );
  await query(
    product.databaseUrl,
    'CREATE TRIGGER refuse_poison BEFORE INSERT OR UPDATE ON contacts FOR EACH ROW EXECUTE FUNCTION refuse_poison()',
  );
  const client = await administrator.inNewAccount();
  const isPoison = (row: number) => [1, 6, 7, 12, 14].includes(row);
  const rows = Array.from(
    { length: 14 },
    (_, index) => `${isPoison(index + 1) ? 'Poison' : 'Good'} ${index + 1},+55119876543${10 + index}`,
  );
  const end = await client.import(
    ['name,phone_number', ...rows, 'Bad,1', 'Good 16,+5511987654399'].join('\n'),
  );
  expect(end.state).toBe('finished');
  expect(end.rows).toEqual({
    total: 16,
    done: 16,
    created: 10,
    updated: 0,
    unchanged: 0,
    skipped: 0,
    failed: 6,
  });
  expect(end.rejected_by_code).toEqual({ row_refused: 5, phone_no_plus: 1 });
  const { body } = await list(client, end.id);
  expect(body.payload.map(({ row, codes }) => [row, codes[0]])).toEqual([
    ...[1, 6, 7, 12, 14].map((row) => [row, 'row_refused']),
    [15, 'phone_no_plus'],
  ]);
  expect(body.payload[0]).toMatchObject({ line: 2, fields: [], cells: ['Poison 1', '+5511987654310'] });
  expect((await client.allContacts()).every(({ name }) => name.startsWith('Good'))).toBe(true);
});
