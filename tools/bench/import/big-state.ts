import type { Postgres } from '../postgres';
import type { Build } from '../product';
import type { Sample } from './samples';
import { catchUp, settle, type State } from './states';
import type { Outcome } from './verify';

const OTHERS = 5;
/** One in so many contacts of the file is in the account before the import, under another name. */
const KNOWN = 5;
const BATCH = 20_000;

const FIRST_NAMES =
  'Ana,José,João,Antônio,Márcia,Luísa,Conceição,Inês,Ângela,Cauã,Maria,Paulo,Otávio,Zélia,Íris,Thaís';
const LAST_NAMES =
  'Silva,Souza,Araújo,Gonçalves,Brandão,Sá,Lima,Magalhães,Peçanha,Oliveira,Müller,Corrêa,Frazão';
const AREAS = '11,12,13,14,15,16,17,18,19,21,22,24,27,28,31,41,47,51,61,62,71,81,85,91,92';

export interface BigState extends State {
  /** What importing the sample into the account must give; its digest is that of the contacts of the file. */
  readonly expected: Outcome;
}

/**
 * The empty state with `contacts` in the importing account, among which every fifth contact of the sample under an older
 * name, and as many in each of five other accounts, into the last of which `psql` copies: so both sides write into an
 * account of the same size. All of them came in through the indexes, in no order of their phones.
 */
export async function bigState(
  postgres: Postgres,
  build: Build,
  empty: State,
  contacts: number,
  sample: Sample,
): Promise<BigState> {
  const database = 'big_state';
  await postgres.copyDatabase(empty.database, database);
  const accounts = await postgres.query<{ id: number }>(
    database,
    'INSERT INTO accounts (name) SELECT $1 || n FROM generate_series(1, $2::int) n RETURNING id',
    ['Other ', OTHERS],
  );
  const others = accounts.map(({ id }) => id);
  const known = Math.min(Math.floor(sample.expected.contacts / KNOWN), contacts);
  await postgres.psql(database, ...others.slice(0, 3).map((account) => insertContacts(account, contacts)));
  await postgres.psql(
    database,
    'CREATE TEMP TABLE clean (nth int GENERATED ALWAYS AS IDENTITY, account_id bigint, name text, phone_number text, email text)',
    `\\copy clean (account_id, name, phone_number, email) from '${sample.cleanFile}' csv`,
    insertContacts(empty.account, contacts - known, knownContacts(known)),
  );
  await postgres.psql(database, ...others.slice(3).map((account) => insertContacts(account, contacts)));
  await catchUp(postgres, build, database);
  await settle(postgres, database);
  const { created, updated, ...rest } = sample.expected;
  const expected = { ...rest, created: created - known, updated: updated + known };
  return { ...empty, database, psqlAccount: others.at(-1) ?? 0, expected };
}

/**
 * Contacts whose mobiles begin with a zero behind the nine, which no generated file has; in statements as large as a batch
 * of an import.
 */
function insertContacts(account: number, count: number, known = ''): string {
  const pick = (words: string, by: string) => {
    const all = words.split(',');
    return `('{${words}}'::text[])[1 + ${by} % ${all.length}]`;
  };
  return `DO $$ BEGIN
    CREATE TEMP TABLE made AS
      SELECT row_number() OVER (ORDER BY md5(phone_number)) AS place, name, phone_number, email FROM (
        SELECT ${pick(FIRST_NAMES, 'n')} || ' ' || ${pick(LAST_NAMES, 'n / 16')} || ' ' || n AS name,
          '+55' || ${pick(AREAS, 'n')} || '90' || lpad(((n::bigint * 7368787) % 10000000)::text, 7, '0') AS phone_number,
          CASE WHEN n % 5 > 0 THEN 'cliente' || n || '@exemplo' || n % 50 || '.com.br' END AS email
        FROM generate_series(1, ${count}) n
        ${known}
      ) contact;
    FOR batch IN 0 .. (SELECT max(place) / ${BATCH} FROM made) LOOP
      INSERT INTO contacts (account_id, name, phone_number, email)
        SELECT ${account}, name, phone_number, email FROM made WHERE place / ${BATCH} = batch;
    END LOOP;
    DROP TABLE made;
  END $$`;
}

/** Without an e-mail, so that the file's rows leave exactly what they leave in an empty account. */
function knownContacts(count: number): string {
  return `UNION ALL SELECT 'Antes ' || nth, phone_number, NULL FROM clean WHERE nth % ${KNOWN} = 0 AND nth <= ${count * KNOWN}`;
}
