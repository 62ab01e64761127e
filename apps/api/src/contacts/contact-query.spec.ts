import type { INestApplicationContext } from '@nestjs/common';
import type { ContactSort, FilterCondition } from '@ponte/contracts';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../test/setup/app-context';
import { newPerson } from '../../test/setup/rows';
import { RequestProblem } from '../platform/http/request-problem';
import { ContactsModule } from '.';
import { contactOrder, readOrder } from './contact-order';
import { contactWhere, type ContactQuery } from './contact-query';

/** Name, phone, e-mail, day of creation. */
const CONTACTS: [string, string, string | null, string][] = [
  ['Ana Lima', '+5511987654321', 'ana.lima@example.com', '2026-01-10'],
  ['João Conceição', '+5521912345678', 'JOAO@Example.com', '2026-01-20'],
  ['JOSÉ 100%', '+553135550003', null, '2026-02-10'],
  ['under_score', '+5511900000004', 'under_score@example.com', '2026-02-20'],
  ['underXscore', '+5511900000005', 'underxscore@example.com', '2026-02-20'],
  ['back\\slash', '+5511900000006', null, '2026-03-01'],
  ["O'Hara; DROP TABLE contacts", '+14155550007', 'o.hara@example.com', '2026-03-10'],
  ['2468', '+4915112345678', null, '2026-03-20'],
];
const ALL = CONTACTS.map(([name]) => name);
const without = (...names: string[]) => ALL.filter((name) => !names.includes(name));

