import type { ExportView, ImportView, Problem } from '@ponte/contracts';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { query } from './setup/database';
import { startProduct, type Product } from './setup/product';

const DAY_MS = 24 * 3600 * 1000;
const FILE = 'name,phone_number\nAna,+5511987654321\n';

describe.each([
  ['ahead', 4 * DAY_MS],
  ['behind', -4 * DAY_MS],
])('processes whose clocks are four days %s', (_, ms) => {
  let product: Product;
  let client: Client;

  beforeAll(async () => {
    const preload = pathToFileURL(join(import.meta.dirname, 'setup/moved-clock.mjs'));
    preload.searchParams.set('ms', String(ms));
    product = await startProduct({ env: { NODE_OPTIONS: `--import=${preload.href}` } });
    client = await Client.signedIn(product);
  });
  afterAll(() => product.stop());

  it('give an export for as long as the database’s clock says', async () => {
    const { body } = await client.post<ExportView>(client.at('/exports'));
    const made = await client.exportEnd(body.id);
    expect(made).toMatchObject({ state: 'finished', is_expired: false });
    const [{ day } = { day: '' }] = await query<{ day: string }>(
      product.databaseUrl,
      `SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day FROM exports WHERE id = $1`,
      [made.id],
    );
    expect(made.file_name).toBe(`contacts-${day}.csv`);
    const file = () => client.get<Problem>(client.at(`/exports/${made.id}/file`));
    expect((await file()).status).toBe(200);
    await query(product.databaseUrl, `UPDATE exports SET expires_at = now() WHERE id = $1`, [made.id]);
    expect((await client.get<ExportView>(client.at(`/exports/${made.id}`))).body.is_expired).toBe(true);
    expect((await file()).body.code).toBe('export_expired');
  });

  it('take, keep and end a run by the database’s clock', async () => {
    const end = await client.import(FILE);
    expect(end.state).toBe('finished');
    const [run] = await query<{ seconds: number; attempts: number; fence: number }>(
      product.databaseUrl,
      `SELECT abs(extract(epoch FROM now() - finished_at))::float AS seconds, attempts, fence FROM imports WHERE id = $1`,
      [end.id],
    );
    expect(run).toMatchObject({ attempts: 0, fence: 1 });
    expect(run?.seconds).toBeLessThan(60);
  });

  it('write the database’s time into the e-mail about a refused file', async () => {
    const refused = await client.upload<ImportView & Problem>('no header');
    expect(refused.status).toBe(422);
    const mails = await query<{ seconds: number }>(
      product.databaseUrl,
      `SELECT abs(extract(epoch FROM now() - (data ->> 'created_at')::timestamptz))::float AS seconds
       FROM outbox WHERE kind = 'import_refused'`,
    );
    expect(mails).toHaveLength(1);
    expect(mails[0]?.seconds).toBeLessThan(60);
  });
});
