import type { INestApplicationContext } from '@nestjs/common';
import { CONTACT_SORTS, type ContactList, type FilterCondition } from '@ponte/contracts';
import { createRandom } from '@ponte/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../test/setup/app-context';
import { newPerson } from '../../test/setup/rows';
import { ContactsModule } from '.';
import { contactOrder, readOrder } from './contact-order';
import { contactWhere, type ContactQuery } from './contact-query';
import { CopyForSearch } from './copy-for-search';
import { countContacts, readAccountExtent } from './count-contacts';
import { listContacts } from './list-contacts';

const CONTACTS = 400;
const NAMES = ['Ana', 'João', 'José', 'Maria', 'Wesley', 'Zuleide', 'Ângela', 'Íris'];
const SURNAMES = ['Silva', 'Conceição', 'da Silva', 'Ilvei', '100%', "D'Ávila", 'Joao_S', "Sá\\'s Straße"];

const contains = (attribute_key: 'name' | 'email' | 'phone_number', values: string): FilterCondition => ({
  attribute_key,
  filter_operator: 'contains',
  values,
});

const QUERIES: Omit<ContactQuery, 'accountId'>[] = [
  ...[
    '',
    'silva',
    'SILVA',
    'zuleide',
    'ilvei',
    'xqzw',
    'ana silva',
    'conceição',
    'conceicao',
    'a',
    'jo',
    '%',
  ],
  ...[
    '_s',
    'gmail',
    'joao.s',
    '@empresa',
    'EMPRESA1.COM.BR',
    '@empresa1.com.br',
    'joao.silva@gmail.com',
    '98',
    '987',
    '98765',
    '1198765',
    '(11) 98765',
  ],
  ...[
    'wesley da silva',
    'uleide conceicao',
    'leide joao_s',
    'zuleide.silva@',
    'zuleide.da silva@empresa1.com.br',
  ],
  ...['silva zuleide 1', 'zuleide 11', 'presa1.com', 'wesleysilva@gmail.com', "zuleide.d'ávila@"],
  ...['LEIDE CONCEIÇÃ', "d'avil", 'ngela 100', 'ÍRIS', 'silva da silva', 'wesley conceição'],
  ...["zuleide d'ávila", 'ana s', 'wesley c', "leide.d'", 'ngela d', 'ngela D', 'maria j', 'jose_s', 'com.b'],
  ...["zuleide sá\\'", "uleide sa\\'s STRASSE", "sá\\'s straße@", 'ide s\\', "sá\\'s s"],
  ...['+55 11 98765-0007', '11 8765-0007', '011987650007', '50007', '650007'],
].map((q) => ({ q }));
QUERIES.push(
  { conditions: [contains('name', 'silva')] },
  { conditions: [contains('name', 'é'), contains('email', 'gmail')] },
  { conditions: [{ ...contains('name', 'zuleide'), query_operator: 'or' }, contains('email', 'empresa')] },
  { conditions: [{ ...contains('name', 'silva'), filter_operator: 'does_not_contain' }] },
  { conditions: [{ ...contains('phone_number', '(11) 8765-0007'), filter_operator: 'equal_to' }] },
  { conditions: [{ ...contains('email', 'joao'), filter_operator: 'starts_with' }], q: 'silva' },
  { conditions: [{ attribute_key: 'email', filter_operator: 'is_not_present', values: [] }] },
  { conditions: [{ attribute_key: 'email', filter_operator: 'is_present', values: [] }], q: 'maria' },
  { conditions: [{ attribute_key: 'created_at', filter_operator: 'is_greater_than', values: '2026-03-01' }] },
  { importId: 7 },
  { importId: 7, q: 'silva' },
);

const PAGES = [
  [1, 5],
  [3, 5],
  [1, 100],
  [6, 60],
] as const;

/** What takes each of the ways to the same page. */
const LIMITS = {
  'the whole copy': { small: 1_000, copyRows: 1_000, contactRows: 1_000, share: 0.5 },
  'the beginning of the list': { small: 10, copyRows: 399, contactRows: 399, share: 0.5 },
  'the trigram index': { small: 10, copyRows: 10, contactRows: 10, share: 0 },
  'the trigram index, the account in it': { small: 10, copyRows: 10, contactRows: 10, share: Infinity },
};

