import type { EntityManager } from 'typeorm';
import { contactOrder } from './contact-order';
import { contactWhere, type ContactQuery } from './contact-query';
import { pageEnd, pageSql, type Found, type Page } from './page';

/** Where counting what a filter finds ends. */
const COUNTED = 10_000;

/** One page of the contacts that a query finds, straight from the table in the order of one of its indexes. */
export async function contactsFrom(
  manager: EntityManager,
  query: ContactQuery,
  page: Page,
): Promise<number[]> {
  const { sql, params } = contactWhere(query);
  const ids = async (where: string, part: string) => {
    const rows = await manager.query<{ id: number }[]>(
      `SELECT id FROM contacts WHERE ${where} ORDER BY ${contactOrder(page.order, '')} ${part}`,
      params,
    );
    return rows.map(({ id }) => id);
  };
  if (page.order.key !== 'email') return ids(sql, pageSql(page));
  // Those without an e-mail come last, and from an index of their own.
  const first = await ids(`${sql} AND email IS NOT NULL`, pageSql(page));
  if (first.length === page.perPage) return first;
  const [{ count = 0 } = {}] = await manager.query<{ count: number }[]>(
    `SELECT count(*) FROM contacts WHERE ${sql} AND email IS NOT NULL`,
    params,
  );
  const skipped = Math.max(0, (page.page - 1) * page.perPage - count);
  const rest = `LIMIT ${page.perPage - first.length} OFFSET ${skipped}`;
  return [...first, ...(await ids(`${sql} AND email IS NULL`, rest))];
}

/** Whatever the trigram index cannot help with: dates, the lack of an e-mail, the contacts of an import. */
export async function filterContacts(
  manager: EntityManager,
  query: ContactQuery,
  page: Page,
): Promise<Found> {
  // What few contacts have may have an index of its own, which is worth a sort.
  await manager.query(`SELECT set_config('enable_sort', 'on', true)`);
  const ids = await contactsFrom(manager, query, page);
  const { sql, params } = contactWhere(query);
  const [{ count = 0 } = {}] = await manager.query<{ count: number }[]>(
    `SELECT count(*) FROM (SELECT FROM contacts WHERE ${sql} LIMIT ${COUNTED + 1}) AS counted`,
    params,
  );
  return { ids, count: Math.min(count, COUNTED), isExact: count <= COUNTED };
}

/** Among the first so many of the account's list; null when they are too few to fill the page. */
export async function firstContacts(
  manager: EntityManager,
  query: ContactQuery,
  page: Page,
  rows: number,
): Promise<Found | null> {
  const { sql, params } = contactWhere(query);
  const order = contactOrder(page.order, '');
  const any = page.order.key === 'email' ? 'AND email IS NOT NULL' : '';
  const found = await manager.query<{ id: number }[]>(
    `SELECT id FROM (SELECT * FROM contacts WHERE account_id = $1 ${any} ORDER BY ${order} LIMIT ${rows}) AS first
     WHERE ${sql} ORDER BY ${order}`,
    params,
  );
  if (found.length < pageEnd(page)) return null;
  const ids = found.slice((page.page - 1) * page.perPage, pageEnd(page)).map(({ id }) => id);
  return { ids, count: found.length, isExact: false };
}
