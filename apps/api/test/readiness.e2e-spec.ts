import { startRedis, type OwnRedis } from '@ponte/testing';
import { once } from 'node:events';
import { mkdir, rename, writeFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client as Connection } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { query } from './setup/database';
import { startProduct, until, type Product } from './setup/product';

interface Ready {
  http: number;
  status: string;
  missing: string[];
}

async function ready({ url }: Pick<Product, 'url'>): Promise<Ready> {
  const answer = await fetch(`${url}/health/ready`);
  return { http: answer.status, ...((await answer.json()) as { status: string; missing: string[] }) };
}

const becomes = async (product: Product, expected: Partial<Ready>, limitMs = 120_000) => {
  const matches = (answer: Ready) => JSON.stringify({ ...answer, ...expected }) === JSON.stringify(answer);
  expect(await until(() => ready(product), matches, limitMs)).toMatchObject(expected);
};
const isOk = { http: 200, status: 'ok', missing: [] };
const lacks = (...missing: string[]) => ({ http: 503, status: 'unavailable', missing });

describe('readiness', () => {
  let redis: OwnRedis;
  let product: Product;

  beforeAll(async () => {
    redis = await startRedis();
    product = await startProduct({ env: { REDIS_URL: redis.url, DATABASE_POOL_SIZE: '4' } });
  });
  afterAll(async () => {
    await product.stop();
    await redis.stop();
  });

  const database = () => `"${new URL(product.databaseUrl).pathname.slice(1)}"`;
  const endConnections = () =>
    query(
      product.databaseUrl,
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );

  it('misses a worker that has gone, and stays ready for requests', async () => {
    await becomes(product, isOk);
    const { worker } = product;
    if (worker === null) throw new Error('There is no worker.');
    const ended = once(worker, 'exit');
    worker.kill('SIGTERM');
    await ended;
    await becomes(product, { http: 200, status: 'degraded', missing: ['worker'] });
    const killed = product.startWorker();
    await becomes(product, isOk);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    await query(
      product.databaseUrl,
      `UPDATE processes SET seen_at = now() - interval '31 seconds' WHERE kind = 'worker'`,
    );
    await becomes(product, { http: 200, status: 'degraded', missing: ['worker'] });
    product.startWorker();
    await becomes(product, isOk);
  });

  it('goes while the database takes nothing', async () => {
    await query(product.databaseUrl, `ALTER DATABASE ${database()} SET default_transaction_read_only = on`);
    await endConnections();
    await becomes(product, lacks('database'));
    expect((await fetch(`${product.url}/health/live`)).status).toBe(200);
    await query(
      product.databaseUrl,
      `BEGIN READ WRITE; ALTER DATABASE ${database()} RESET default_transaction_read_only; COMMIT`,
    );
    await endConnections();
    await becomes(product, isOk);
  });

  it('goes while Redis is full or away', async () => {
    await redis.command('CONFIG', 'SET', 'maxmemory', '1');
    await becomes(product, lacks('queue'));
    await redis.command('CONFIG', 'SET', 'maxmemory', '0');
    await becomes(product, isOk);
    await redis.halt();
    await becomes(product, lacks('queue'));
    await redis.resume();
    await becomes(product, isOk);
  });

  it('goes while files cannot be stored', async () => {
    const files = join(product.dataDirectory, 'files');
    await mkdir(files, { recursive: true });
    await rename(files, `${files}.away`);
    await writeFile(files, 'in the way');
    await becomes(product, lacks('storage'));
    await rm(files);
    await rename(`${files}.away`, files);
    await becomes(product, isOk);
  });

  it('does not go because every connection of the pool is busy', async () => {
    const client = await Client.signedIn(product);
    const connection = new Connection({ connectionString: product.databaseUrl });
    await connection.connect();
    await connection.query('BEGIN; LOCK TABLE contacts IN ACCESS EXCLUSIVE MODE');
    const waiting = Array.from({ length: 12 }, () => client.get(client.at('/contacts')));
    const metrics = () => fetch(`${product.url}/metrics`).then((answer) => answer.text());
    const busy = await until(metrics, (text) => /connections\{state="waiting"\} [1-9]/.test(text));
    expect(busy).toMatch(/connections\{state="idle"\} 0/);
    expect(await ready(product)).toMatchObject(isOk);
    await connection.end();
    await Promise.all(waiting);
  });
});
