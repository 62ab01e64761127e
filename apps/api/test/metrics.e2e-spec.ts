import { freePort } from '@ponte/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { query } from './setup/database';
import { startProduct, until, type Product } from './setup/product';

const FILE = 'name,phone_number\nAna,+5511987654321\nBia,none\n';

describe('metrics', () => {
  let product: Product;
  let client: Client;
  let workerUrl: string;

  beforeAll(async () => {
    const port = await freePort();
    workerUrl = `http://127.0.0.1:${port}`;
    product = await startProduct({ worker: false, env: { PONTE_WORKER_PORT: String(port) } });
    client = await (await Client.signedIn(product)).inNewAccount();
  });
  afterAll(() => product.stop());

  const scrape = async (url = product.url) => (await fetch(`${url}/metrics`)).text();
  const value = (text: string, name: string) =>
    Number(new RegExp(`^${name.replaceAll(/[{}]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);

  it('tell the queue and its age, and rows and runs of a worker', async () => {
    const { body } = await client.upload(FILE);
    await query(
      product.databaseUrl,
      `UPDATE imports SET created_at = now() - interval '90 seconds' WHERE id = $1`,
      [body.id],
    );
    const text = await until(scrape, (said) => value(said, 'ponte_runs{kind="import",state="queued"}') === 1);
    expect(value(text, 'ponte_oldest_seconds{kind="import",state="queued"}')).toBeGreaterThan(85);
    expect(value(text, 'ponte_runs{kind="mail",state="waiting"}')).toBe(0);
    expect(value(text, 'ponte_figures_known')).toBe(1);

    product.startWorker();
    await client.importEnd(body.id);
    const said = await until(
      () => scrape(workerUrl).catch(() => ''),
      (words) => words.includes('result="sent"'),
    );
    expect(value(said, 'ponte_rows_total{kind="import"}')).toBe(2);
    expect(value(said, 'ponte_run_events_total{kind="import",event="taken"}')).toBe(1);
    expect(value(said, 'ponte_run_events_total{kind="import",event="finished"}')).toBe(1);
    expect(value(said, 'ponte_mails_total{result="sent"}')).toBe(1);
    expect(said).toContain('nodejs_eventloop_lag_seconds');
    expect(await (await fetch(`${workerUrl}/health/ready`)).json()).toEqual({ status: 'ok', missing: [] });
    expect((await fetch(`${workerUrl}/health/live`)).status).toBe(200);
    expect((await fetch(`${workerUrl}/api/v1/profile`)).status).toBe(404);
    // A proxy asks on behalf of others, who need the token.
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    expect((await fetch(`${workerUrl}/metrics`, { headers })).status).toBe(401);
  });

  it('count requests by route and status, and refusals by code, never by address', async () => {
    await client.get(client.at('/contacts?q=Segredo'));
    await client.get(client.at('/imports/987654'));
    await client.get('/Segredo');
    const text = await until(scrape, (said) => said.includes('unmatched'));
    const list =
      'ponte_http_request_seconds_count{method="GET",route="/api/v1/accounts/:account_id/contacts",status="200"}';
    expect(value(text, list)).toBe(1);
    expect(value(text, 'ponte_http_problems_total{code="not_found",status="404"}')).toBe(2);
    expect(text).not.toMatch(/Segredo|987654/);
  });
});
