import type { ContactList, Problem } from '@ponte/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, type Answer } from './setup/client';
import { startProduct, type Product } from './setup/product';

let product: Product;
/** One account for all: searching writes nothing. */
let client: Client;

const FILE = `name,phone_number,email
José Conceição,+5511987654321,jose.conceicao@example.com
ana maria,+5521976543210,Ana_Maria@Example.com
Böhm & Filhos,+551133334444,
100% Natural,+5531987654321,contato@natural.example
O'Brien \\ Sons,+12133734253,obrien@example.org
4321 Ltda,+5541987650000,
`;

beforeAll(async () => {
  product = await startProduct();
  client = await (await Client.signedIn(product)).inNewAccount();
  await client.import(FILE);
  // A neighbour whose contacts nobody may find from here.
  await (await client.inNewAccount()).import(FILE);
});
afterAll(() => product.stop());

const JOSE = 'José Conceição';
const ANA = 'ana maria';
const BOHM = 'Böhm & Filhos';
const NATURAL = '100% Natural';
const BRIEN = "O'Brien \\ Sons";
const LTDA = '4321 Ltda';
const ALL = [JOSE, ANA, BOHM, NATURAL, BRIEN, LTDA];

const search = (q: string, path = '/contacts') =>
  client.get<ContactList & Problem>(client.at(`${path}?q=${encodeURIComponent(q)}`));

function found({ status, body }: Answer<ContactList>): string[] {
  expect([status, body]).toEqual([200, expect.objectContaining({ payload: expect.any(Array) })]);
  expect(body.meta.count).toBe(body.payload.length);
  return body.payload.map(({ name }) => name).sort();
}

describe('searching', () => {
  it.each<[string, string[]]>([
    ['jose', [JOSE]],
    ['CONCEIÇÃO', [JOSE]],
    ['conceicao', [JOSE]],
    ['Jose\u0301', [JOSE]],
    ['ANA', [ANA]],
    ['maria', [ANA]],
    ['bohm', [BOHM]],
    ['ana_maria@', [ANA]],
    ['ANA_MARIA@EXAMPLE.COM', [ANA]],
    ['example.com', [JOSE, ANA]],
    ['  natural  ', [NATURAL]],
    ['', ALL],
    ['   ', ALL],
    ['nobody', []],
    ['4321', [JOSE, ANA, NATURAL, LTDA]],
  ])('%j by name or e-mail', async (q, expected) => {
    expect(found(await search(q))).toEqual([...expected].sort());
  });

  it.each([
    '+5511987654321',
    '+55 11 98765-4321',
    '+55 (11) 98765-4321',
    '+55 (0) 11 98765-4321',
    '5511987654321',
    '55 11 987654321',
    '005511987654321',
    '00 55 11 98765 4321',
    '(11) 98765-4321',
    '11 98765.4321',
    '11 98765–4321',
    '011987654321',
    '0 15 11 98765-4321',
    '0xx11 98765-4321',
    ' \u202a+5511987654321\u202c ',
    '+55 11 8765-4321',
    '(11) 8765-4321',
  ])('%j by phone', async (q) => {
    expect(found(await search(q))).toEqual([JOSE]);
    expect(found(await search(q, '/contacts/search'))).toEqual([JOSE]);
  });

  it.each<[string, string[]]>([
    ['987654321', [JOSE, NATURAL]],
    ['98765-4321', [JOSE, NATURAL]],
    ['3333-4444', [BOHM]],
    ['+1 213', [BRIEN]],
  ])('%j by a part of the phone', async (q, expected) => {
    expect(found(await search(q))).toEqual([...expected].sort());
  });

  it.each<[string, string[]]>([
    ['%', [NATURAL]],
    ['100%', [NATURAL]],
    ['_', [ANA]],
    ['\\', [BRIEN]],
    ['\\\\', []],
    ["O'Brien", [BRIEN]],
    ["' OR 1=1 --", []],
    ["'); DROP TABLE contacts; --", []],
    ['$1', []],
    ['a%', []],
    ['an_', []],
    ['&', [BOHM]],
    ['😀', []],
    ['__proto__', []],
  ])('%j as text that means nothing else', async (q, expected) => {
    expect(found(await search(q))).toEqual([...expected].sort());
  });

  it.each([
    ['a NUL', 'a\u0000b'],
    ['256 characters', 'x'.repeat(256)],
  ])('%s is refused', async (_, q) => {
    const { status, body } = await search(q);
    expect([status, body.code]).toEqual([422, 'request_invalid']);
  });
});
