import type { EntityManager } from 'typeorm';
import type { Bind, ContactQuery } from './contact-query';
import { pageEnd, pageSql, type Found, type Page } from './page';
import { copyOrder, matchesSql, type CopySource } from './search-copy';
import { textSql } from './search-text';

/** A search in the copy of what searches look at. */
export interface Search {
  accountId: number;
  query: Pick<ContactQuery, 'q' | 'conditions'>;
  page: Page;
  /** Whether contacts were touched that the copy does not know yet. */
  isBehind: boolean;
}

/** Among the first so many of the copy; null when they are too few to fill the page, and then nothing is known. */
export async function searchFirst(
  manager: EntityManager,
  search: Search,
  rows: number,
): Promise<Found | null> {
  const { ids, count, copied } = await run(manager, search, () => ({ first: rows }));
  // What was touched lately may come anywhere: only matches of the copy prove that nothing lies before the page's end.
  return copied < pageEnd(search.page) ? null : { ids, count, isExact: false };
}

/** Everything that matches, found with the trigram index or by looking at the whole account. */
export async function searchAll(
  manager: EntityManager,
  search: Search,
  from: 'text' | 'all',
): Promise<Found> {
  const { ids, count } = await run(manager, search, (bind) => {
    const text = from === 'text' ? textSql(search.query, bind) : null;
    return text === null ? 'all' : { text };
  });
  return { ids, count, isExact: true };
}

interface Matches {
  ids: number[];
  count: number;
  copied: number;
}

async function run(
  manager: EntityManager,
  { accountId, query, page, isBehind }: Search,
  from: (bind: Bind) => CopySource['from'],
): Promise<Matches> {
  const params: unknown[] = [];
  const bind: Bind = (value) => `$${params.push(value)}`;
  const account = bind(accountId);
  const matches = matchesSql({ account, query, order: page.order, from: from(bind), isBehind }, bind);
  const [found] = await manager.query<{ ids: string[]; count: number; copied: number }[]>(
    `WITH s AS MATERIALIZED (${matches})
     SELECT count(*) AS count, count(*) FILTER (WHERE is_copy) AS copied,
       array(SELECT contact_id FROM s ORDER BY ${copyOrder(page.order)} ${pageSql(page)}) AS ids FROM s`,
    params,
  );
  const { ids = [], count = 0, copied = 0 } = found ?? {};
  return { ids: ids.map(Number), count, copied };
}
