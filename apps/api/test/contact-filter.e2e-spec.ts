import type { ContactList, FilterCondition, Problem } from '@ponte/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, type Answer } from './setup/client';
import { query } from './setup/database';
import { startProduct, type Product } from './setup/product';

let product: Product;
/** One account for all: filtering writes nothing. */
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

function found({ status, body }: Answer<ContactList>): string[] {
  expect([status, body]).toEqual([200, expect.objectContaining({ payload: expect.any(Array) })]);
  expect(body.meta.count).toBe(body.payload.length);
  return body.payload.map(({ name }) => name).sort();
}

type Condition = [FilterCondition['attribute_key'], string, unknown, ('and' | 'or' | 'AND' | 'OR')?];

const filter = (conditions: Condition[], suffix = '') =>
  client.post<ContactList & Problem>(client.at(`/contacts/filter${suffix}`), {
    payload: conditions.map(([attribute_key, filter_operator, values, query_operator]) => ({
      attribute_key,
      filter_operator,
      values,
      query_operator: query_operator ?? null,
    })),
  });

const yesterday = new Date(Date.now() - 86_400_000).toISOString();
const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
const without = (...names: string[]) => ALL.filter((name) => !names.includes(name));

describe('filtering', () => {
  it.each<[Condition, string[]]>([
    [['name', 'equal_to', ['jose conceicao']], [JOSE]],
    [['name', 'equal_to', ['jose']], []],
    [
      ['name', 'equal_to', [JOSE, ANA]],
      [JOSE, ANA],
    ],
    [['name', 'equal_to', 'ANA MARIA'], [ANA]],
    [['name', 'not_equal_to', [JOSE, ANA]], without(JOSE, ANA)],
    [['name', 'contains', ['CAO']], [JOSE]],
    [['name', 'contains', ['%']], [NATURAL]],
    [['name', 'contains', [100]], [NATURAL]],
    [
      ['name', 'does_not_contain', ['a']],
      [BOHM, BRIEN],
    ],
    [
      ['name', 'starts_with', ['jos', 'ANA']],
      [JOSE, ANA],
    ],
    [['name', 'is_present', []], ALL],
    [['name', 'is_not_present', []], []],
    [['email', 'equal_to', ['ana_maria@EXAMPLE.com']], [ANA]],
    [['email', 'not_equal_to', ['ana_maria@example.com']], without(ANA)],
    [['email', 'contains', ['_']], [ANA]],
    [['email', 'does_not_contain', ['example.com']], without(JOSE, ANA)],
    [['email', 'starts_with', ['jose.']], [JOSE]],
    [['email', 'is_present', null], without(BOHM, LTDA)],
    [
      ['email', 'is_not_present', []],
      [BOHM, LTDA],
    ],
    [['phone_number', 'equal_to', ['+55 (11) 98765-4321']], [JOSE]],
    [['phone_number', 'not_equal_to', ['+5511987654321']], without(JOSE)],
    [
      ['phone_number', 'contains', ['98765-4321']],
      [JOSE, NATURAL],
    ],
    [['phone_number', 'does_not_contain', ['987654321']], without(JOSE, NATURAL)],
    [
      ['phone_number', 'starts_with', ['+55 11']],
      [JOSE, BOHM],
    ],
    [['phone_number', 'starts_with', ['+55']], without(BRIEN)],
    [['phone_number', 'starts_with', ['+1']], [BRIEN]],
    [['created_at', 'is_greater_than', [yesterday]], ALL],
    [['created_at', 'is_less_than', [yesterday]], []],
    [['created_at', 'is_less_than', [tomorrow.slice(0, 10)]], ALL],
    [['created_at', 'days_before', [1]], []],
    [['created_at', 'days_before', ['0']], ALL],
  ])('%j', async (condition, expected) => {
    expect(found(await filter([condition]))).toEqual([...expected].sort());
  });

  it('by days counts back from now', async () => {
    const sql = `UPDATE contacts SET created_at = created_at - interval '3 days' WHERE name = $1`;
    await query(product.databaseUrl, sql, [JOSE]);
    expect(found(await filter([['created_at', 'days_before', [2]]]))).toEqual([JOSE]);
    expect(found(await filter([['created_at', 'days_before', [4]]]))).toEqual([]);
  });

  it.each<[string, Condition[], string[]]>([
    [
      'and',
      [
        ['email', 'is_present', [], 'and'],
        ['name', 'contains', ['a']],
      ],
      [JOSE, ANA, NATURAL],
    ],
    [
      'or',
      [
        ['name', 'equal_to', [BOHM], 'OR'],
        ['name', 'equal_to', [LTDA]],
      ],
      [BOHM, LTDA],
    ],
    // (ana OR josé) AND +5511: the other grouping would find both.
    [
      'left to right',
      [
        ['name', 'equal_to', [ANA], 'or'],
        ['name', 'equal_to', [JOSE], 'AND'],
        ['phone_number', 'starts_with', ['+5511']],
      ],
      [JOSE],
    ],
    ['no condition', [], ALL],
  ])('joins %s', async (_, conditions, expected) => {
    expect(found(await filter(conditions))).toEqual([...expected].sort());
  });

  it('goes together with search, sort and pages', async () => {
    const present: Condition[] = [['email', 'is_present', []]];
    expect(found(await filter(present, '?q=example.com'))).toEqual([JOSE, ANA].sort());
    const { body } = await filter(present, '?sort=-name&per_page=1&page=2');
    expect([body.meta, body.payload.map(({ name }) => name)]).toEqual([
      { count: 4, count_is_exact: true, current_page: 2 },
      [JOSE],
    ]);
  });

  it.each<Condition>([
    ['created_at', 'is_greater_than', ['yesterday']],
    ['created_at', 'is_greater_than', ['2026-13-45']],
    ['created_at', 'is_less_than', ['+275760-09-13']],
    ['created_at', 'is_less_than', ['-271821-04-20']],
    ['created_at', 'days_before', [-1]],
    ['created_at', 'days_before', ['2026-01-01']],
    ['created_at', 'equal_to', ['2026-01-01']],
    ['created_at', 'contains', ['2026']],
    ['name', 'is_greater_than', ['a']],
    ['name', 'days_before', [1]],
    ['name', 'equal_to', []],
    ['name', 'contains', ['']],
    ['email', 'equal_to', null],
    ['phone_number', 'starts_with', ['']],
  ])('refuses %s %s %j, which has no meaning', async (...condition) => {
    const { status, body } = await filter([condition]);
    expect([status, body.code]).toEqual([422, 'filter_invalid']);
  });

  it.each([
    ['an unknown column', { attribute_key: 'account_id', filter_operator: 'equal_to', values: [1] }],
    ['an inherited name', { attribute_key: '__proto__', filter_operator: 'equal_to', values: [1] }],
    ['an unknown operator', { attribute_key: 'name', filter_operator: 'matches', values: ['a'] }],
    [
      'an unknown join',
      { attribute_key: 'name', filter_operator: 'contains', values: ['a'], query_operator: 'xor' },
    ],
    ['a NUL', { attribute_key: 'name', filter_operator: 'contains', values: ['\u0000'] }],
    ['an object as value', { attribute_key: 'name', filter_operator: 'contains', values: [{}] }],
  ])('refuses %s as a request', async (_, condition) => {
    const path = client.at('/contacts/filter');
    const { status, body } = await client.post<Problem>(path, { payload: [condition] });
    expect([status, body.code]).toEqual([422, 'request_invalid']);
  });
});
