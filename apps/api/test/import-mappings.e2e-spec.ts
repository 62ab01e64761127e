import type { Problem, RememberedMapping } from '@ponte/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { query } from './setup/database';
import { newMember } from './setup/people';
import { startProduct, type Product } from './setup/product';

let product: Product;
let administrator: Client;

beforeAll(async () => {
  product = await startProduct({ worker: false });
  administrator = await Client.signedIn(product);
});
afterAll(() => product.stop());

const HEADER = ['Nome', 'Sobrenome', 'DDD', 'Telefone', 'Cidade'];
const MAPPING = {
  roles: ['name', 'last_name', 'area_code', 'phone_number', null],
  defaults: { email: 'contato@example.com' },
};
const NOTHING = { mapping: null, used_at: null };

const save = (client: Client, header: string[], mapping: unknown = MAPPING) =>
  client.put<RememberedMapping & Problem>(client.at('/import_mappings'), { header, mapping });
const find = async (client: Client, header: string[]) =>
  (await client.post<RememberedMapping>(client.at('/import_mappings/find'), { header })).body;

describe('a mapping', () => {
  it('is not there before it was saved, and is what was saved last', async () => {
    const client = await administrator.inNewAccount();
    expect(await find(client, HEADER)).toEqual(NOTHING);
    const saved = await save(client, HEADER);
    expect(saved.status).toBe(200);
    expect(saved.body.mapping).toEqual(MAPPING);
    expect(Math.abs(Date.parse(saved.body.used_at ?? '') - Date.now())).toBeLessThan(60_000);
    expect(await find(client, HEADER)).toEqual(saved.body);

    const other = { roles: ['name', null, null, 'phone_number', 'email'], defaults: {} };
    const again = await save(client, HEADER, other);
    expect(await find(client, HEADER)).toEqual(again.body);
    expect(again.body.mapping).toEqual(other);
    expect(Date.parse(again.body.used_at ?? '')).toBeGreaterThan(Date.parse(saved.body.used_at ?? ''));
  });

  it('is found however the titles are written, and by no other header', async () => {
    const client = await administrator.inNewAccount();
    await save(client, HEADER);
    const found = await find(client, [' NOME', 'sobrenome ', 'ddd', 'Têlefone', 'CIDADE']);
    expect(found.mapping).toEqual(MAPPING);
    for (const header of [HEADER.slice(1), [...HEADER, 'UF'], [...HEADER].reverse(), ['', ...HEADER], ['']])
      expect(await find(client, header)).toEqual(NOTHING);
  });

  it('fits a corrected file of rejected rows, and the file that it came from', async () => {
    const client = await administrator.inNewAccount();
    await save(client, HEADER);
    expect((await find(client, [...HEADER, 'errors'])).mapping?.roles).toEqual([...MAPPING.roles, null]);
    expect((await find(client, [...HEADER, '', 'errors'])).mapping?.roles).toEqual([
      ...MAPPING.roles,
      null,
      null,
    ]);
    await save(client, [...HEADER, 'errors'], { ...MAPPING, roles: [...MAPPING.roles, null] });
    expect((await find(client, HEADER)).mapping).toEqual(MAPPING);
    const rows = await query(product.databaseUrl, 'SELECT 1 FROM import_mappings WHERE account_id = $1', [
      client.account,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('belongs to one account', async () => {
    const [one, two] = [await administrator.inNewAccount(), await administrator.inNewAccount()];
    await save(one, HEADER);
    expect(await find(two, HEADER)).toEqual(NOTHING);
    const other = { roles: ['phone_number', null, null, null, 'name'], defaults: {} };
    await save(two, HEADER, other);
    expect((await find(one, HEADER)).mapping).toEqual(MAPPING);
    expect((await find(two, HEADER)).mapping).toEqual(other);
  });

  it('of a header without titles is not remembered: it could be any file', async () => {
    const client = await administrator.inNewAccount();
    const saved = await save(client, ['', ' '], { roles: ['name', 'phone_number'], defaults: {} });
    expect([saved.status, saved.body]).toEqual([200, NOTHING]);
    expect(await find(client, ['', ' '])).toEqual(NOTHING);
  });

  it.each<[string, string[], unknown]>([
    ['a role too few', HEADER, { ...MAPPING, roles: MAPPING.roles.slice(1) }],
    ['a role too many', HEADER, { ...MAPPING, roles: [...MAPPING.roles, null] }],
    ['a role that does not exist', ['Nome'], { roles: ['label'], defaults: {} }],
    ['no header', [], { roles: [], defaults: {} }],
    ['too many titles', Array<string>(1001).fill('x'), { roles: Array<null>(1001).fill(null), defaults: {} }],
    ['a title that is too long', ['x'.repeat(1001)], { roles: ['name'], defaults: {} }],
    ['a default that is too long', ['Nome'], { roles: ['name'], defaults: { email: 'x'.repeat(501) } }],
    ['a NUL', ['Nome'], { roles: ['name'], defaults: { email: 'x\u0000' } }],
  ])('with %s is refused', async (_, header, mapping) => {
    const client = await administrator.inNewAccount();
    const { status, body } = await save(client, header, mapping);
    expect([status, body.code]).toEqual([422, 'request_invalid']);
    if (header.length > 0 && header.length < 1000 && header[0] !== undefined && header[0].length < 1000)
      expect(await find(client, header)).toEqual(NOTHING);
  });

  it('may be about titles that mean something elsewhere', async () => {
    const client = await administrator.inNewAccount();
    const header = ['__proto__', 'constructor', "'; DROP TABLE import_mappings; --", '😀', 'x\u0000'];
    await save(client, header);
    expect((await find(client, header)).mapping).toEqual(MAPPING);
  });

  it('is forgotten when five hundred others were used since', async () => {
    const client = await administrator.inNewAccount();
    await save(client, HEADER);
    await query(
      product.databaseUrl,
      `INSERT INTO import_mappings (account_id, header_sha256, mapping, updated_by, used_at)
       SELECT $1, sha256(n::text::bytea), '{"roles":[],"defaults":{}}', 1, now() + make_interval(secs => n)
       FROM generate_series(1, 499) AS n`,
      [client.account],
    );
    expect((await find(client, HEADER)).mapping).toEqual(MAPPING);
    await query(
      product.databaseUrl,
      `UPDATE import_mappings SET used_at = now() - interval '1 day' WHERE account_id = $1 AND mapping -> 'roles' <> '[]'`,
      [client.account],
    );
    await save(client, ['Nome'], { roles: ['name'], defaults: {} });
    expect(await find(client, HEADER)).toEqual(NOTHING);
    expect((await find(client, ['Nome'])).mapping).not.toBeNull();
  });

  it('is for administrators', async () => {
    const agent = await newMember(product, await administrator.inNewAccount(), 'agent');
    const { status, body } = await save(agent.client, HEADER);
    expect([status, body.code]).toEqual([403, 'not_allowed']);
  });
});
