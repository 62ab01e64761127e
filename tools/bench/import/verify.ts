import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Postgres } from '../postgres';
import type { Sample } from './samples';

interface Counts {
  readonly total: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
}

/** What an import must have given, and the contacts that its file must have left in the account. */
export type Outcome = Counts & Pick<Sample['expected'], 'contacts' | 'digest' | 'rejectedByCode'>;

/**
 * What the import with this id has given. Contacts are those that an import of this account has written, so that others,
 * which were there before, are left out. Throws when it has not finished well.
 */
export async function outcomeOf(postgres: Postgres, database: string, importId: number): Promise<Outcome> {
  const [run] = await postgres.query<ImportRow>(
    database,
    `SELECT account_id AS account, state, rows_total AS total, rows_created AS created, rows_updated AS updated,
       rows_unchanged AS unchanged, rows_failed AS failed, rejected_by_code AS "rejectedByCode",
       (SELECT count(*) FROM import_rejected_rows WHERE import_id = imports.id) AS kept
     FROM imports WHERE id = $1`,
    [importId],
  );
  if (run?.state !== 'finished') throw new Error(`The import ended as ${JSON.stringify(run)}.`);
  const { state: _, account, kept, ...counts } = run;
  if (kept !== counts.failed) throw new Error(`${kept} rejected rows are kept, of ${counts.failed}.`);
  const written = `account_id = ${account} AND last_import_id IS NOT NULL`;
  return { ...counts, ...(await contactsOf(postgres, database, written)) };
}

interface ImportRow extends Counts {
  readonly account: number;
  readonly state: string;
  readonly rejectedByCode: Outcome['rejectedByCode'];
  readonly kept: number;
}

/**
 * How many contacts fulfil a condition, and `digestContacts` of them: the server sorts, so that ten million need no
 * memory here. COPY's text is the digest's own form as long as no value holds a backslash, which no generated one does.
 */
export async function contactsOf(
  postgres: Postgres,
  database: string,
  condition: string,
): Promise<{ contacts: number; digest: string }> {
  const query = `SELECT phone_number, name, coalesce(email, '') FROM contacts WHERE ${condition} ORDER BY phone_number`;
  const psql = spawn(
    join(postgres.bin, 'psql'),
    ['-X', '-q', '-d', postgres.url(database), '-c', `COPY (${query}) TO STDOUT`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(psql, 'exit');
  const hash = createHash('sha256');
  let contacts = 0;
  for await (const chunk of psql.stdout as AsyncIterable<Buffer>) {
    hash.update(chunk);
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) contacts += 1;
  }
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`psql ended with ${String(code)}.`);
  return { contacts, digest: hash.digest('hex') };
}

/** Throws unless the import gave what the generator knows that it must give. */
export function assertOutcome(actual: Outcome, expected: Outcome): void {
  const text = (outcome: Outcome) => JSON.stringify(sorted(outcome));
  if (text(actual) !== text(expected))
    throw new Error(`The import gave ${text(actual)}, not ${text(expected)}.`);
}

const sorted = ({ rejectedByCode, ...rest }: Outcome) => ({
  ...Object.fromEntries(Object.entries(rest).sort()),
  rejectedByCode: Object.entries(rejectedByCode).sort(),
});
