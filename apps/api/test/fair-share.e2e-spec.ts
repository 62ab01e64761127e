import type { ImportView } from '@ponte/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { addUnseen } from './setup/database';
import { generatedFile, middlePhone } from './setup/generated-file';
import { startProduct, until, type Product } from './setup/product';

const BIG_ROWS = 60_000;
const LONG_ROWS = 20_000;
const SMALL_ROWS = 5_000;
const LIMIT_MS = 240_000;

const MODES: [string, boolean][] = [
  ['the queue in PostgreSQL', false],
  ['Bull over Redis', true],
];

let big: Blob;
let long: Blob;
let small: Blob;
beforeAll(async () => {
  const file = async (rows: number, seed: number) => (await generatedFile(rows, seed)).file;
  [big, long, small] = await Promise.all([file(BIG_ROWS, 0), file(LONG_ROWS, 1), file(SMALL_ROWS, 2)]);
});

describe.each(MODES)('beside six big files of one account, with %s', (_, redis) => {
  let product: Product;
  let busy: Client;
  let other: Client;
  let bigIds: number[];
  let release: () => Promise<void>;

  beforeAll(async () => {
    product = await startProduct({ redis, env: { PONTE_BATCH_ROWS: '2000' } });
    busy = await Client.signedIn(product);
    other = await busy.inNewAccount();
    // The big files stand still in their middle, however fast this machine is.
    release = await addUnseen(product.databaseUrl, busy.account, await middlePhone(big));
    bigIds = [];
    for (let count = 0; count < 6; count += 1) bigIds.push((await busy.upload(big)).body.id);
    const begun = async () => (await Promise.all(bigIds.map(show))).filter(({ rows }) => rows.done > 0);
    await until(begun, ({ length }) => length >= 2, LIMIT_MS);
  }, LIMIT_MS);
  afterAll(async () => {
    await release();
    await product.stop();
  });

  const show = async (id: number) => (await busy.get<ImportView>(busy.at(`/imports/${id}`))).body;
  const underWay = async () =>
    (await Promise.all(bigIds.map(show))).filter(({ state }) => state !== 'finished');

  it('a small file of another account goes by at once, and a long one gets a slot', async ({ annotate }) => {
    const began = performance.now();
    expect(await other.import(small)).toMatchObject({ state: 'finished', rows: { total: SMALL_ROWS } });
    const smallMs = performance.now() - began;
    expect(await underWay()).toHaveLength(6);

    const { body } = await other.upload(long);
    const asked = performance.now();
    const begun = async () => (await other.get<ImportView>(other.at(`/imports/${body.id}`))).body;
    await until(begun, ({ state }) => state !== 'queued', LIMIT_MS);
    const longMs = performance.now() - asked;
    // No big file had to end for it.
    expect(await underWay()).toHaveLength(6);
    expect((await other.importEnd(body.id, LIMIT_MS)).state).toBe('finished');
    await annotate(
      `${SMALL_ROWS} rows took ${smallMs.toFixed(0)} ms, ${LONG_ROWS} rows waited ${longMs.toFixed(0)} ms`,
    );
  }, 300_000);

  it('they come to their own ends, with every row', async () => {
    await release();
    const ends = await Promise.all(bigIds.map((id) => busy.importEnd(id, LIMIT_MS)));
    expect(ends.map(({ state, rows }) => [state, rows.done, rows.skipped])).toEqual(
      Array.from({ length: 6 }, () => ['finished', BIG_ROWS, 0]),
    );
    // Each file is the same: what one has created, the others leave.
    const contacts = ends.reduce((sum, { rows }) => sum + rows.created, 0);
    const { body } = await busy.get<{ meta: { count: number } }>(busy.at('/contacts'));
    expect(body.meta.count).toBe(contacts);
  }, 300_000);
});
