import { query } from './database';
import type { Product } from './product';
import { storedFiles } from './stored-files';

/** What the worker derives from contacts at a time of its own, and traces of requests that change nothing. */
const DERIVED = [
  'contact_changes',
  'contact_counts',
  'contact_search',
  'rate_limits',
  'audit_events',
  'audit_chains',
];

/** Every table with its number of rows, and every stored file: what a request that writes nothing leaves as it is. */
export async function everythingWritten(product: Product): Promise<Record<string, unknown>> {
  const tables = await query<{ name: string }>(
    product.databaseUrl,
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> ALL ($1)
     ORDER BY 1`,
    [DERIVED],
  );
  const counts = tables.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS rows FROM ${name}`);
  const rows = await query<{ name: string; rows: number }>(product.databaseUrl, counts.join(' UNION ALL '));
  return { rows: rows.sort((a, b) => (a.name < b.name ? -1 : 1)), files: await storedFiles(product) };
}
