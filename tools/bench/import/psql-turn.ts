import type { Postgres } from '../postgres';
import type { Sample } from './samples';
import { inCopy, watchCost, type Turn } from './turn';
import { contactsOf } from './verify';

/**
 * The limit: `psql` copies rows that somebody has already decoded, checked, normalised and freed from duplicates into
 * the same table with the same indexes. It counts no rows, keeps no rejected ones, and either copies all or nothing.
 * What is measured is the statement as psql itself times it, without the start of psql.
 */
export async function psqlTurn(postgres: Postgres, database: string, sample: Sample): Promise<Turn> {
  return inCopy(postgres, database, async (copy) => {
    const cost = await watchCost(postgres);
    const from = `\\copy contacts (account_id, name, phone_number, email) from '${sample.cleanFile}' csv`;
    const words = await postgres.psql(copy, '\\timing on', from);
    const costs = await cost();
    const milliseconds = /^Time: ([\d.]+) ms/m.exec(words)?.[1];
    if (milliseconds === undefined) throw new Error(`psql does not tell the time: ${words}`);
    await assertCopied(postgres, copy, sample);
    return { side: 'psql', rows: sample.expected.contacts, seconds: Number(milliseconds) / 1000, ...costs };
  });
}

/** Both sides must have left the same contacts. */
async function assertCopied(postgres: Postgres, database: string, sample: Sample): Promise<void> {
  const { contacts, digest } = await contactsOf(postgres, database, `account_id = ${sample.account}`);
  if (contacts !== sample.expected.contacts || digest !== sample.expected.digest)
    throw new Error(`psql has copied ${contacts} contacts, or others.`);
}
