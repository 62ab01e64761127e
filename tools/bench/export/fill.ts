import type { Postgres } from '../postgres';
import { settle } from '../import/states';

const OTHER_ACCOUNTS = 5;

/**
 * What the worker sums up behind imports; otherwise it would do so while exports are measured. The copy for searches, which
 * takes it minutes, is not made: no export looks at it.
 */
const CAUGHT_UP = [
  'TRUNCATE contact_changes',
  'INSERT INTO contact_counts SELECT account_id, count(*), min(id), max(id) FROM contacts GROUP BY account_id',
];

export interface Accounts {
  /** The account that is exported to a CSV, with as many contacts as were asked for. */
  readonly csv: { readonly account: number; readonly contacts: number };
  /** Another one for the workbook. */
  readonly xlsx: { readonly account: number; readonly contacts: number };
  /** Contacts of other accounts, half of them older and half of them newer. */
  readonly others: number;
}

/** Puts the contacts into the database, as imports and the worker leave them: those of an account one after the other. */
export async function fill(
  postgres: Postgres,
  database: string,
  { csv, xlsx, others }: Accounts,
): Promise<void> {
  const rows = await postgres.query<{ id: number }>(
    database,
    `INSERT INTO accounts (name) SELECT 'Other ' || n FROM generate_series(1, $1::int) n RETURNING id`,
    [OTHER_ACCOUNTS],
  );
  const half = rows.map(({ id }) => contactsOf(id, Math.ceil(others / OTHER_ACCOUNTS / 2)));
  const own = [contactsOf(xlsx.account, xlsx.contacts), contactsOf(csv.account, csv.contacts)];
  await postgres.psql(database, ...half.map((sql) => sql(0)), ...own.map((sql) => sql(0)));
  await postgres.psql(database, ...half.map((sql) => sql(others)), ...CAUGHT_UP);
  await settle(postgres, database);
}

/**
 * Four in five have an e-mail. One name in eight is quoted in a CSV, one in a hundred begins with an accent, and one in a
 * thousand would be calculated by a spreadsheet.
 */
function contactsOf(account: number, count: number): (from: number) => string {
  return (from) => `
    INSERT INTO contacts (account_id, name, phone_number, email)
    SELECT ${account},
      CASE WHEN n % 1000 = 7 THEN '=HYPERLINK("http://x.example"; "' || n || '")'
        WHEN n % 100 = 3 THEN 'Érica Gonçalves ' || n
        ELSE (array['Ana Souza', 'José da Silva', 'Maria Conceição', 'Comércio, "O Bom"', 'Luiz Araújo', 'Beatriz Lima',
          'João Paulo Peçanha', 'Cauã Oliveira'])[1 + n % 8] || ' ' || n END,
      '+5511' || (900000000 + n),
      CASE WHEN n % 5 < 4 THEN 'pessoa' || n || '@example.com' END
    FROM generate_series(${from + 1}, ${from + count}) AS n`;
}
