import { ACCOUNT_SHARE, SEARCH_SECONDS, type FilterCondition, type Problem } from '@ponte/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, type Answer } from './setup/client';
import { query } from './setup/database';
import { startProduct, until, type Product } from './setup/product';

/** Every one of them is compared with every value: seconds of work for PostgreSQL. */
const CONTACTS = 60_000;
const AT_ONCE = 12;

let product: Product;
let heavy: Client;
let other: Client;

beforeAll(async () => {
  // Nothing but the filters shall work.
  product = await startProduct({ worker: false });
  const administrator = await Client.signedIn(product);
  [heavy, other] = [await administrator.inNewAccount(), await administrator.inNewAccount()];
  await addContacts(heavy, CONTACTS);
  await addContacts(other, 100);
});
afterAll(() => product.stop());

function addContacts({ account }: Client, count: number): Promise<object[]> {
  return query(
    product.databaseUrl,
    `INSERT INTO contacts (account_id, phone_number, name, email)
     SELECT $1, '+55119' || to_char(n, 'FM00000000'), 'Pessoa Numero ' || n, 'p' || n || '@p.br'
     FROM generate_series(1, $2::int) AS n`,
    [account, count],
  );
}

/** The values are in no name, so that every one of them is looked for to the end. */
function conditions(count: number, values: number): FilterCondition[] {
  return Array.from({ length: count }, (_, condition) => ({
    attribute_key: 'name',
    filter_operator: 'contains',
    values: Array.from({ length: values }, (__, value) => `pessoa numero ${condition}${value}x`),
    query_operator: condition < count - 1 ? 'or' : null,
  }));
}

function filter(payload: FilterCondition[], signal?: AbortSignal): Promise<Answer<Problem>> {
  return heavy.send('POST', heavy.at('/contacts/filter'), {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ payload }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Statements that compare contacts at this moment. */
async function comparing(): Promise<number> {
  const [row] = await query<{ count: number }>(
    product.databaseUrl,
    `SELECT count(*)::int FROM pg_stat_activity
     WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%contacts%LIKE%'`,
  );
  return row?.count ?? 0;
}

/** What others are answered meanwhile, one after the other, until `work` has ended. */
async function askMeanwhile(work: Promise<unknown>): Promise<Record<string, number[]>> {
  const paths = {
    profile: '/api/v1/profile',
    list: `/api/v1${other.at('/contacts')}`,
    ready: '/health/ready',
  };
  const statuses: Record<string, number[]> = {};
  let isOver = false;
  void work.finally(() => (isOver = true));
  await Promise.all(
    Object.entries(paths).map(async ([name, path]) => {
      const asked: number[] = (statuses[name] = []);
      while (!isOver) {
        asked.push((await fetch(`${product.url}${path}`, { headers: other.credentials })).status);
        await pause(20);
      }
    }),
  );
  return statuses;
}

function expectServed(statuses: Record<string, number[]>): void {
  for (const [name, asked] of Object.entries(statuses)) {
    expect([name, asked.length > 0, asked.filter((status) => status !== 200)]).toEqual([name, true, []]);
  }
}

describe('filters that take seconds', () => {
  it('beyond the bounds are refused before they reach the database', async () => {
    const { status, body } = await filter(conditions(20, 100));
    expect([status, body.issues]).toEqual([422, [{ field: 'payload', code: 'too_many' }]]);
  });

  it('hinder nobody else, and end when their callers have gone', async () => {
    const calls = Array.from({ length: AT_ONCE }, () =>
      filter(conditions(20, 5), AbortSignal.timeout(1_500)).catch(() => null),
    );
    // All callers have gone, and there is time for what they left behind to be in the way.
    expectServed(await askMeanwhile(Promise.all([...calls, pause(4_000)])));
    expect(await until(comparing, (count) => count === 0, 3_000)).toBe(0);
  });

  it('are stopped at the limit, and told apart from too many at once', async () => {
    const answers = Promise.all(Array.from({ length: AT_ONCE }, () => filter(conditions(20, 5))));
    expectServed(await askMeanwhile(answers));
    for (const { status, body, headers } of await answers) {
      if (status === 429) {
        expect(body.code).toBe('account_busy');
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      } else if (status !== 200) expect([status, body.code]).toEqual([422, 'search_too_slow']);
    }
    expect(await comparing()).toBe(0);
  });

  it('leave short searches of the same account their turn', async () => {
    const gone = AbortSignal.timeout(1_000);
    const calls = Array.from({ length: ACCOUNT_SHARE.searches.atOnce }, () =>
      filter(conditions(20, 5), gone).catch(() => null),
    );
    const began = performance.now();
    const { status } = await heavy.post(heavy.at('/contacts/search'), { q: 'pessoa numero 77' });
    expect(status).toBe(200);
    expect(performance.now() - began).toBeLessThan(SEARCH_SECONDS * 1000);
    await Promise.all(calls);
  });
});

describe('the share of an account', () => {
  it.each(['/exports', '/contacts/export'])(
    'of exports holds for a crowd at %s, and for it alone',
    async (path) => {
      const own = await other.inNewAccount();
      const most = ACCOUNT_SHARE.exports;
      const answers = await Promise.all(
        Array.from({ length: most + 5 }, () => own.post<Problem>(own.at(path))),
      );
      const refused = answers.filter(({ status }) => status === 429);
      expect([answers.length - refused.length, refused.length]).toEqual([most, 5]);
      for (const { body, headers } of refused)
        expect([body.code, Number(headers.get('retry-after')) > 0]).toEqual(['account_busy', true]);
      const neighbour = await other.inNewAccount();
      expect([200, 202]).toContain((await neighbour.post(neighbour.at(path))).status);
    },
  );

  it('of imports holds for a crowd', async () => {
    const own = await other.inNewAccount();
    await query(
      product.databaseUrl,
      `INSERT INTO imports (account_id, created_by, file_name, file_bytes, file_sha256, options, columns, ignored_columns, rows_total)
       SELECT $1, (SELECT min(id) FROM users), 'x', 1, '\\x00', '{}', '{}', '[]', 0 FROM generate_series(1, $2::int)`,
      [own.account, ACCOUNT_SHARE.imports - 2],
    );
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => own.upload<Problem>('name,phone_number\nAna,+5511987654321\n')),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 429, 429, 429, 429]);
  });
});
