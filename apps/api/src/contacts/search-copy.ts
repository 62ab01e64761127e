import type { Order, SortKey } from './contact-order';
import { matchSql, type Bind, type ContactQuery, type SearchedColumns } from './contact-query';

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

/**
 * The contacts of an account that the journal is about, those that are gone among them. `OFFSET` and `LIMIT` leave the
 * planner no choice but the key: of an account that has just been filled it believes that it is empty.
 */
const touchedIds = (account: string) =>
  `SELECT contacts.id FROM contact_changes AS changes CROSS JOIN LATERAL (
       SELECT id, account_id FROM contacts WHERE id BETWEEN changes.first_id AND changes.last_id OFFSET 0
     ) AS contacts WHERE changes.account_id = ${account} AND contacts.account_id = ${account}
   UNION SELECT unnest(changed_ids) FROM contact_changes WHERE account_id = ${account}`;

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
  const matches = ['TRUE', ...matchSql(query, OF_COPY, bind)].join(' AND ');
  const rows = copyRows(account, order, from);
  if (!isBehind) return `SELECT ${COPIED}, true AS is_copy FROM ${rows} WHERE ${matches}`;
  return `WITH touched AS MATERIALIZED (${touchedIds(account)})
    SELECT ${COPIED}, true AS is_copy FROM ${rows} WHERE ${matches} AND s.contact_id NOT IN (SELECT id FROM touched)
    UNION ALL
    SELECT ${COPIED}, false FROM (SELECT ${COPY_OF_CONTACT} FROM touched AS one
      CROSS JOIN LATERAL (SELECT * FROM contacts WHERE id = one.id LIMIT 1) AS contact
      WHERE account_id = ${account} OFFSET 0) AS s WHERE ${matches}`;
}

function copyRows(account: string, order: Order, from: CopySource['from']): string {
  const ofAccount = `SELECT * FROM contact_search AS s WHERE s.account_id = ${account}`;
  if (from === 'all') return `(${ofAccount}) AS s`;
  if ('first' in from) return `(${ofAccount} ORDER BY ${copyOrder(order)} LIMIT ${from.first}) AS s`;
  // Nearly every entry of the index is this account's, then: to go through the list of them would find nothing out.
  const isOfAccount = from.isMost ? `s.account_id + 0 = ${account}` : `s.account_id = ${account}`;
  return `(SELECT * FROM contact_search AS s WHERE ${isOfAccount} AND ${from.text}) AS s`;
}
