import type { ContactList, ContactView, Problem } from '@ponte/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, type Answer } from './setup/client';
import { startProduct, type Product } from './setup/product';

type Created = { payload: { contact: ContactView } } & Problem;
type Shown = { payload: ContactView } & Problem;

let product: Product;
let administrator: Client;

beforeAll(async () => {
  product = await startProduct();
  administrator = await Client.signedIn(product);
});
afterAll(() => product.stop());

const ANA = { name: 'Ana Lima', phone_number: '+5511987654321', email: 'ana@example.com' };
const BIA = { name: 'Bia Sá', phone_number: '+5521987654321', email: null };

const create = (client: Client, body: unknown) => client.post<Created>(client.at('/contacts'), body);
const list = (client: Client, query = '') =>
  client.get<ContactList & Problem>(client.at(`/contacts?${query}`));
const names = ({ body }: Answer<ContactList>) => body.payload.map(({ name }) => name);

/** An account with these contacts, which came in one file. */
async function accountWith(
  contacts: readonly { name: string; phone_number: string; email: string | null }[],
) {
  const client = await administrator.inNewAccount();
  const rows = contacts.map(({ name, phone_number, email }) => `"${name}",${phone_number},${email ?? ''}`);
  const { rows: counts } = await client.import(['name,phone_number,email', ...rows].join('\n'));
  expect(counts.created).toBe(contacts.length);
  return client;
}

describe('a list', () => {
  it("has Chatwoot's shape, 15 contacts and the order of the names", async () => {
    const people = Array.from({ length: 32 }, (_, index) => ({
      name: `Pessoa ${String(index).padStart(2, '0')}`,
      phone_number: `+55119876543${String(index).padStart(2, '0')}`,
      email: null,
    }));
    const client = await accountWith([...people].reverse());
    const first = await list(client);
    expect(first.status).toBe(200);
    expect(first.body.meta).toEqual({ count: 32, count_is_exact: true, current_page: 1 });
    expect(names(first)).toEqual(people.slice(0, 15).map(({ name }) => name));
    expect(first.body.payload[0]).toEqual({
      id: expect.any(Number),
      ...people[0],
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updated_at: expect.any(String),
    });
    expect(names(await list(client, 'page=3'))).toEqual(['Pessoa 30', 'Pessoa 31']);
    expect((await list(client, 'per_page=100')).body.payload).toHaveLength(32);
    const beyond = await list(client, 'page=4');
    expect(beyond.body).toEqual({ meta: { count: 32, count_is_exact: true, current_page: 4 }, payload: [] });
    expect((await list(client, 'page=10000000&per_page=100')).body.payload).toEqual([]);
  });

  it('of an empty account is empty', async () => {
    const { body } = await list(await administrator.inNewAccount());
    expect(body).toEqual({ meta: { count: 0, count_is_exact: true, current_page: 1 }, payload: [] });
  });

  it.each([
    'page=0',
    'page=-1',
    'page=x',
    'page=1.5',
    'per_page=101',
    'per_page=0',
    'sort=id',
    'sort=name,email',
    'page=1&page=2',
  ])('refuses %s', async (query) => {
    const { status, body } = await list(administrator, query);
    expect([status, body.code]).toEqual([422, 'request_invalid']);
    const code = query.includes('&') ? 'repeated' : 'invalid';
    expect(body.issues).toEqual([{ field: query.split('=')[0], code }]);
  });

  it('is sorted each way, without regard to case and accents, those without e-mail last', async () => {
    const client = await accountWith([
      { name: 'beto', phone_number: '+5511987654323', email: 'c@example.com' },
      { name: 'Álvaro', phone_number: '+5511987654322', email: null },
      { name: 'Zé', phone_number: '+5511987654321', email: 'B@example.com' },
      { name: 'ana', phone_number: '+5511987654324', email: 'a@example.com' },
    ]);
    const orders = {
      name: ['Álvaro', 'ana', 'beto', 'Zé'],
      '-name': ['Zé', 'beto', 'ana', 'Álvaro'],
      phone_number: ['Zé', 'Álvaro', 'beto', 'ana'],
      '-phone_number': ['ana', 'beto', 'Álvaro', 'Zé'],
      email: ['ana', 'Zé', 'beto', 'Álvaro'],
      '-email': ['beto', 'Zé', 'ana', 'Álvaro'],
      created_at: ['beto', 'Álvaro', 'Zé', 'ana'],
      '-created_at': ['ana', 'Zé', 'Álvaro', 'beto'],
    };
    for (const [sort, expected] of Object.entries(orders)) {
      expect([sort, names(await list(client, `sort=${sort}`))]).toEqual([sort, expected]);
    }
  });

  it('can be of what one import created or changed', async () => {
    const client = await accountWith([ANA, BIA]);
    const run = await client.import('name,phone_number\nBia Souza,+5521987654321\nAna Lima,+5511987654321\n');
    expect(names(await list(client, `import_id=${run.id}`))).toEqual(['Bia Souza']);
  });
});

