import type { ContactList } from '@ponte/contracts';
import type { EntityManager } from 'typeorm';
import { contactViews } from './contact-view';
import { readAccountSize, readCopySize } from './count-contacts';
import type { ContactQuery } from './contact-query';
import { contactsFrom, filterContacts, firstContacts } from './ordered-contacts';
import { pageEnd, type Found, type Page } from './page';
import { searchAll, searchFirst, searchText, type Search } from './search-contacts';
import { countDigits, hasText, isTelling } from './search-text';

/** How much is looked at before another way is taken. */
export interface SearchLimits {
  /** All contacts of an account that has no more: then every count is exact, too. */
  small: number;
  /** Of the copy, in the list's order: about fifteen milliseconds. */
  copyRows: number;
  /** Of the contacts themselves, which lie anywhere on the disk: one of them costs as much as ten of the copy. */
  contactRows: number;
  /** Of the copy, that an account must have to be searched for in all of it: its own part is no smaller piece of work then. */
  share: number;
}

const LIMITS: SearchLimits = { small: 20_000, copyRows: 50_000, contactRows: 2_000, share: 0.5 };

/** Most searches for a frequent text end in the first part of what is looked at. */
const FIRST_PART = 0.2;

/** How much more there may be further on than at the beginning: names come in crowds, what few contacts have does not. */
const HOPE = 10;
const LITTLE_HOPE = 0.7;
const FEW_DIGITS = 4;

/** So many digits of a phone are so rare that it is no use to look for them among the first of a list. */
const RARE_DIGITS = 7;

/** A page further on is looked for further on, as long as that is less work than to find everything. */
const ROWS_PER_PLACE = 10;

/**
 * One page of the contacts that a query finds, in the order that it asks for. `count` is exact unless the meta says
 * that it is a lower bound: what is found at once is not searched to its end only to be counted. The transaction should
 * show one state of the database to all its statements.
 */
export async function listContacts(
  manager: EntityManager,
  query: ContactQuery,
  page: Page,
  limits = LIMITS,
): Promise<ContactList> {
  // Compiling a statement takes longer than running it; with less memory a search would forget which rows it found on a page.
  // An account that statistics do not know is empty to the planner, and it would rather sort all of it than follow an index.
  await manager.query(
    `SELECT set_config('jit', 'off', true), set_config('work_mem', '32MB', true),
       set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true)`,
  );
  const { ids, count, isExact } = await findContacts(manager, query, page, limits);
  const offset = (page.page - 1) * page.perPage;
  return {
    meta: {
      count: isExact ? count : Math.max(count, offset + ids.length),
      count_is_exact: isExact,
      current_page: page.page,
    },
    payload: await contactViews(manager, query.accountId, ids),
  };
}

/** First among those that the list begins with, then with the trigram index: a frequent text is on every page, a rare one on few. */
async function findContacts(
  manager: EntityManager,
  query: ContactQuery,
  page: Page,
  { small, copyRows, contactRows, share }: SearchLimits,
): Promise<Found> {
  const { accountId, q = '', conditions = [], importId } = query;
  const { count, touched } = await readAccountSize(manager, accountId);
  if (importId !== undefined) return filterContacts(manager, query, page);
  const search: Search = { accountId, query: { q, conditions }, page, isBehind: touched > 0 };
  const isAll = q.trim() === '' && conditions.length === 0;
  if (isAll && page.order.key === 'created_at' && touched <= copyRows) {
    // The copy alone has an index for this order.
    const begun = await searchFirst(manager, search, [pageEnd(page) + touched]);
    if (begun !== null) return { ids: begun.ids, count, isExact: true };
  }
  if (isAll) return { ids: await contactsFrom(manager, query, page), count, isExact: true };
  if (count <= small) return searchAll(manager, search);

  const text = async () => searchText(manager, search, count > share * (await readCopySize(manager)));
  const digits = countDigits(query);
  if (digits >= RARE_DIGITS) return text();

  const further = ROWS_PER_PLACE * (page.page - 1) * page.perPage;
  // The index of names has everything that is looked at; that of the time leads to the rows of the copy.
  const walked = { name: copyRows, created_at: contactRows, phone_number: 0, email: 0 }[page.order.key];
  const begun =
    walked > 0 && touched <= copyRows
      ? await searchFirst(
          manager,
          search,
          [Math.ceil(walked * FIRST_PART) + further, walked + further],
          digits > FEW_DIGITS || isTelling(query) ? LITTLE_HOPE : HOPE,
        )
      : await firstContacts(manager, query, page, contactRows + further);
  if (begun !== null) return begun;
  return hasText(search.query) ? text() : filterContacts(manager, query, page);
}
