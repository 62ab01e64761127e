import type { ExportView, Problem } from '@ponte/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { query } from './setup/database';
import { newMember } from './setup/people';
import { startProduct, until, type Product } from './setup/product';
import { storedFiles } from './setup/stored-files';

const MODES: [string, boolean][] = [
  ['the queue in PostgreSQL', false],
  ['Bull over Redis', true],
];

describe.each(MODES)('with %s', (_, redis) => {
  let product: Product;
  let administrator: Client;

  beforeAll(async () => {
    product = await startProduct({ redis, worker: false });
    administrator = await Client.signedIn(product);
  });
  afterAll(() => product.stop());

  const make = async (client: Client) => (await client.post<ExportView>(client.at('/exports'))).body;
  const show = async (client: Client, id: number) =>
    (await client.get<ExportView>(client.at(`/exports/${id}`))).body;

  async function fetchFile(client: Client, id: number): Promise<[number, string | undefined]> {
    const { status, body } = await client.get<Problem | string>(client.at(`/exports/${id}/file`));
    return [status, typeof body === 'string' ? undefined : body.code];
  }

  it('a link works for administrators of the account, until its time is over', async () => {
    const client = await administrator.inNewAccount();
    const person = await newMember(product, client, 'administrator');
    const lost = await make(person.client);
    const waiting = await make(client);
    expect(waiting).toMatchObject({
      state: 'queued',
      queue_position: 2,
      file_bytes: null,
      expires_at: null,
      mail: null,
    });
    expect(waiting.rows).toEqual({ total: null, done: 0 });
    expect(await fetchFile(client, waiting.id)).toEqual([409, 'export_not_ready']);

    await client.patch(client.at(`/members/${person.id}`), { role: 'agent' });
    product.startWorker();
    const run = await client.exportEnd(waiting.id);
    expect(run).toMatchObject({ state: 'finished', queue_position: null, is_expired: false });
    const hours = (Date.parse(run.expires_at ?? '') - Date.parse(run.finished_at ?? '')) / 3_600_000;
    expect(hours).toBeCloseTo(72, 3);

    // Who has lost the right meanwhile gets no file.
    expect(await client.exportEnd(lost.id)).toMatchObject({
      state: 'failed',
      error: { code: 'run_permission_lost' },
      expires_at: null,
    });
    expect(await fetchFile(client, lost.id)).toEqual([409, 'export_not_ready']);

    const stranger = await administrator.inNewAccount();
    expect(await fetchFile(client, run.id)).toEqual([200, undefined]);
    expect(await fetchFile(new Client(product, {}, client.account), run.id)).toEqual([
      401,
      'sign_in_required',
    ]);
    expect(await fetchFile(person.client, run.id)).toEqual([403, 'not_allowed']);
    expect(await fetchFile(stranger, run.id)).toEqual([404, 'not_found']);

    const [stored] = await query<{ storage_key: string }>(
      product.databaseUrl,
      'SELECT storage_key FROM exports WHERE id = $1',
      [run.id],
    );
    expect(stored?.storage_key).toMatch(/^exports\/[0-9a-f-]{36}\.csv$/);
    expect(await storedFiles(product)).toEqual([stored?.storage_key]);

    await query(
      product.databaseUrl,
      `UPDATE exports SET expires_at = now() - interval '1 second' WHERE id = $1`,
      [run.id],
    );
    expect(await fetchFile(client, run.id)).toEqual([410, 'export_expired']);
    expect(await show(client, run.id)).toMatchObject({ state: 'finished', is_expired: true });

    // Every worker cleans when it starts and then every ten minutes.
    product.startWorker();
    expect(
      await until(
        () => storedFiles(product),
        (files) => files.length === 0,
      ),
    ).toEqual([]);
    expect(await fetchFile(client, run.id)).toEqual([410, 'export_expired']);
  });
});
