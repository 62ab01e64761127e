import type { DryRun, ImportView, OwnColumn, Problem, RejectedRowList } from '@ponte/contracts';
import { csvLine } from '@ponte/tabular';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { query } from './setup/database';
import { everythingWritten } from './setup/everything';
import { startProduct, type Product } from './setup/product';
import { filePart, multipart, MULTIPART, textPart } from './setup/raw-request';

let product: Product;
let administrator: Client;

beforeAll(async () => {
  product = await startProduct({ env: { PONTE_BATCH_ROWS: '3' } });
  administrator = await Client.signedIn(product);
});
afterAll(() => product.stop());

const OWN: OwnColumn[] = ['line', 'name', 'name', 'phone_number', 'phone_number', null, 'email'];
const TITLES = ['#', 'Nome', 'Sobrenome', 'DDD', 'Telefone', 'Cidade', 'name'];

/** As a program writes it that escapes nothing. */
const csv = (rows: readonly (readonly string[])[]) =>
  rows.map((cells) => csvLine(cells, { formulas: 'keep' })).join('');

const FILE = csv([
  ['name', 'phone_number', 'email', ...TITLES],
  ['Ana Lima', '+5511987654321', 'ana@example.com'],
  ['Bia Sá', '21', '', '14', ' Bia', 'Sá', '', '21', 'Recife, PE', ''],
  ['Caio Reis', '+5531987654321', ''],
  ['', '', 'x', '19', '', '', '', '=1+1', '@Rio', "'x"],
  ['Dani', '+5541987654321', 'd@', '21', 'Dani', '', '41', '98765 4321', '', 'd@'],
  ['Ana Souza', '+5511987654321', ''],
]);
const options = { options: JSON.stringify({ own_columns: OWN }) };

const rejectedRows = async (client: Client, { id }: ImportView) =>
  (await client.get<RejectedRowList>(client.at(`/imports/${id}/rejected_rows`))).body;
const download = async (client: Client, { id }: ImportView) =>
  parse((await client.get<string>(client.at(`/imports/${id}/rejected_rows.csv`))).body, {
    bom: true,
  }) as string[][];

