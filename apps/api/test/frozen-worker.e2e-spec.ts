import type { ImportView } from '@ponte/contracts';
import { digestContacts, generateContactsCsv } from '@ponte/testing';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Client as Connection } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { generatedFile } from './setup/generated-file';
import { startProduct, until, type Product, type ProductOptions } from './setup/product';

const SMALL = 'name,phone_number\nAna,+5511987654321\nBia,+5521987654321\n';
const LIMIT_MS = 120_000;

interface Sample {
  file: Blob;
  rows: ImportView['rows'];
  digest: string;
  rejected: readonly unknown[];
}

/** Usual rows, in many small batches over two lanes. */
async function usualFile(): Promise<Sample> {
  const { file, expected } = await generatedFile(20_000, 41);
  const { total, created, updated, unchanged, failed, digest, rejected } = expected;
  const rows = { total, done: total, created, updated, unchanged, skipped: 0, failed };
  return { file, rows, digest, rejected };
}

/** Names so long that a batch does not fit into what the kernel keeps between worker and PostgreSQL. */
async function longFile(): Promise<Sample> {
  const contacts = generateContactsCsv({ rows: 40_000, seed: 5 })
    .contacts()
    .slice(0, 30_000)
    .map(({ phone_number, name }) => ({ phone_number, name: name.padEnd(490, 'a'), email: null }));
  const lines = contacts.map(({ name, phone_number }) => `"${name.replaceAll('"', '""')}",${phone_number}`);
  const { length: total } = contacts;
  return {
    file: new Blob([['name,phone_number', ...lines, ''].join('\n')]),
    rows: { total, done: total, created: total, updated: 0, unchanged: 0, skipped: 0, failed: 0 },
    digest: digestContacts(contacts),
    rejected: [],
  };
}

const EMBEDDED: ProductOptions = { postgres: 'embedded' };
const DEBIAN: ProductOptions = { postgres: 'debian', redis: true };
const BETWEEN = `state = 'idle in transaction'`;
const IN_COPY = `state = 'active' AND wait_event = 'ClientRead'`;

/** Where the import's backends stand while their worker does nothing. */
const CASES: [string, ProductOptions, string, string, () => Promise<Sample>][] = [
  ['between two statements, with the queue in PostgreSQL', EMBEDDED, BETWEEN, '1000', usualFile],
  ['between two statements, with Bull over Redis', DEBIAN, BETWEEN, '1000', usualFile],
  ['inside a COPY, with the queue in PostgreSQL', EMBEDDED, IN_COPY, '16000', longFile],
  ['inside a COPY, with Bull over Redis', DEBIAN, IN_COPY, '16000', longFile],
];

