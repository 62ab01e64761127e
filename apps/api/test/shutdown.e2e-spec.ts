import type { Problem } from '@ponte/contracts';
import { once } from 'node:events';
import { Client as Connection } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { startProduct, until, type Product } from './setup/product';
import { filePart, multipart, RawRequest } from './setup/raw-request';
import { storedFiles } from './setup/stored-files';

let product: Product;
afterEach(() => product.stop());

/** Exit code and milliseconds from the signal on. */
async function stopped({ http }: Product): Promise<{ code: number | null; ms: number }> {
  const began = performance.now();
  const [code] = (await once(http, 'exit')) as [number | null];
  return { code, ms: performance.now() - began };
}

describe('an HTTP process that is told to stop', () => {
  it('is not ready any more before it stops listening, and answers until then', async () => {
    product = await startProduct({ worker: false, env: { PONTE_SHUTDOWN_DELAY_SECONDS: '2' } });
    const client = await Client.signedIn(product);
    const end = stopped(product);
    product.http.kill('SIGTERM');
    const ready = async () => {
      const answer = await fetch(`${product.url}/health/ready`);
      return { status: answer.status, body: await answer.json() };
    };
    expect(await until(ready, ({ status }) => status === 503)).toEqual({
      status: 503,
      body: { status: 'stopping', missing: [] },
    });
    const { status, headers } = await client.get('/profile');
    expect([status, headers.get('connection')]).toEqual([200, 'close']);
    const { code, ms } = await end;
    expect(code).toBe(0);
    expect(ms).toBeGreaterThan(1_900);
    expect(ms).toBeLessThan(5_000);
  });

  it('finishes the answers that are on their way and ends kept connections', async () => {
    product = await startProduct({ worker: false });
    const client = await Client.signedIn(product);
    const connection = new Connection({ connectionString: product.databaseUrl });
    await connection.connect();
    await connection.query('BEGIN; LOCK TABLE contacts IN ACCESS EXCLUSIVE MODE');
    const answer = client.get(client.at('/contacts'));
    await until(
      async () =>
        (await connection.query<{ n: number }>('SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted'))
          .rows[0]?.n,
      (waiting) => waiting === 1,
    );
    const end = stopped(product);
    product.http.kill('SIGTERM');
    // The port is closed first; what came before it is answered.
    await until(
      () =>
        fetch(`${product.url}/health/live`).then(
          () => true,
          () => false,
        ),
      (isListening) => !isListening,
    );
    await connection.end();
    expect((await answer).status).toBe(200);
    const { code, ms } = await end;
    expect(code).toBe(0);
    expect(ms).toBeLessThan(5_000);
  });

  it('tells an upload that is still coming that it stops, and leaves nothing of it behind', async () => {
    product = await startProduct({ worker: false });
    const client = await Client.signedIn(product);
    const request = await RawRequest.open(client, client.at('/imports'), { 'transfer-encoding': 'chunked' });
    const rows = multipart([filePart(`name,phone_number\n${'Ana,+5511987654321\n'.repeat(5_000)}`)], '');
    request.write(`${rows.length.toString(16)}\r\n`);
    request.write(rows);
    request.write('\r\n');
    await until(
      () => storedFiles(product),
      (files) => files.length > 0,
    );
    const end = stopped(product);
    product.http.kill('SIGTERM');
    await until(
      async () => request.status,
      (status) => status !== null,
      15_000,
    );
    const body = request.answer.slice(request.answer.indexOf('{')).replace(/\}[^}]*$/, '}');
    expect(JSON.parse(body) as Problem).toMatchObject({ status: 503, code: 'unavailable' });
    expect(request.answer).toMatch(/^retry-after: \d+\r$/im);
    const { code, ms } = await end;
    expect(code).toBe(0);
    expect(ms).toBeLessThan(15_000);
    expect(await storedFiles(product)).toEqual([]);
  });
});