describe('own columns', () => {
  it('come back with the rows that were rejected, and are never contacts', async () => {
    const client = await administrator.inNewAccount();
    const foreseen = await client.dryRun(FILE, options);
    const end = await client.import(FILE, options);
    expect(end).toMatchObject({
      state: 'finished',
      options: { existing: 'update' },
      ignored_columns: ['Cidade'],
      rows: { total: 6, created: 2, updated: 1, failed: 3 },
      rejected_by_code: { phone_no_plus: 1, name_missing: 1, phone_missing: 1, email_invalid: 2 },
    });
    const { rows, rejected_by_code, ignored_columns } = end;
    expect(foreseen).toMatchObject({ rows, rejected_by_code, ignored_columns });
    expect(await client.allContacts()).toEqual([
      { name: 'Ana Souza', phone_number: '+5511987654321', email: 'ana@example.com' },
      { name: 'Caio Reis', phone_number: '+5531987654321', email: null },
    ]);

    const list = await rejectedRows(client, end);
    expect(list.columns).toEqual(TITLES.slice(1));
    expect(list.column_fields).toEqual(OWN.slice(1));
    expect(list.payload.map(({ row, line, cells }) => [row, line, cells])).toEqual([
      [2, 14, [' Bia', 'Sá', '', '21', 'Recife, PE', '']],
      [4, 19, ['', '', '', '=1+1', '@Rio', "'x"]],
      [5, 21, ['Dani', '', '41', '98765 4321', '', 'd@']],
    ]);
  });

  it('are a file that cannot calculate, and that imports when it is corrected', async () => {
    const client = await administrator.inNewAccount();
    const titles = ['line', 'phone_number', 'Cidade', 'name'];
    const own = ['line', 'phone_number', null, 'name'];
    const end = await client.import(
      csv([
        ['name', 'phone_number', 'email', ...titles],
        ['', '21987654321', '', '3', '21987654321', '=1+1', ' '],
        ['@x', '11', '', '4', '11', '|y', '@x'],
      ]),
      { options: JSON.stringify({ own_columns: own }) },
    );
    const [header, ...rows] = await download(client, end);
    expect(header).toEqual(['phone_number', 'Cidade', 'name', 'errors']);
    expect(rows.map((cells) => cells.slice(0, 3))).toEqual([
      ['21987654321', "'=1+1", ' '],
      ['11', "'|y", "'@x"],
    ]);
    expect(rows[0]?.[3]).toMatch(/^name_missing: .+ \| phone_no_plus: /);
    const corrected = rows.map(([, city = '', name = '', errors = ''], index) => [
      `+552198765432${index}`,
      city,
      name.trim() === '' ? 'Ana' : name,
      errors,
    ]);
    const again = await client.import(csv([header ?? [], ...corrected]));
    expect(again).toMatchObject({ ignored_columns: ['Cidade', 'errors'], rows: { created: 2, failed: 0 } });
  });

  it('get the cells of a row that only the server refuses', async () => {
    await query(
      product.databaseUrl,
      `CREATE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.name LIKE 'Poison%' THEN RAISE EXCEPTION 'poison'; END IF; RETURN NEW; END $$`,
    );
    await query(
      product.databaseUrl,
      'CREATE TRIGGER refuse_poison BEFORE INSERT ON contacts FOR EACH ROW EXECUTE FUNCTION refuse_poison()',
    );
    const client = await administrator.inNewAccount();
    const poisoned = FILE.replace('Caio Reis', 'Poison Reis');
    // What PostgreSQL alone refuses cannot be foreseen.
    expect((await client.dryRun(poisoned, options)).rows.failed).toBe(3);
    const end = await client.import(poisoned, options);
    expect(end.rejected_by_code['row_refused']).toBe(1);
    const { payload } = await rejectedRows(client, end);
    expect(payload[1]).toMatchObject({
      row: 3,
      line: 4,
      codes: ['row_refused'],
      cells: ['Poison Reis', '', '', '+5531987654321', '', ''],
    });
  });

  it('may be as many as a file has columns', async () => {
    const client = await administrator.inNewAccount();
    const own = Array.from({ length: 16_382 }, (_, index) => (index === 9 ? 'phone_number' : null));
    const titles = own.map((_, index) => `c${index}`);
    const content = csv([
      ['name', 'phone_number', ...titles],
      ['Ana', '1', ...titles],
    ]);
    const end = await client.import(content, {
      options: JSON.stringify({ own_columns: own.map((kind) => kind ?? 'phone_number') }),
    });
    expect(end.rows.failed).toBe(1);
    const list = await rejectedRows(client, end);
    expect(list.columns).toEqual(titles);
    expect(list.payload[0]?.cells).toEqual(titles);
  });

  it.each([
    ['more than the file has columns', Array<null>(20).fill(null)],
    ['so many that no contact is left', Array<null>(9).fill(null)],
    ['unknown words', ['city']],
    ['no list', 'line'],
  ])('that are %s are refused, and leave nothing', async (_, own_columns) => {
    const client = await administrator.inNewAccount();
    const before = await everythingWritten(product);
    for (const path of ['/imports', '/imports/dry_run']) {
      const answer = await client.upload<Problem>(FILE, { path, options: JSON.stringify({ own_columns }) });
      expect([answer.status, answer.body.code]).toEqual([422, 'request_invalid']);
    }
    expect(await everythingWritten(product)).toEqual(before);
  });

  it('must be known before the file, the other options need not', async () => {
    const client = await administrator.inNewAccount();
    const send = (...parts: Parameters<typeof multipart>[0]) =>
      client.send<Problem & ImportView & DryRun>('POST', client.at('/imports'), {
        headers: { 'content-type': MULTIPART },
        body: Uint8Array.from(multipart(parts)),
      });
    const before = await everythingWritten(product);
    const late = await send(filePart(FILE), textPart('options', options.options));
    expect([late.status, late.body.issues]).toEqual([422, [{ field: 'options', code: 'behind_file' }]]);
    const twice = await send(
      textPart('options', options.options),
      filePart(FILE),
      textPart('options', '{"existing":"skip"}'),
    );
    expect([twice.status, twice.body.code]).toEqual([422, 'request_invalid']);
    const broken = await send(filePart(FILE), textPart('options', '{'));
    expect([broken.status, broken.body.code]).toEqual([422, 'request_invalid']);
    expect(await everythingWritten(product)).toEqual(before);
    const plain = await send(
      filePart('name,phone_number\nAna,+5511987654321\n'),
      textPart('options', '{"existing":"skip"}'),
    );
    expect([plain.status, plain.body.options]).toEqual([202, { existing: 'skip' }]);
  });
});
