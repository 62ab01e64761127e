import type { Postgres } from '../postgres';
import { FIRST_NAMES, LAST_NAMES, RARE_NAMES } from './names';

const AREAS = [11, 11, 11, 11, 21, 21, 31, 41, 51, 61, 71, 81, 85, 62, 19, 27, 47, 48, 65, 67, 91, 92, 98];
const DOMAINS = [
  ...Array.from({ length: 5 }, () => 'gmail.com'),
  ...['hotmail.com', 'hotmail.com', 'yahoo.com.br', 'outlook.com', 'uol.com.br'],
];

const list = (items: readonly (string | number)[]) => `string_to_array('${items.join(' ')}', ' ')`;
const pick = (array: string, power: number) =>
  `${array}[1 + floor(array_length(${array}, 1) * random() ^ ${power})::int]`;

/** A `select` of account_id, name, phone_number, email and created_at: the same rows for the same numbers and seed. */
export function contactsSql(accountIds: readonly number[], rows: number): string {
  return `SELECT account_id, name, phone_number, CASE WHEN has_none THEN NULL ELSE
      ponte_fold(split_part(name, ' ', 1)) || CASE WHEN kind < 0.6 THEN '.' WHEN kind < 0.8 THEN '_' ELSE '' END
      || ponte_fold(reverse(split_part(reverse(name), ' ', 1))) || CASE WHEN kind < 0.75 THEN (i % 9973)::text ELSE '' END
      || '@' || CASE WHEN work < 0.15 THEN 'empresa' || floor(work * 20000)::int || '.com.br' ELSE domain END END AS email,
      timestamptz '2024-01-01' + interval '11 seconds' * i AS created_at
    FROM (SELECT i, (array[${accountIds.join(', ')}])[1 + i % ${accountIds.length}] AS account_id,
        CASE WHEN random() < 0.01 THEN ${pick('rare', 1)} ELSE ${pick('firsts', 2.2)} END
        || CASE WHEN random() < 0.3 THEN ' ' || ${pick('firsts', 2.2)} ELSE '' END
        || CASE WHEN random() < 0.2 THEN CASE WHEN random() < 0.5 THEN ' da' ELSE ' dos' END ELSE '' END
        || CASE WHEN random() < 0.6 THEN ' ' || ${pick('lasts', 2)} ELSE '' END || ' ' || ${pick('lasts', 2)} AS name,
        '+55' || areas[1 + i % array_length(areas, 1)] || '9' || (6 + i % 4)
          || lpad((i::bigint * 7368787 % 10000000)::text, 7, '0') AS phone_number,
        ${pick('domains', 1)} AS domain, random() AS kind, random() AS work, random() < 0.15 AS has_none
      FROM (SELECT ${list(FIRST_NAMES)} AS firsts, ${list(LAST_NAMES)} AS lasts, ${list(RARE_NAMES)} AS rare,
        ${list(AREAS)} AS areas, ${list(DOMAINS)} AS domains) AS words, generate_series(1, ${rows}) AS i OFFSET 0) AS made`;
}

/** The product copies so many at a time, in the order of names. */
const TOGETHER = 200_000;

const COPY = `INSERT INTO contact_search (contact_id, account_id, name_key, email_key, phone_number, created_at)
  SELECT id, account_id, ponte_fold(name), lower(email), phone_number, created_at FROM contacts
  ORDER BY id / ${TOGETHER}, account_id, 3, 1`;

/** Fills the accounts as the product leaves them when its worker has nothing left to do; indexes are made afterwards. */
export async function fillAccounts(
  postgres: Postgres,
  database: string,
  accountIds: readonly number[],
  rows: number,
): Promise<void> {
  const indexes = await postgres.query<{ table: string; name: string; definition: string }>(
    database,
    `SELECT tablename AS table, indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE tablename IN ('contacts', 'contact_search') AND indexname NOT LIKE '%pkey'`,
  );
  await postgres.psql(
    database,
    `DROP INDEX ${indexes.map(({ name }) => name).join(', ')}`,
    'ALTER TABLE contacts DISABLE TRIGGER USER',
    'SELECT setseed(0.42)',
    `INSERT INTO contacts (account_id, name, phone_number, email, created_at) ${contactsSql(accountIds, rows)}`,
    COPY,
    'INSERT INTO contact_counts SELECT account_id, count(*), min(id), max(id) FROM contacts GROUP BY account_id',
    'ALTER TABLE contacts ENABLE TRIGGER USER',
  );
  const finish = (table: string) =>
    postgres.psql(
      database,
      "SET maintenance_work_mem = '1GB'",
      ...indexes.filter((index) => index.table === table).map(({ definition }) => definition),
      `VACUUM (ANALYZE) ${table}`,
    );
  await Promise.all(['contacts', 'contact_search'].map(finish));
  await postgres.psql(database, 'CHECKPOINT');
}
