import type { Postgres } from '../postgres';
import type { Sample } from './samples';
import type { State } from './states';
import { inCopy, watchCost, type Turn } from './turn';
import { contactsOf } from './verify';

/**
 * The limit: `psql` copies rows that somebody has already decoded, checked, normalised and freed from duplicates into
 * the same table with the same indexes. It counts no rows, keeps no rejected ones, and either copies all or nothing.
 * What is measured is the statement as psql itself times it, without the start of psql.
 */
export async function psqlTurn(postgres: Postgres, state: State, sample: Sample): Promise<Turn> {
  return inCopy(postgres, state.database, async (copy) => {
    const before = await newestContact(postgres, copy);
    const cost = await watchCost(postgres);
    const from = `\\copy contacts (account_id, name, phone_number, email) from '${sample.cleanFile}' csv`;
    const words = await postgres.psql(copy, '\\timing on', from);
    const costs = await cost();
    const milliseconds = /^Time: ([\d.]+) ms/m.exec(words)?.[1];
    if (milliseconds === undefined) throw new Error(`psql does not tell the time: ${words}`);
    await assertCopied(postgres, copy, before, sample);
    return { side: 'psql', rows: sample.expected.contacts, seconds: Number(milliseconds) / 1000, ...costs };
  });
}

/** Both sides must have left the same contacts: copied ones are newer than all that were there. */
async function assertCopied(
  postgres: Postgres,
  database: string,
  before: number,
  sample: Sample,
): Promise<void> {
  const copied = await contactsOf(postgres, database, `account_id = ${sample.account} AND id > ${before}`);
  if (copied.contacts !== sample.expected.contacts || copied.digest !== sample.expected.digest)
    throw new Error(`psql has copied ${copied.contacts} contacts, or others.`);
}

async function newestContact(postgres: Postgres, database: string): Promise<number> {
  const sql = 'SELECT coalesce(max(id), 0) AS id FROM contacts';
  return (await postgres.query<{ id: number }>(database, sql))[0]?.id ?? 0;
}
