import type { ImportView, Problem } from '@ponte/contracts';
import type { ExpectedImport } from '@ponte/testing';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { addUnseen, query } from './setup/database';
import { followEvents } from './setup/event-stream';
import { generatedFile, middlePhone } from './setup/generated-file';
import { newMember } from './setup/people';
import { startProduct, until, type Product } from './setup/product';
import { storedFiles } from './setup/stored-files';

const ROWS = 3_000;
const SMALL = 'name,phone_number\nAna,+5511987654321\nBia,+5521987654321\n';

/** Small batches: a run that lasts long enough to meet it on its way. */
const MODES: [string, boolean][] = [
  ['the queue in PostgreSQL', false],
  ['Bull over Redis', true],
];

let large: { file: Blob; expected: ExpectedImport };
let phone: string;
beforeAll(async () => {
  large = await generatedFile(ROWS, 7);
  phone = await middlePhone(large.file);
});

const show = async (client: Client, id: number) =>
  (await client.get<ImportView>(client.at(`/imports/${id}`))).body;
const cancel = (client: Client, id: number) =>
  client.post<ImportView & Problem>(client.at(`/imports/${id}/cancel`));
const sumOf = ({ rows }: ImportView) =>
  rows.created + rows.updated + rows.unchanged + rows.skipped + rows.failed;

describe.each(MODES)('with %s, imports that run', (_, redis) => {
  let product: Product;
  let administrator: Client;

  beforeAll(async () => {
    product = await startProduct({ redis, env: { PONTE_BATCH_ROWS: '20' } });
    administrator = await Client.signedIn(product);
  });
  afterAll(() => product.stop());

  /** A large import that has begun to write and does not come to its end before it is let go. */
  async function running(client: Client): Promise<{ begun: ImportView; letGo: () => Promise<void> }> {
    const letGo = await addUnseen(product.databaseUrl, client.account, phone);
    const { body } = await client.upload(large.file);
    const begun = await until(
      () => show(client, body.id),
      ({ rows }) => rows.done > 0,
    );
    return { begun, letGo };
  }

  it('show true figures on their way', async () => {
    const client = await administrator.inNewAccount();
    const { begun, letGo } = await running(client);
    await letGo();
    expect(begun).toMatchObject({ state: 'running', finished_at: null, queue_position: null });
    const views = [begun];
    while (views.at(-1)?.state === 'running') views.push(await show(client, begun.id));
    const end = views.at(-1);
    expect(end?.state).toBe('finished');
    for (const [index, view] of views.entries()) {
      expect(view.rows.total).toBe(ROWS);
      expect(sumOf(view)).toBe(view.rows.done);
      expect(view.rows.done).toBeGreaterThanOrEqual(views[index - 1]?.rows.done ?? 0);
      if (view.state !== 'running' || view.rows_per_second === null) continue;
      const left = (ROWS - view.rows.done) / view.rows_per_second;
      expect(Math.abs((view.seconds_left ?? -10) - left)).toBeLessThan(1.5);
    }
    const { created, updated, unchanged, failed, rejectedByCode } = large.expected;
    expect(end?.rows).toEqual({ total: ROWS, done: ROWS, created, updated, unchanged, skipped: 0, failed });
    expect(end?.rejected_by_code).toEqual(rejectedByCode);
  });

  it('send every step to those who follow, the first at once and the end last', async () => {
    const client = await administrator.inNewAccount();
    const { body } = await client.upload(large.file);
    const asked = performance.now();
    const views: ImportView[] = [];
    for await (const { name, data } of followEvents<ImportView>(
      client,
      client.at(`/imports/${body.id}/events`),
    )) {
      if (views.length === 0) expect(performance.now() - asked).toBeLessThan(2_000);
      expect(name).toBe('import');
      views.push(data);
    }
    expect(views.length).toBeGreaterThan(2);
    expect(views.map(({ rows }) => rows.done)).toEqual(
      [...views.map(({ rows }) => rows.done)].sort((a, b) => a - b),
    );
    const { mail: _, ...last } = views.at(-1) ?? body;
    expect(last).toMatchObject({ state: 'finished', rows: { done: ROWS } });
    const again = followEvents<ImportView>(client, client.at(`/imports/${body.id}/events`));
    const seen = [];
    for await (const { data } of again) seen.push(data);
    expect(seen).toEqual([expect.objectContaining(last)]);
  });

  it('say nothing more to a watcher who loses the right to watch', async () => {
    const owner = await administrator.inNewAccount();
    const watcher = await newMember(product, owner, 'administrator');
    const { begun, letGo } = await running(owner);
    const seen: ImportView[] = [];
    const watching = async () => {
      for await (const { data } of followEvents<ImportView>(
        watcher.client,
        owner.at(`/imports/${begun.id}/events`),
      )) {
        if (seen.push(data) === 1) await owner.delete(owner.at(`/members/${watcher.id}`));
      }
    };
    await watching();
    await letGo();
    expect(seen.at(-1)?.state).toBe('running');
    expect((await owner.importEnd(begun.id)).state).toBe('finished');
  });

  it('stop when they are cancelled; what was written stays and the sum closes', async () => {
    const client = await administrator.inNewAccount();
    const { begun, letGo } = await running(client);
    const { id } = begun;
    const { status, body } = await cancel(client, id);
    await letGo();
    expect([status, body.cancel_requested]).toEqual([202, true]);
    const end = await client.importEnd(id);
    expect(end.state).toBe('cancelled');
    expect(end.rows.done).toBeLessThan(ROWS);
    expect(sumOf(end)).toBe(ROWS);
    expect(end.rows.skipped).toBe(ROWS - end.rows.done);
    expect(await client.allContacts()).toHaveLength(end.rows.created);
    expect((await cancel(client, id)).body.code).toBe('run_already_ended');
    // Sent again it does what is left, and nothing twice.
    const rest = await client.importEnd((await client.upload(large.file)).body.id);
    expect(await client.allContacts()).toHaveLength(large.expected.contacts);
    expect(rest.rows.created).toBe(large.expected.created - end.rows.created);
  });

  it.each([
    [
      'lose the role',
      async (owner: Client, id: number) =>
        (await owner.patch(owner.at(`/members/${id}`), { role: 'agent' })).status,
    ],
    ['leave', async (owner: Client, id: number) => (await owner.delete(owner.at(`/members/${id}`))).status],
  ])('fail when those who started them %s', async (_what, takeAway) => {
    const owner = await administrator.inNewAccount();
    const { client, id: person } = await newMember(product, owner, 'administrator');
    const { begun, letGo } = await running(client);
    expect(await takeAway(owner, person)).toBeLessThan(300);
    await letGo();
    const end = await owner.importEnd(begun.id);
    expect(end).toMatchObject({ state: 'failed', error: { code: 'run_permission_lost' } });
    expect(sumOf(end)).toBe(ROWS);
    expect(end.rows.skipped).toBeGreaterThan(0);
    expect(await owner.allContacts()).toHaveLength(end.rows.created);
  });

  it('do not begin to stop because somebody else leaves', async () => {
    const owner = await administrator.inNewAccount();
    const other = await newMember(product, owner, 'administrator');
    const { begun, letGo } = await running(owner);
    await owner.delete(owner.at(`/members/${other.id}`));
    await letGo();
    expect((await owner.importEnd(begun.id)).state).toBe('finished');
  });
});

