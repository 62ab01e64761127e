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

/**
 * Among the first so many of the copy; null when they are too few to fill the page, and then nothing is known. What is
 * frequent is found in the first of several numbers; the next is tried when what was found, times `hope`, lets it fill the
 * page.
 */
export async function searchFirst(
  manager: EntityManager,
  search: Search,
  numbers: readonly number[],
  hope = 1,
): Promise<Found | null> {
  const end = pageEnd(search.page);
  for (const rows of numbers) {
    const { ids, count, copied } = await run(manager, search, () => ({ first: rows }));
    // What was touched lately may come anywhere: only matches of the copy prove that nothing lies before the page's end.
    if (copied >= end) return { ids, count, isExact: false };
    if ((copied / rows) * Math.max(...numbers) * hope < end) return null;
  }
  return null;
}

/** Everything that matches, by looking at the whole account. */
export function searchAll(manager: EntityManager, search: Search): Promise<Found> {
  return searchExactly(manager, search, () => 'all');
}

/** Everything that matches, found with the trigram index; `isMost` says that most of the copy is this account's. */
export function searchText(manager: EntityManager, search: Search, isMost: boolean): Promise<Found> {
  return searchExactly(manager, search, (bind) => {
    const text = textSql(search.query, bind);
    return text === null ? 'all' : { text, isMost };
  });
}

async function searchExactly(
  manager: EntityManager,
  search: Search,
  from: (bind: Bind) => CopySource['from'],
): Promise<Found> {
  const { ids, count } = await run(manager, search, from);
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