describe.each(['embedded', 'debian'] as const)('contacts in the %s PostgreSQL', (kind) => {
  let app: INestApplicationContext;
  let dataSource: DataSource;
  let accountId: number;

  beforeAll(async () => {
    ({ app, dataSource } = await openContext(await migratedConfig(kind), { imports: [ContactsModule] }));
    accountId = (await newPerson(dataSource)).accountId;
    const stranger = (await newPerson(dataSource)).accountId;
    for (const [account, importId] of [
      [accountId, 5],
      [stranger, 5],
    ]) {
      for (const [name, phone, email, day] of CONTACTS) {
        await dataSource.query(
          `INSERT INTO contacts (account_id, name, phone_number, email, created_at, last_import_id)
           VALUES ($1, $2, $3, $4, $5, $6)`,
          [account, name, phone, email, `${day}T12:00:00Z`, name === 'Ana Lima' ? importId : null],
        );
      }
    }
  });
  afterAll(() => app.close());

  async function find(query: Partial<ContactQuery>, sort?: ContactSort): Promise<string[]> {
    const { sql, params } = contactWhere({ accountId, ...query });
    const order = sort === undefined ? 'id' : contactOrder(readOrder(sort));
    const rows = await dataSource.query<{ name: string }[]>(
      `SELECT name FROM contacts WHERE ${sql} ORDER BY ${order}`,
      params,
    );
    return rows.map(({ name }) => name);
  }

  const SEARCHES: [string, string[]][] = [
    ['', ALL],
    ['   ', ALL],
    ['ana', ['Ana Lima']],
    ['  ana  ', ['Ana Lima']],
    ['LIMA', ['Ana Lima']],
    ['joao', ['João Conceição']],
    ['JOÃO', ['João Conceição']],
    ['conceicao', ['João Conceição']],
    ['Conceição'.normalize('NFD'), ['João Conceição']],
    ['jose', ['JOSÉ 100%']],
    ['%', ['JOSÉ 100%']],
    ['100%', ['JOSÉ 100%']],
    ['_', ['under_score']],
    ['under_', ['under_score']],
    ['\\', ['back\\slash']],
    ["o'hara", ["O'Hara; DROP TABLE contacts"]],
    ["'; DROP", []],
    ['; drop table', ["O'Hara; DROP TABLE contacts"]],
    [
      '@example.com',
      ['Ana Lima', 'João Conceição', 'under_score', 'underXscore', "O'Hara; DROP TABLE contacts"],
    ],
    ['joao@EXAMPLE', ['João Conceição']],
    ['+55 11 98765-4321', ['Ana Lima']],
    ['(11) 98765-4321', ['Ana Lima']],
    ['98765 4321', ['Ana Lima']],
    ['011987654321', ['Ana Lima']],
    ['0055 11 987654321', ['Ana Lima']],
    ['+49 151', ['2468']],
    ['2468', ['2468']],
    ['$1', []],
    ['nobody', []],
    ['a'.repeat(255), []],
  ];
  it.each(SEARCHES)('searches %j', async (q, names) => {
    expect(await find({ q })).toEqual(names);
  });

  describe('a Brazilian mobile is one number with its ninth digit and without it', () => {
    let account: number;
    beforeAll(async () => {
      account = (await newPerson(dataSource)).accountId;
      const contacts = { With: '+5511987654321', Without: '+556781234567', Landline: '+551133334444' };
      for (const [name, phone] of Object.entries(contacts)) {
        await dataSource.query('INSERT INTO contacts (account_id, name, phone_number) VALUES ($1, $2, $3)', [
          account,
          name,
          phone,
        ]);
      }
    });

    const BOTH_WAYS: [string, string[]][] = [
      ['+55 11 98765-4321', ['With']],
      ['+55 11 8765-4321', ['With']],
      ['(11) 8765-4321', ['With']],
      ['011 8765-4321', ['With']],
      ['551187654321', ['With']],
      ['+55 67 8123-4567', ['Without']],
      ['+55 67 98123-4567', ['Without']],
      ['(67) 98123-4567', ['Without']],
      ['(11) 3333-4444', ['Landline']],
      ['(11) 93333-4444', []],
      ['+55 12 8765-4321', []],
    ];
    it.each(BOTH_WAYS)('%s', async (typed, names) => {
      expect(await find({ accountId: account, q: typed })).toEqual(names);
      const isEqual = { attribute_key: 'phone_number', filter_operator: 'equal_to' } as const;
      expect(await find({ accountId: account, conditions: [{ ...isEqual, values: [typed] }] })).toEqual(
        names,
      );
    });
  });

  type Condition = [
    FilterCondition['attribute_key'],
    FilterCondition['filter_operator'],
    FilterCondition['values'],
  ];
  const FILTERS: [Condition, string[]][] = [
    [['name', 'equal_to', ['ana lima']], ['Ana Lima']],
    [['name', 'equal_to', [' Ana Lima ']], ['Ana Lima']],
    [['name', 'equal_to', 'JOAO CONCEICAO'], ['João Conceição']],
    [['name', 'equal_to', 'João Conceição'.normalize('NFD')], ['João Conceição']],
    [
      ['name', 'equal_to', ['Ana Lima', 'José 100%']],
      ['Ana Lima', 'JOSÉ 100%'],
    ],
    [['name', 'equal_to', [2468]], ['2468']],
    [['name', 'equal_to', ['under%']], []],
    [['name', 'not_equal_to', ['ana lima']], without('Ana Lima')],
    [
      ['name', 'contains', ['SCORE']],
      ['under_score', 'underXscore'],
    ],
    [['name', 'contains', ['r_s']], ['under_score']],
    [
      ['name', 'does_not_contain', ['score', 'a']],
      ['JOSÉ 100%', '2468'],
    ],
    [
      ['name', 'starts_with', ['under', 'jo']],
      ['João Conceição', 'JOSÉ 100%', 'under_score', 'underXscore'],
    ],
    [['name', 'is_present', []], ALL],
    [['name', 'is_not_present', []], []],
    [['email', 'equal_to', ['joao@example.com']], ['João Conceição']],
    [['email', 'not_equal_to', ['joao@example.com']], without('João Conceição')],
    [
      ['email', 'does_not_contain', ['example.com']],
      ['JOSÉ 100%', 'back\\slash', '2468'],
    ],
    [['email', 'is_present', []], without('JOSÉ 100%', 'back\\slash', '2468')],
    [
      ['email', 'is_not_present', null],
      ['JOSÉ 100%', 'back\\slash', '2468'],
    ],
    [['phone_number', 'equal_to', ['+5511987654321']], ['Ana Lima']],
    [['phone_number', 'equal_to', ['5511987654321']], ['Ana Lima']],
    [['phone_number', 'equal_to', [5511987654321]], ['Ana Lima']],
    [['phone_number', 'equal_to', ['+55 (11) 98765-4321']], ['Ana Lima']],
    [
      ['phone_number', 'contains', ['(11) 9']],
      ['Ana Lima', 'under_score', 'underXscore', 'back\\slash'],
    ],
    [['phone_number', 'starts_with', ['+1']], ["O'Hara; DROP TABLE contacts"]],
    [['phone_number', 'starts_with', ['+55']], without("O'Hara; DROP TABLE contacts", '2468')],
    [['phone_number', 'does_not_contain', ['55']], ['2468']],
    [['phone_number', 'is_present', []], ALL],
    [
      ['created_at', 'is_greater_than', ['2026-03-05']],
      ["O'Hara; DROP TABLE contacts", '2468'],
    ],
    [
      ['created_at', 'is_less_than', '2026-01-20T12:00:01Z'],
      ['Ana Lima', 'João Conceição'],
    ],
    [
      ['created_at', 'is_less_than', '2026-01-20T12:00:01'],
      ['Ana Lima', 'João Conceição'],
    ],
    [['created_at', 'is_greater_than', ['9999-12-31']], []],
    [['created_at', 'days_before', [0]], ALL],
    [['created_at', 'days_before', '99999'], []],
    [['created_at', 'is_present', []], ALL],
  ];
  it.each(FILTERS)('filters by %j', async ([attribute_key, filter_operator, values], names) => {
    expect(await find({ conditions: [{ attribute_key, filter_operator, values }] })).toEqual(names);
  });

  const REFUSED: Condition[] = [
    ['name', 'equal_to', []],
    ['name', 'equal_to', null],
    ['name', 'equal_to', ''],
    ['name', 'contains', ['ana', '']],
    ['name', 'is_greater_than', ['a']],
    ['name', 'days_before', [3]],
    ['email', 'is_less_than', ['a']],
    ['created_at', 'equal_to', ['2026-01-10']],
    ['created_at', 'contains', ['2026']],
    ['created_at', 'is_greater_than', ['yesterday']],
    ['created_at', 'is_greater_than', ['2026-13-01']],
    ['created_at', 'is_greater_than', ['2026-02-30']],
    ['created_at', 'is_greater_than', ['2026-02-30T10:00:00Z']],
    ['created_at', 'is_greater_than', ['0000-01-01']],
    ['created_at', 'is_greater_than', ['-1']],
    ['created_at', 'is_greater_than', ['5']],
    ['created_at', 'is_greater_than', ['+012026-01-01']],
    ['created_at', 'is_less_than', ['-000001-01-01T00:00:00Z']],
    ['created_at', 'is_less_than', ['275760-09-13']],
    ['created_at', 'days_before', [-1]],
    ['created_at', 'days_before', [1.5]],
    ['created_at', 'days_before', [100_000]],
    ['created_at', 'days_before', ['soon']],
  ];
  it.each(REFUSED)('has no meaning for %s %s %j', (attribute_key, filter_operator, values) => {
    const refused = () =>
      contactWhere({ accountId, conditions: [{ attribute_key, filter_operator, values }] });
    expect(refused).toThrow(RequestProblem);
    expect(refused).toThrow('filter_invalid');
  });

  const named = (values: string, query_operator?: 'and' | 'or' | 'AND' | 'OR' | null): FilterCondition => ({
    attribute_key: 'name',
    filter_operator: 'contains',
    values,
    query_operator,
  });
  const JOINED: [string, FilterCondition[], string[]][] = [
    ['and', [named('under', 'and'), named('_')], ['under_score']],
    ['or', [named('ana', 'or'), named('%')], ['Ana Lima', 'JOSÉ 100%']],
    ['capitals', [named('ana', 'OR'), named('%', 'AND'), named('a')], ['Ana Lima']],
    ['and when nothing is said', [named('under'), named('_', null), named('score')], ['under_score']],
    [
      'left to right: (a or b) and c',
      [named('under', 'or'), named('ana', 'and'), named('score')],
      ['under_score', 'underXscore'],
    ],
    [
      'left to right: (a and b) or c',
      [named('under', 'and'), named('_', 'or'), named('2468')],
      ['under_score', '2468'],
    ],
    ['an operator after the last one', [named('2468', 'or')], ['2468']],
  ];
  it.each(JOINED)('joins conditions: %s', async (_, conditions, names) => {
    expect(await find({ conditions })).toEqual(names);
  });

  it('asks for everything at once, inside one account', async () => {
    const conditions = [named('a', 'or'), named('o')];
    expect(await find({ q: 'example', conditions, importId: 5 })).toEqual(['Ana Lima']);
    expect(await find({ importId: 6 })).toEqual([]);
    // An "or" never opens the account.
    expect(await find({ conditions: [named('ana', 'or'), named('a')] })).not.toHaveLength(0);
    const { sql } = contactWhere({ accountId, conditions });
    expect(sql.startsWith('account_id = $1 AND (')).toBe(true);
  });

  const ORDERS: [ContactSort, string[]][] = [
    [
      'name',
      [
        '2468',
        'Ana Lima',
        'back\\slash',
        'João Conceição',
        'JOSÉ 100%',
        "O'Hara; DROP TABLE contacts",
        'under_score',
        'underXscore',
      ],
    ],
    [
      'phone_number',
      [
        "O'Hara; DROP TABLE contacts",
        '2468',
        'under_score',
        'underXscore',
        'back\\slash',
        'Ana Lima',
        'João Conceição',
        'JOSÉ 100%',
      ],
    ],
    [
      'created_at',
      [
        'Ana Lima',
        'João Conceição',
        'JOSÉ 100%',
        'under_score',
        'underXscore',
        'back\\slash',
        "O'Hara; DROP TABLE contacts",
        '2468',
      ],
    ],
    [
      '-created_at',
      [
        '2468',
        "O'Hara; DROP TABLE contacts",
        'back\\slash',
        'underXscore',
        'under_score',
        'JOSÉ 100%',
        'João Conceição',
        'Ana Lima',
      ],
    ],
    [
      'email',
      [
        'Ana Lima',
        'João Conceição',
        "O'Hara; DROP TABLE contacts",
        'under_score',
        'underXscore',
        'JOSÉ 100%',
        'back\\slash',
        '2468',
      ],
    ],
    [
      '-email',
      [
        'underXscore',
        'under_score',
        "O'Hara; DROP TABLE contacts",
        'João Conceição',
        'Ana Lima',
        '2468',
        'back\\slash',
        'JOSÉ 100%',
      ],
    ],
  ];
  it.each(ORDERS)('sorts by %s', async (sort, names) => {
    expect(await find({}, sort)).toEqual(names);
  });
  it.each(['name', 'phone_number'] as const)('sorts by %s downwards as the reverse', async (sort) => {
    expect(await find({}, `-${sort}`)).toEqual((await find({}, sort)).reverse());
  });
});