describe.each(['embedded', 'debian'] as const)('lists of contacts in the %s PostgreSQL', (kind) => {
  let app: INestApplicationContext;
  let dataSource: DataSource;
  let worker: CopyForSearch;
  let accountId: number;
  const random = createRandom(6);

  beforeAll(async () => {
    ({ app, dataSource } = await openContext(await migratedConfig(kind), { imports: [ContactsModule] }));
    worker = new CopyForSearch(dataSource);
    accountId = (await newPerson(dataSource)).accountId;
    const stranger = (await newPerson(dataSource)).accountId;
    for (const account of [accountId, stranger, accountId]) await fill(account, CONTACTS / 2);
  });
  afterAll(() => app.close());

  let filled = 0;
  async function fill(account: number, count: number): Promise<void> {
    const rows = Array.from({ length: count }, () => {
      const index = filled++;
      const [first, last] = [random.pick(NAMES), random.pick(SURNAMES)];
      const user = `${first}.${last}`.toLowerCase();
      const email =
        index % 5 === 0 ? null : `${user}@${index % 3 === 0 ? 'Gmail.com' : `empresa${index % 4}.com.br`}`;
      const phone = `+55119${index % 2 === 0 ? '' : '1'}8765${String(index).padStart(4, '0')}`;
      return {
        name: `${first} ${last}`,
        phone,
        email,
        day: `2026-0${1 + (index % 6)}-10`,
        import: index % 9 === 0 ? 7 : null,
      };
    });
    const of = (key: keyof (typeof rows)[number]) => rows.map((row) => row[key]);
    await dataSource.query(
      `INSERT INTO contacts (account_id, name, phone_number, email, created_at, last_import_id)
       SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::bigint[])`,
      [account, of('name'), of('phone'), of('email'), of('day'), of('import')],
    );
  }

  /** Every contact that a query finds, in order, as plain SQL says it. */
  async function plainly(query: ContactQuery, sort: (typeof CONTACT_SORTS)[number]): Promise<number[]> {
    const { sql, params } = contactWhere(query);
    const rows = await dataSource.query<{ id: number }[]>(
      `SELECT id FROM contacts WHERE ${sql} ORDER BY ${contactOrder(readOrder(sort))}`,
      params,
    );
    return rows.map(({ id }) => id);
  }

  /** Every query in two orders, each of them on one page: the next query takes other orders and pages. */
  async function compareAll(limits: (typeof LIMITS)[keyof typeof LIMITS]): Promise<void> {
    for (const [index, query] of QUERIES.entries()) {
      const other = CONTACT_SORTS[index % CONTACT_SORTS.length] ?? 'name';
      for (const sort of ['name', other] as const) {
        const [page, perPage] = PAGES[(index + sort.length) % PAGES.length] ?? [1, 5];
        const all = await plainly({ accountId, ...query }, sort);
        const list = await dataSource.transaction('REPEATABLE READ', (manager) =>
          listContacts(manager, { accountId, ...query }, { order: readOrder(sort), page, perPage }, limits),
        );
        const ids = list.payload.map(({ id }) => id);
        const expected = all.slice((page - 1) * perPage, page * perPage);
        expect({ query, sort, page, ids }).toEqual({ query, sort, page, ids: expected });
        expectCount(list, all.length, (page - 1) * perPage + ids.length);
      }
    }
  }

  function expectCount({ meta }: ContactList, all: number, seen: number): void {
    if (meta.count_is_exact) expect(meta.count).toBe(all);
    else {
      expect(meta.count).toBeLessThanOrEqual(all);
      expect(meta.count).toBeGreaterThanOrEqual(Math.min(seen, all));
    }
  }

  /** In this order: nothing is copied, everything is, and the copy is behind again. */
  const STATES: Record<string, () => Promise<void>> = {
    'nothing copied': () => Promise.resolve(),
    'everything copied': () => worker.copyWhatIsDue(),
    'contacts added, changed and deleted since': async () => {
      await fill(accountId, 20);
      await dataSource.query(
        `UPDATE contacts SET name = 'Silva Zuleide ' || id, email = NULL WHERE account_id = $1 AND id % 11 = 0`,
        [accountId],
      );
      await dataSource.query('DELETE FROM contacts WHERE account_id = $1 AND id % 13 = 0', [accountId]);
    },
    'everything copied again': () => worker.copyWhatIsDue(),
  };
  describe.each(Object.entries(STATES))('with %s', (_, prepare) => {
    beforeAll(prepare);

    it.each(Object.entries(LIMITS))(
      'are what plain SQL finds, with %s',
      (_way, limits) => compareAll(limits),
      60_000,
    );

    it('count as many as there are', async () => {
      const counted = await dataSource.query<{ account_id: number; count: number }[]>(
        'SELECT account_id, count(*) FROM contacts GROUP BY account_id',
      );
      for (const { account_id, count } of counted) {
        expect(await countContacts(dataSource.manager, account_id)).toBe(count);
      }
    });

    it('know between which ids they all lie', async () => {
      const counted = await dataSource.query<
        { account_id: number; count: number; first: number; last: number }[]
      >('SELECT account_id, count(*), min(id) AS first, max(id) AS last FROM contacts GROUP BY account_id');
      for (const { account_id, ...there } of counted) {
        const extent = await readAccountExtent(dataSource.manager, account_id);
        expect(extent.count).toBe(there.count);
        // Those at the ends may have been deleted since.
        expect(extent.firstId).toBeLessThanOrEqual(there.first);
        expect(extent.lastId).toBeGreaterThanOrEqual(there.last);
      }
    });
  });
});
