import type { ContactList } from '@ponte/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '../client';
import { median } from '../figures';
import type { Postgres } from '../postgres';
import { ADMINISTRATOR, type Product } from '../product';
import { contactsSql } from './fill';
import { RARE_NAMES } from './names';

/** As many as an import writes at once. */
const BATCH = 20_000;
const POLL_MS = 200;

export interface Copying {
  readonly rows: number;
  /** A rare name among contacts that are not copied yet, and when they are. */
  readonly searchBefore: number;
  readonly searchAfter: number;
  /** From the start of a worker until nothing is left to copy. */
  readonly seconds: number;
}

/** Adds contacts to a new account beside those that are there, in the batches of an import, and has a worker copy them. */
export async function measureCopying(
  postgres: Postgres,
  database: string,
  product: Product,
  rows: number,
): Promise<{ copying: Copying; added: Client }> {
  const added = await Client.inNewAccount(product.address, ADMINISTRATOR);
  const batches = Array.from(
    { length: Math.ceil(rows / BATCH) },
    (_, index) =>
      `INSERT INTO contacts (account_id, name, phone_number, email, created_at)
       SELECT * FROM added OFFSET ${index * BATCH} LIMIT ${BATCH}`,
  );
  await postgres.psql(
    database,
    // Its own statistics would come in the middle, or not at all: as many as these are just too few for them.
    'ALTER TABLE contacts SET (autovacuum_enabled = false)',
    'SELECT setseed(0.44)',
    `CREATE TEMPORARY TABLE added AS ${contactsSql([added.account], rows)}`,
    ...batches,
    'CHECKPOINT',
  );
  const searchBefore = await timeSearches(added);
  const began = performance.now();
  const worker = await product.startWorker();
  while (await isBehind(postgres, database)) await pause(POLL_MS);
  const seconds = (performance.now() - began) / 1000;
  await worker.stop();
  return { copying: { rows, searchBefore, searchAfter: await timeSearches(added), seconds }, added };
}

async function isBehind(postgres: Postgres, database: string): Promise<boolean> {
  return (await postgres.query(database, 'SELECT FROM contact_changes LIMIT 1')).length > 0;
}

async function timeSearches(client: Client): Promise<number> {
  const times: number[] = [];
  for (const name of RARE_NAMES.slice(0, 5)) {
    const began = performance.now();
    await client.get<ContactList>(`/accounts/${client.account}/contacts?q=${encodeURIComponent(name)}`);
    times.push(performance.now() - began);
  }
  return median(times);
}

export function describeCopying({ rows, searchBefore, searchAfter, seconds }: Copying): string {
  const count = rows.toLocaleString('en');
  const rate = Math.round(rows / seconds / 100) * 100;
  return (
    `The copy for searches takes in ${count} contacts that were added to another account beside those in ` +
    `${seconds.toFixed(1)} s, ${rate.toLocaleString('en')} a second. A rare name takes ` +
    `${searchBefore.toFixed(0)} ms before, and ${searchAfter.toFixed(0)} ms afterwards.`
  );
}
