import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';

export type PostgresKind = 'embedded' | 'debian';

/** Makes an empty database and answers its address; the whole cluster goes when the tests end. */
export async function newDatabase(kind: PostgresKind = 'embedded'): Promise<string> {
  const services = inject('services');
  const server = kind === 'embedded' ? services.embeddedPostgres : services.debianPostgres;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await query(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** One statement on a connection of its own: what a test looks at behind the product's back. */
export async function query<Row extends object>(
  url: string,
  sql: string,
  params: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, params)).rows;
  } finally {
    await client.end();
  }
}

/**
 * Begins to add a contact by hand: nobody sees it, and who adds its number waits to know whether it stays. Answers what takes
 * it back.
 */
export async function addUnseen(url: string, accountId: number, phone: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('BEGIN');
  await client.query(`INSERT INTO contacts (account_id, phone_number, name) VALUES ($1, $2, 'By hand')`, [
    accountId,
    phone,
  ]);
  return () => client.end();
}