describe.each(CASES)('a worker that freezes %s', (_, options, condition, batchRows, sampleOf) => {
  let sample: Sample;
  let product: Product;
  let administrator: Client;
  let watcher: Connection;
  let frozen: ChildProcess;
  let healthy: ChildProcess;
  let client: Client;
  let id: number;
  const workers: ChildProcess[] = [];

  beforeAll(async () => {
    sample = await sampleOf();
    product = await startProduct({ ...options, worker: false, env: { PONTE_BATCH_ROWS: batchRows } });
    administrator = await Client.signedIn(product);
    watcher = new Connection({ connectionString: product.databaseUrl });
    await watcher.connect();
  });
  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGCONT');
    await watcher.end();
    await product.stop();
  });

  /** An import under way whose worker stands still, and a second worker that is there. */
  beforeEach(async () => {
    client = await administrator.inNewAccount();
    frozen = await startWorker();
    id = (await client.upload(sample.file)).body.id;
    await until(show, ({ rows }) => rows.done > 0, LIMIT_MS);
    await freeze();
    healthy = await startWorker();
  }, 2 * LIMIT_MS);

  const ask = async <Row extends object>(sql: string, params: unknown[] = []) =>
    (await watcher.query<Row>(sql, params)).rows;
  const show = async () => (await client.get<ImportView>(client.at(`/imports/${id}`))).body;

  /** Starts a worker and waits until it listens. */
  async function startWorker(): Promise<ChildProcess> {
    const listeners = () =>
      ask(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'ponte listener'`,
      );
    const before = (await listeners()).length;
    const worker = product.startWorker();
    workers.push(worker);
    await until(listeners, ({ length }) => length > before, LIMIT_MS);
    return worker;
  }

  /** Stops the worker again and again, until it leaves a backend of its import as the condition says. */
  async function freeze(): Promise<void> {
    const backends = `SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND application_name LIKE 'ponte imports ${id} %' AND ${condition}`;
    for (let tries = 0; (await show()).state === 'running'; tries += 1) {
      frozen.kill('SIGSTOP');
      // What it has sent is done by then.
      await pause(100);
      if ((await ask(backends)).length > 0) return;
      frozen.kill('SIGCONT');
      await pause(tries % 13);
    }
    throw new Error('The import ended before its worker stood still.');
  }

  /** The frozen worker goes on, finds out that it has lost its run, and takes another one. */
  async function goOn(other: Client): Promise<void> {
    const ended = once(healthy, 'exit');
    healthy.kill('SIGTERM');
    await ended;
    frozen.kill('SIGCONT');
    expect((await other.import(SMALL)).state).toBe('finished');
    frozen.kill('SIGTERM');
    await once(frozen, 'exit');
  }

  it('stops nobody: another one ends the import, and a small one goes by', async ({ annotate }) => {
    const began = performance.now();
    const other = await administrator.inNewAccount();
    expect((await other.import(SMALL)).state).toBe('finished');
    const small = performance.now() - began;
    expect((await client.get(client.at('/contacts'))).status).toBe(200);
    const end = await client.importEnd(id, LIMIT_MS);
    const whole = performance.now() - began;
    await expectWhole(end);
    await goOn(other);
    await expectWhole(await show());
    await annotate(
      `the small import took ${small.toFixed(0)} ms, the whole one ended after ${whole.toFixed(0)} ms`,
    );
    expect(small).toBeLessThan(10_000);
    expect(whole).toBeLessThan(60_000);
  }, 300_000);

  it('keeps no cancel waiting, and what it had written is counted', async ({ annotate }) => {
    const began = performance.now();
    const cancels = await Promise.all(
      Array.from({ length: 12 }, () => client.post<ImportView>(client.at(`/imports/${id}/cancel`))),
    );
    const waited = performance.now() - began;
    expect(cancels.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 202));
    const other = await administrator.inNewAccount();
    expect((await other.get(other.at('/contacts'))).status).toBe(200);
    const end = await client.importEnd(id, LIMIT_MS);
    expect(end.state).toBe('cancelled');
    await expectCounted(end);
    await goOn(other);
    await expectCounted(await show());
    await annotate(`twelve cancels were answered within ${waited.toFixed(0)} ms`);
    expect(waited).toBeLessThan(5_000);
  }, 300_000);

  const contacts = () =>
    ask<{ name: string; phone_number: string; email: string | null }>(
      'SELECT name, phone_number, email FROM contacts WHERE account_id = $1',
      [client.account],
    );
  const rejected = () =>
    ask(
      `SELECT row_number AS row, line, codes ->> 0 AS code FROM import_rejected_rows WHERE import_id = $1 ORDER BY 1`,
      [id],
    );

  async function expectWhole(end: ImportView): Promise<void> {
    expect(end.state).toBe('finished');
    expect(end.rows).toEqual(sample.rows);
    expect(digestContacts(await contacts())).toBe(sample.digest);
    expect(await rejected()).toEqual(sample.rejected);
  }

  async function expectCounted({ rows }: ImportView): Promise<void> {
    expect(rows.created + rows.updated + rows.unchanged + rows.failed).toBe(rows.done);
    expect(rows.skipped).toBe(rows.total - rows.done);
    expect(await contacts()).toHaveLength(rows.created);
    expect(await rejected()).toHaveLength(rows.failed);
  }
});
