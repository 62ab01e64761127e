import { phoneQuery } from '@ponte/contacts';
import type { Order, SortKey } from './contact-order';
import {
  escapeLike,
  matchSql,
  ninthDigitTwins,
  type Bind,
  type ContactQuery,
  type SearchedColumns,
} from './contact-query';

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
export const COPY_OF_CONTACT = `id AS contact_id, ponte_fold(name) AS name_key, lower(email) AS email_key, phone_number, created_at`;

/** What the trigram index holds: word for word as in the index, or PostgreSQL does not know it again. */
const TEXT = `(s.name_key || E'\\n' || coalesce(s.email_key, '') || E'\\n' || s.phone_number)`;

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

/** The contacts of an account that the journal is about, those that are gone among them. */
export const touchedIds = (account: string) =>
  `SELECT contacts.id FROM contact_changes AS changes
     JOIN contacts ON contacts.account_id = changes.account_id
      AND contacts.id BETWEEN changes.first_id AND changes.last_id
     WHERE changes.account_id = ${account}
   UNION SELECT unnest(changed_ids) FROM contact_changes WHERE account_id = ${account}`;

export interface CopySource {
  account: string;
  query: Pick<ContactQuery, 'q' | 'conditions'>;
  order: Order;
  /** Of the copy: its first so many rows in the list's order, or those that the trigram index gives, or all. */
  from: { first: number } | { text: string } | 'all';
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
    SELECT ${COPIED}, false FROM (SELECT ${COPY_OF_CONTACT} FROM contacts
      WHERE account_id = ${account} AND id IN (SELECT id FROM touched) OFFSET 0) AS s WHERE ${matches}`;
}

function copyRows(account: string, order: Order, from: CopySource['from']): string {
  const ofAccount = `SELECT * FROM contact_search AS s WHERE s.account_id = ${account}`;
  if (from === 'all') return `(${ofAccount}) AS s`;
  if ('first' in from) return `(${ofAccount} ORDER BY ${copyOrder(order)} LIMIT ${from.first}) AS s`;
  return `(${ofAccount} AND ${from.text}) AS s`;
}

/** Whether the trigram index can help to find what the query asks for. */
export function hasText(query: Pick<ContactQuery, 'q' | 'conditions'>): boolean {
  return textSql(query, () => '') !== null;
}

/**
 * What every match of the query fulfils and the trigram index knows; null when it can say nothing. Pieces of a text are
 * looked for in name, e-mail and phone alike: who really matches is asked of what it finds.
 */
export function textSql({ q = '', conditions = [] }: Pick<ContactQuery, 'q' | 'conditions'>, bind: Bind) {
  const parts: string[] = [];
  if (q.trim() !== '') parts.push(anyOf(searchPieces(q.trim()), bind));
  const isAnd = conditions.slice(0, -1).every((one) => one.query_operator?.toUpperCase() !== 'OR');
  for (const { attribute_key: attribute, filter_operator: operator, values } of isAnd ? conditions : []) {
    if (attribute === 'created_at' || !['contains', 'starts_with', 'equal_to'].includes(operator)) continue;
    const texts = (Array.isArray(values) ? values : [values]).map((value) => String(value ?? '').trim());
    parts.push(anyOf(texts.map(PIECES[attribute]), bind));
  }
  return parts.length === 0 ? null : parts.join(' AND ');
}

function searchPieces(q: string): string[] {
  const text = q.normalize('NFC');
  const digits = phoneQuery(text);
  return digits === null ? [rarePiece(text)] : [text, commonPiece(digits)];
}

/**
 * Of an e-mail address or a domain, the part that few others have: the index would go through long lists for the rest only
 * to come to the same contacts.
 */
function rarePiece(text: string): string {
  const [, user] = /^([^@]{4,}@)./.exec(text) ?? [];
  const [, domain] = /^(.*@.{3,}\.)com?(?:\.br?)?$/i.exec(text) ?? [];
  return user ?? domain ?? text;
}

/** Whether a text is so rare that it is no use to look for it among the first of a list: more than a few digits of a phone. */
export function isRare({ q = '' }: Pick<ContactQuery, 'q'>): boolean {
  return (phoneQuery(q.trim())?.length ?? 0) >= RARE_DIGITS;
}

const RARE_DIGITS = 5;

const PIECES = {
  name: (value: string) => value.normalize('NFC'),
  email: rarePiece,
  phone_number: phonePiece,
};

function phonePiece(value: string): string {
  return commonPiece(phoneQuery(value) ?? value.replace(/^\+/, ''));
}

/** What a mobile has in common with itself with and without its ninth digit. */
function commonPiece(digits: string): string {
  return ninthDigitTwins(digits).length === 1 ? digits : digits.slice(-8);
}

const IS_ASCII = /^[\0-\x7f]*$/;

/** A text that has one of the others in it is found with that one. */
function anyOf(pieces: readonly string[], bind: Bind): string {
  const needed = pieces.filter(
    (piece, index) =>
      !pieces.some(
        (other, place) => place !== index && piece.includes(other) && (piece !== other || place < index),
      ),
  );
  const tests = needed.flatMap((piece) => {
    const pattern = bind(`%${escapeLike(piece)}%`);
    const test = (fold: string) => `${TEXT} LIKE ${fold}(${pattern})`;
    // Names are compared without accents, e-mails with them.
    return IS_ASCII.test(piece) ? [test('lower')] : [test('ponte_fold'), test('lower')];
  });
  return `(${tests.join(' OR ')})`;
}
