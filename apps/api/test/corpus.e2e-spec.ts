import type { DryRun, ImportView, Problem, RejectedRowList, RejectedRowView } from '@ponte/contracts';
import { compareOutcome, corpusFile, corpusItems, type ImportOutcome } from '@ponte/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { startProduct, type Product, type ProductOptions } from './setup/product';

const MODES: [string, ProductOptions][] = [
  ['embedded PostgreSQL as database and queue', { postgres: 'embedded' }],
  ["Debian's PostgreSQL and Bull over Redis", { postgres: 'debian', redis: true }],
];

describe.each(MODES)('the corpus over HTTP, with %s', (_, options) => {
  let product: Product;
  let administrator: Client;

  beforeAll(async () => {
    product = await startProduct(options);
    administrator = await Client.signedIn(product);
  });
  afterAll(() => product.stop());

  it.each(corpusItems('api').map((item) => [item.file, item] as const))('%s', async (_file, item) => {
    const client = await administrator.inNewAccount();
    const started = performance.now();
    const outcome = await importOver(client, corpusFile(item), item.file);
    expect(compareOutcome(item, outcome)).toEqual([]);
    // A limit against regular expressions that run away, with the queue's and the machine's slowness added.
    if (item.max_seconds !== undefined)
      expect(performance.now() - started).toBeLessThan(item.max_seconds * 1000 + 3_000);
  });
});

async function importOver(client: Client, bytes: Uint8Array, name: string): Promise<ImportOutcome> {
  const foreseen = await client.upload<DryRun | Problem>(bytes, { name, path: '/imports/dry_run' });
  const { status, body } = await client.upload<ImportView | Problem>(bytes, { name });
  if ('code' in body) {
    expect([413, 422]).toContain(status);
    expect([foreseen.status, foreseen.body]).toEqual([status, body]);
    expect(await client.allContacts()).toEqual([]);
    return { outcome: 'refused', reasons: reasonsOf(body), line: body.line };
  }
  const end = await client.importEnd(body.id);
  expect(end.state).toBe('finished');
  const { rows, rejected_by_code, ignored_columns } = end;
  expect(foreseen.body).toMatchObject({ rows, rejected_by_code, ignored_columns });
  const again = await client.dryRun(bytes, { name });
  expect(again.rows).toMatchObject({ total: rows.total, created: 0, failed: rows.failed });
  const { total, created, updated, unchanged, skipped, failed } = end.rows;
  expect(created + updated + unchanged + skipped + failed).toBe(total);
  const rejected = await rejectedRows(client, end);
  expect(rejected).toHaveLength(failed);
  return {
    outcome: 'processed',
    total,
    accepted: total - failed,
    rejected,
    contacts: await client.allContacts(),
  };
}

async function rejectedRows(client: Client, { id }: ImportView): Promise<RejectedRowView[]> {
  const { body } = await client.get<RejectedRowList>(client.at(`/imports/${id}/rejected_rows?per_page=100`));
  return body.payload;
}

/** The problem in the corpus' words: `missing_column:name`, and a wrong delimiter as the columns that it hides. */
function reasonsOf({ code, params }: Problem): string[] {
  const reason = code.replace(/^import_/, '');
  const columns = Array.isArray(params?.['columns']) ? params['columns'] : [];
  const named = reason === 'wrong_delimiter' ? 'missing_column' : reason;
  return columns.length === 0 ? [named] : columns.map((column) => `${named}:${column}`);
}
