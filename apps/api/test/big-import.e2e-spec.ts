import {
  digestContacts,
  generateContactsCsv,
  type ExpectedImport,
  type GeneratedContacts,
} from '@ponte/testing';
import type { ImportView } from '@ponte/contracts';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { query } from './setup/database';
import { startProduct, until, type Product, type ProductOptions } from './setup/product';

const ROWS = 100_000;
const LIMIT_MS = 120_000;

const MODES: [string, ProductOptions][] = [
  ['embedded PostgreSQL as database and queue', { postgres: 'embedded' }],
  ["Debian's PostgreSQL and Bull over Redis", { postgres: 'debian', redis: true }],
];

const generated = generateContactsCsv({ rows: ROWS, seed: 2026 });
let expected: ExpectedImport;
let file: Blob;

beforeAll(async () => {
  expected = generated.expected();
  file = await blobOf(generated);
});

describe.each(MODES)(`${ROWS} rows over HTTP, with %s`, (_, options) => {
  let product: Product;
  let client: Client;

  beforeAll(async () => {
    product = await startProduct(options);
    client = await Client.signedIn(product);
  });
  afterAll(() => product.stop());

  it('are imported right to the row', async ({ annotate }) => {
    const account = await client.inNewAccount();
    const started = performance.now();
    const { status, body } = await account.upload(file);
    expect(status).toBe(202);
    expect(body.rows.total).toBe(ROWS);
    const uploaded = performance.now();
    const end = await account.importEnd(body.id, LIMIT_MS);
    const ended = performance.now();
    await expectExact(product, account, end);
    const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(2);
    await annotate(
      `upload and check ${seconds(started, uploaded)} s, until finished ${seconds(started, ended)} s, ` +
        `peak memory: HTTP ${await peakMegabytes(product.http.pid)} MB, worker ${await peakMegabytes(product.worker?.pid)} MB`,
    );
  }, 300_000);

  it('leave the same contacts when they come again', async () => {
    // Statistics that know of the first account alone, which PostgreSQL makes by itself when it finds the time.
    await query(product.databaseUrl, 'ANALYZE');
    const account = await client.inNewAccount();
    await account.importEnd((await account.upload(file)).body.id, LIMIT_MS);
    const end = await account.importEnd((await account.upload(file)).body.id, LIMIT_MS);
    // A number that stands in the file with two names goes from the last to the first and back: an update each time.
    expect(end.rows).toMatchObject({ total: ROWS, created: 0, skipped: 0, failed: expected.failed });
    expect(end.rows.updated + end.rows.unchanged).toBe(ROWS - expected.failed);
    await expectContacts(product, account);
  }, 300_000);
});

describe.each(MODES)('a worker killed twice in the middle, with %s', (_, options) => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct({ ...options, env: { PONTE_BATCH_ROWS: '1000' } });
  });
  afterAll(() => product.stop());

  it('leaves the same contacts, the same counts and one e-mail', async () => {
    const account = await (await Client.signedIn(product)).inNewAccount();
    const { body } = await account.upload(file);
    for (const share of [0.2, 0.6]) {
      await killAfter(product, account, body.id, share * ROWS);
      product.startWorker();
    }
    const end = await account.importEnd(body.id, LIMIT_MS);
    await expectExact(product, account, end);
    const mails = await until(
      () => Promise.resolve(product.mailbox.mails),
      ({ length }) => length > 0,
    );
    expect(mails).toHaveLength(1);
    // The mail server has it a moment before the worker writes that it was sent.
    const rows = await until(
      () => query<{ kind: string; state: string }>(product.databaseUrl, 'SELECT kind, state FROM outbox'),
      ([row]) => row?.state === 'sent',
    );
    expect(rows).toEqual([{ kind: 'import_finished', state: 'sent' }]);
    // The last worker is asked to stop and has nothing left to send.
    await product.stop();
    expect(product.mailbox.mails).toHaveLength(1);
  }, 300_000);
});

async function expectExact(product: Product, account: Client, end: ImportView): Promise<void> {
  const { created, updated, unchanged, failed, total } = expected;
  expect(end.state).toBe('finished');
  expect(end.rows).toEqual({ total, done: total, created, updated, unchanged, skipped: 0, failed });
  expect(end.rejected_by_code).toEqual(expected.rejectedByCode);
  await expectContacts(product, account);
  const rejected = await query<{ row: number; line: number; code: string }>(
    product.databaseUrl,
    `SELECT row_number AS row, line, codes ->> 0 AS code FROM import_rejected_rows WHERE import_id = $1 ORDER BY 1`,
    [end.id],
  );
  expect(rejected).toEqual(expected.rejected);
}

/** Kills the worker, without a chance to say goodbye, once so many rows are committed and before all of them are. */
async function killAfter(product: Product, account: Client, id: number, rows: number): Promise<void> {
  const ask = async () => (await account.get<ImportView>(account.at(`/imports/${id}`))).body;
  await until(ask, ({ rows: { done } }) => done >= rows, LIMIT_MS);
  const worker = product.worker;
  if (worker === null) throw new Error('There is no worker to kill.');
  const ended = once(worker, 'exit');
  worker.kill('SIGKILL');
  await ended;
  const { state, rows: progress } = await ask();
  expect(state).toBe('running');
  expect(progress.done).toBeLessThan(ROWS);
}

async function expectContacts(product: Product, account: Client): Promise<void> {
  const contacts = await query<{ name: string; phone_number: string; email: string | null }>(
    product.databaseUrl,
    'SELECT name, phone_number, email FROM contacts WHERE account_id = $1',
    [account.account],
  );
  expect(contacts).toHaveLength(expected.contacts);
  expect(digestContacts(contacts)).toBe(expected.digest);
}

async function blobOf({ bytes }: GeneratedContacts): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of bytes()) chunks.push(Uint8Array.from(chunk));
  return new Blob(chunks);
}

/** The most memory that a process ever held, as the kernel counted it. */
async function peakMegabytes(pid: number | undefined): Promise<string> {
  const status = await readFile(`/proc/${pid ?? 'self'}/status`, 'utf8');
  return (Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024).toFixed(0);
}