describe('a new contact', () => {
  it("is answered in Chatwoot's shape and can be read", async () => {
    const client = await administrator.inNewAccount();
    const { status, body } = await create(client, ANA);
    expect(status).toBe(200);
    expect(body.payload.contact).toMatchObject(ANA);
    const shown = await client.get<Shown>(client.at(`/contacts/${body.payload.contact.id}`));
    expect(shown.body).toEqual({ payload: body.payload.contact });
    expect((await list(client)).body.meta.count).toBe(1);
  });

  it.each([
    [
      'spaces and phone notation',
      { name: '  Ana \n Lima ', phone_number: ' +55 (11) 98765-4321 ', email: ' ana@example.com ' },
      ANA,
    ],
    ['letters that are composed of two', { ...BIA, name: 'Bia Sa\u0301' }, BIA],
    ['an empty e-mail', { ...BIA, email: ' ' }, BIA],
    ['no e-mail', { name: BIA.name, phone_number: BIA.phone_number }, BIA],
  ])('is stored clean with %s', async (_, body, stored) => {
    const { body: answer } = await create(await administrator.inNewAccount(), body);
    expect(answer.payload.contact).toMatchObject(stored);
  });

  it.each([
    ['nothing', {}, { name: 'name_missing', phone_number: 'phone_missing' }],
    [
      'blank fields',
      { name: ' ', phone_number: ' ' },
      { name: 'name_missing', phone_number: 'phone_missing' },
    ],
    ['null', { ...ANA, name: null }, { name: 'name_missing' }],
    ['a long name', { ...ANA, name: 'x'.repeat(501) }, { name: 'name_too_long' }],
    ['a NUL', { ...ANA, name: 'A\u0000na' }, { name: 'invalid_character' }],
    ['a phone without +', { ...ANA, phone_number: '11987654321' }, { phone_number: 'phone_no_plus' }],
    ['a phone that does not exist', { ...ANA, phone_number: '+5511' }, { phone_number: 'phone_invalid' }],
    [
      'an extension',
      { ...ANA, phone_number: '+551133334444 ext. 5' },
      { phone_number: 'phone_has_extension' },
    ],
    ['half an e-mail', { ...ANA, email: 'ana@' }, { email: 'email_invalid' }],
  ])('is refused field by field with %s', async (_, body, issues) => {
    const client = await administrator.inNewAccount();
    const answer = await create(client, body);
    expect([answer.status, answer.body.code]).toEqual([422, 'contact_invalid']);
    expect(answer.body.issues).toEqual(Object.entries(issues).map(([field, code]) => ({ field, code })));
    expect(await client.allContacts()).toEqual([]);
  });

  it.each([
    ['a list', [ANA]],
    ['a phone that is a list', { ...ANA, phone_number: [ANA.phone_number] }],
    ['a name that is an object', { ...ANA, name: { first: 'Ana' } }],
  ])('is refused as a request when it is %s', async (_, body) => {
    const answer = await create(await administrator.inNewAccount(), body);
    expect([answer.status, answer.body.code]).toEqual([422, 'request_invalid']);
  });

  it('is refused when its phone is taken, in any notation and also at the same moment', async () => {
    const client = await administrator.inNewAccount();
    const same = { ...ANA, phone_number: '+55 11 98765-4321', name: 'Outra' };
    const answers = await Promise.all([create(client, ANA), create(client, same), create(client, ANA)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
    const { body } = await create(client, same);
    expect(body.code).toBe('phone_taken');
    expect(body.issues).toEqual([{ field: 'phone_number', code: 'phone_taken' }]);
    expect(await client.allContacts()).toHaveLength(1);
    expect((await create(await administrator.inNewAccount(), ANA)).status).toBe(200);
  });

  it('may share its e-mail address', async () => {
    const client = await accountWith([ANA]);
    expect((await create(client, { ...BIA, email: ANA.email })).status).toBe(200);
  });
});

describe('a change', () => {
  const change = (client: Client, id: number | undefined, body: unknown) =>
    client.patch<Shown>(client.at(`/contacts/${id}`), body);

  it.each([
    ['the name', { name: ' Ana  Souza ' }, { ...ANA, name: 'Ana Souza' }],
    ['the phone', { phone_number: '+55 31 98765-4321' }, { ...ANA, phone_number: '+5531987654321' }],
    ['the e-mail', { email: 'other@example.com' }, { ...ANA, email: 'other@example.com' }],
    ['the e-mail away', { email: null }, { ...ANA, email: null }],
    ['nothing', {}, ANA],
  ])('of %s leaves everything else', async (_, body, after) => {
    const client = await accountWith([ANA, BIA]);
    const [ana] = (await list(client)).body.payload;
    const answer = await change(client, ana?.id, body);
    expect([answer.status, answer.body.payload]).toEqual([
      200,
      expect.objectContaining({ id: ana?.id, ...after }),
    ]);
    expect(answer.body.payload.created_at).toBe(ana?.created_at);
    expect(await client.allContacts()).toEqual(expect.arrayContaining([after, BIA]));
  });

  it.each([
    ['no name', { name: '' }, 'contact_invalid'],
    ['a bad phone', { phone_number: '123' }, 'contact_invalid'],
    ["somebody else's phone", { phone_number: '+55 21 98765-4321' }, 'phone_taken'],
    ['a name that is a number', { name: 5 }, 'request_invalid'],
  ])('to %s is refused and changes nothing', async (_, body, code) => {
    const client = await accountWith([ANA, BIA]);
    const before = (await list(client)).body.payload;
    const answer = await change(client, before[0]?.id, body);
    expect([answer.status, answer.body.code]).toEqual([422, code]);
    expect((await list(client)).body.payload).toEqual(before);
  });
});

it('a contact that is deleted is gone, and its phone is free again', async () => {
  const client = await accountWith([ANA, BIA]);
  const [ana] = (await list(client)).body.payload;
  const path = client.at(`/contacts/${ana?.id}`);
  expect((await client.delete(path)).status).toBe(204);
  expect((await client.get(path)).status).toBe(404);
  expect((await client.delete(path)).status).toBe(404);
  expect((await client.patch(path, { name: 'Ana' })).status).toBe(404);
  expect(await client.allContacts()).toEqual([BIA]);
  expect((await create(client, ANA)).status).toBe(200);
});
