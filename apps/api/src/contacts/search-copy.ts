import type { Order, SortKey } from './contact-order';
import { matchSql, OF_CONTACTS, type Bind, type ContactQuery, type SearchedColumns } from './contact-query';

/**
 * The copy of what searches look at (`contact_search`), as the statements of a search name it. It is exact for every
 * contact but those of the journal (`contact_changes`), which are looked at themselves.
 */
export const OF_COPY: SearchedColumns = {
  name: 's.name_key',
  email: 's.email_key',
  anyEmail: 's.email_key',
  phone: 's.phone_number',
  createdAt: 's.created_at',
};

const COPIED = 's.contact_id, s.name_key, s.email_key, s.phone_number, s.created_at';

/** The same columns of the contacts themselves. */
export const COPY_OF_CONTACT = `contact.id AS contact_id, ponte_fold(name) AS name_key, lower(email) AS email_key, phone_number, created_at`;

const KEYS: Record<SortKey, string> = {
  name: 's.name_key',
  phone_number: 's.phone_number',
  email: 's.email_key',
  created_at: 's.created_at',
};

/** The copy in the list's order; `contactOrder` says the same of the contacts. */
export function copyOrder({ key, direction }: Order): string {
  const last = key === 'email' ? ' NULLS LAST' : '';
  return `${KEYS[key]} ${direction}${last}, s.contact_id ${direction}`;
}

/** The contacts themselves, most of whose names need not be folded to see that they do not match. */
const OF_WAITING: SearchedColumns = { ...OF_CONTACTS, plainName: 'name' };

/** Of which ids the journal says that contacts were added there, and which others were changed or are gone. */
const journalSql = (account: string) =>
  `ranges AS MATERIALIZED (
     SELECT coalesce(range_agg(int8range(first_id, last_id, '[]')), '{}') AS added
     FROM contact_changes WHERE account_id = ${account} AND changed_ids IS NULL
   ), changed AS MATERIALIZED (
     SELECT DISTINCT unnest(changed_ids) AS id FROM contact_changes WHERE account_id = ${account}
   )`;

/**
 * The contacts that the journal is about, each of them once. `OFFSET` and `LIMIT` leave the planner no choice but the key:
 * of an account that has just been filled it believes that it is empty.
 */
const WAITING = `SELECT contact.* FROM unnest((SELECT added FROM ranges)) AS added (ids) CROSS JOIN LATERAL (
      SELECT * FROM contacts WHERE id >= lower(added.ids) AND id < upper(added.ids) OFFSET 0
    ) AS contact
    UNION ALL
    SELECT contact.* FROM changed CROSS JOIN LATERAL (SELECT * FROM contacts WHERE id = changed.id LIMIT 1) AS contact
    WHERE NOT changed.id <@ (SELECT added FROM ranges)`;

export interface CopySource {
  account: string;
  query: Pick<ContactQuery, 'q' | 'conditions'>;
  order: Order;
  /** Of the copy: its first so many rows in the list's order, or those that the trigram index gives, or all. */
  from: { first: number } | { text: string; isMost: boolean } | 'all';
  /** Whether the journal has anything to say. */
  isBehind: boolean;
}

/** A `select` of the contacts that match, in no order: the columns of the copy, and whether they come from there. */
export function matchesSql({ account, query, order, from, isBehind }: CopySource, bind: Bind): string {
  const matches = (columns: SearchedColumns) => ['TRUE', ...matchSql(query, columns, bind)].join(' AND ');
  const copied = `SELECT ${COPIED}, true AS is_copy FROM ${copyRows(account, order, from)} WHERE ${matches(OF_COPY)}`;
  if (!isBehind) return copied;
  return `WITH ${journalSql(account)}
    ${copied} AND s.contact_id NOT IN (SELECT id FROM changed) AND NOT s.contact_id <@ (SELECT added FROM ranges)
    UNION ALL
    SELECT ${COPY_OF_CONTACT}, false FROM (${WAITING}) AS contact
    WHERE account_id = ${account} AND ${matches(OF_WAITING)}`;
}

function copyRows(account: string, order: Order, from: CopySource['from']): string {
  const ofAccount = `SELECT * FROM contact_search AS s WHERE s.account_id = ${account}`;
  if (from === 'all') return `(${ofAccount}) AS s`;
  if ('first' in from) return `(${ofAccount} ORDER BY ${copyOrder(order)} LIMIT ${from.first}) AS s`;
  // Nearly every entry of the index is this account's, then: to go through the list of them would find nothing out.
  const isOfAccount = from.isMost ? `s.account_id + 0 = ${account}` : `s.account_id = ${account}`;
  return `(SELECT * FROM contact_search AS s WHERE ${isOfAccount} AND ${from.text}) AS s`;
}