describe.each(MODES)('with %s, imports that wait', (_, redis) => {
  let product: Product;
  let administrator: Client;

  beforeAll(async () => {
    product = await startProduct({ redis, worker: false, env: { PONTE_RUN_CONCURRENCY: '1' } });
    administrator = await Client.signedIn(product);
  });
  afterAll(() => product.stop());

  it('know their place, can be cancelled, and run in turns of their accounts when there is a worker', async () => {
    const [one, two] = [await administrator.inNewAccount(), await administrator.inNewAccount()];
    const ids: [Client, number][] = [];
    for (const client of [one, one, two, two, one]) ids.push([client, (await client.upload(SMALL)).body.id]);
    const [first, second, third, fourth, fifth] = ids.map(
      ([client, id]) =>
        () =>
          show(client, id),
    );
    const positions = async () =>
      (await Promise.all(ids.map(([client, id]) => show(client, id)))).map((view) => view.queue_position);
    expect(await positions()).toEqual([1, 3, 2, 4, 5]);
    expect(await first?.()).toMatchObject({
      state: 'queued',
      started_at: null,
      rows_per_second: null,
      seconds_left: null,
      mail: null,
    });

    const [client, id] = ids[1] ?? [one, 0];
    expect((await cancel(two, id)).status).toBe(404);
    const cancelled = await cancel(client, id);
    expect([cancelled.status, cancelled.body.state]).toEqual([202, 'cancelled']);
    expect(cancelled.body.rows).toMatchObject({ total: 2, done: 0, skipped: 2 });
    expect((await cancel(client, id)).status).toBe(409);
    expect(await positions()).toEqual([1, null, 2, 3, 4]);

    // One whose file is lost meanwhile.
    const [lost] = await query<{ storage_key: string }>(
      product.databaseUrl,
      'SELECT storage_key FROM imports WHERE id = $1',
      [ids[2]?.[1]],
    );
    expect(await storedFiles(product)).toContain(lost?.storage_key);
    await rm(join(product.dataDirectory, 'files', lost?.storage_key ?? 'none'));

    product.startWorker();
    const ends = await Promise.all(ids.map(([owner, run]) => owner.importEnd(run)));
    expect(ends.map(({ state }) => state)).toEqual([
      'finished',
      'cancelled',
      'failed',
      'finished',
      'finished',
    ]);
    expect(ends[2]).toMatchObject({
      error: { code: 'run_file_missing' },
      rows: { total: 2, done: 0, skipped: 2 },
    });
    expect(ends.map(sumOf)).toEqual([2, 2, 2, 2, 2]);
    // The accounts' first ones begin before their second ones; which of those is next, their ends decide.
    const order = await Promise.all(
      [first, third, fourth, fifth].map(async (view) => (await view?.())?.started_at ?? ''),
    );
    expect([...order].sort().slice(0, 2)).toEqual(order.slice(0, 2));
    expect((await second?.())?.started_at).toBeNull();
  });
});
