import type { DryRun, ImportView, Problem } from '@ponte/contracts';
import type { ExpectedImport } from '@ponte/testing';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { query } from './setup/database';
import { everythingWritten } from './setup/everything';
import { generatedFile } from './setup/generated-file';
import { newMember } from './setup/people';
import { startProduct, until, type Product } from './setup/product';
import { filePart, multipart, RawRequest } from './setup/raw-request';

const ROWS = 20_000;

let product: Product;
let administrator: Client;
let large: { file: Blob; expected: ExpectedImport };

beforeAll(async () => {
  // Many batches, so that numbers that come again do so in another one.
  product = await startProduct({ env: { PONTE_BATCH_ROWS: '700', PONTE_UPLOAD_IDLE_SECONDS: '60' } });
  administrator = await Client.signedIn(product);
  large = await generatedFile(ROWS, 11);
});
afterAll(() => product.stop());

const HEADER = 'name,phone_number,email';
const file = (...rows: string[]) => [HEADER, ...rows, ''].join('\n');
const figures = ({ rows, rejected_by_code, ignored_columns }: DryRun | ImportView) => ({
  rows,
  rejected_by_code,
  ignored_columns,
});

/** Asks first, imports then, and expects the same; answers what was foreseen. */
async function expectForeseen(
  client: Client,
  content: string | Blob,
  options: Parameters<Client['upload']>[1] = {},
): Promise<DryRun> {
  const foreseen = await client.dryRun(content, options);
  const end = await client.import(content, options);
  expect(end.state).toBe('finished');
  expect(figures(foreseen)).toEqual(figures(end));
  return foreseen;
}

describe.each(['update', 'skip'] as const)(`a dry run of ${ROWS} rows with existing: %s`, (existing) => {
  const options = { options: JSON.stringify({ existing }) };

  it('foresees the import into an empty account, and again into the filled one', async () => {
    const client = await administrator.inNewAccount();
    const first = await expectForeseen(client, large.file, options);
    const { total, created, updated, unchanged, failed, rejectedByCode } = large.expected;
    const repeated = existing === 'update' ? { updated, unchanged } : { skipped: updated + unchanged };
    const zeros = { updated: 0, unchanged: 0, skipped: 0 };
    expect(first.rows).toEqual({ total, done: total, created, failed, ...zeros, ...repeated });
    expect(first.rejected_by_code).toEqual(rejectedByCode);

    const again = await expectForeseen(client, large.file, options);
    expect(again.rows).toMatchObject({ created: 0, failed });
    if (existing === 'skip') expect(again.rows.skipped).toBe(total - failed);
  });

  it('foresees the import into an account that has some of them, otherwise', async () => {
    const client = await administrator.inNewAccount();
    await client.import((await generatedFile(5_000, 11)).file);
    await query(
      product.databaseUrl,
      `UPDATE contacts SET name = name || ' II' WHERE account_id = $1 AND id % 3 = 0`,
      [client.account],
    );
    const { rows } = await expectForeseen(client, large.file, options);
    expect(rows.created).toBeGreaterThan(10_000);
    expect(existing === 'skip' ? rows.skipped : rows.updated).toBeGreaterThan(1_000);
  });
});

describe('a dry run', () => {
  const KNOWN = file('Ana Lima,+5511987654321,ana@example.com', 'Bia,+5521987654321,');

  it('shows contacts before and after, as the rows change them one after the other', async () => {
    const client = await administrator.inNewAccount();
    await client.import(KNOWN);
    const { rows, updates } = await client.dryRun(
      file(
        'Ana Lima,+5511987654321,',
        'Ana Souza,+55 11 98765-4321,',
        'x,1,',
        'Bia,+5521987654321,bia@example.com',
        'Caio,+5531987654321,',
        'Ana Prado,+5511987654321,prado@example.com',
        'Caio Reis,+5531987654321,',
      ),
    );
    expect(rows).toEqual({ total: 7, done: 7, created: 1, updated: 4, unchanged: 1, skipped: 0, failed: 1 });
    expect(updates).toEqual([
      {
        row: 2,
        phone_number: '+5511987654321',
        before: { name: 'Ana Lima', email: 'ana@example.com' },
        after: { name: 'Ana Souza', email: 'ana@example.com' },
      },
      {
        row: 4,
        phone_number: '+5521987654321',
        before: { name: 'Bia', email: null },
        after: { name: 'Bia', email: 'bia@example.com' },
      },
      {
        row: 6,
        phone_number: '+5511987654321',
        before: { name: 'Ana Souza', email: 'ana@example.com' },
        after: { name: 'Ana Prado', email: 'prado@example.com' },
      },
      {
        row: 7,
        phone_number: '+5531987654321',
        before: { name: 'Caio', email: null },
        after: { name: 'Caio Reis', email: null },
      },
    ]);
  });

  it('shows twenty of them at most', async () => {
    const client = await administrator.inNewAccount();
    const rows = (name: string) =>
      Array.from({ length: 30 }, (_, row) => `${name} ${row},+55119800000${10 + row},`);
    await client.import(file(...rows('Ana')));
    const { rows: counts, updates } = await client.dryRun(file(...rows('Bia')));
    expect(counts.updated).toBe(30);
    expect(updates.map(({ row }) => row)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('counts what our own export brings back as unchanged', async () => {
    const client = await administrator.inNewAccount();
    await client.import(file('=1+1,+5511987654321,', "'@x,+5521987654321,"));
    const { body } = await client.post<{ id: number }>(client.at('/exports'));
    await client.exportEnd(body.id);
    const exported = await client.get<string>(client.at(`/exports/${body.id}/file`));
    expect((await expectForeseen(client, exported.body)).rows.unchanged).toBe(2);
  });

  it('writes nothing and keeps nothing, whatever comes of it', async () => {
    const client = await administrator.inNewAccount();
    await client.import(KNOWN);
    const before = await everythingWritten(product);
    await client.dryRun(large.file);
    await client.dryRun(KNOWN);
    for (const refused of ['', 'a;b\n1;2\n', HEADER, 'name,phone_number\n"x']) {
      expect((await client.upload(refused, { path: '/imports/dry_run' })).status).toBe(422);
    }
    expect(await everythingWritten(product)).toEqual(before);
  });

  it.each([
    ['', 'import_empty_file', undefined],
    [HEADER, 'import_no_rows', undefined],
    ['name;phone_number\nAna;1\n', 'import_wrong_delimiter', 1],
    ['name,telefone\nAna,1\n', 'import_missing_column', 1],
    ['name,phone_number,Name\nAna,1,x\n', 'import_duplicate_column', 1],
    ['name,phone_number\nAna,1\n"x', 'import_malformed_csv', 3],
    [new Uint8Array([0x6e, 0x61, 0xe3, 0x0a]), 'import_not_utf8', 1],
  ])('of %j is refused as the import would be: %s', async (content, code, line) => {
    const client = await administrator.inNewAccount();
    const asked = await client.upload<Problem>(content, { path: '/imports/dry_run' });
    const sent = await client.upload<Problem>(content);
    expect(asked.body).toMatchObject({ code, ...(line === undefined ? {} : { line }) });
    expect([asked.status, asked.body]).toEqual([sent.status, sent.body]);
  });

  it.each(['{"existing":"delete"}', '{', '[]', '{"own_columns":["phone"]}'])(
    'with the options %s is refused',
    async (options) => {
      const answer = await administrator.upload<Problem>(KNOWN, { options, path: '/imports/dry_run' });
      expect([answer.status, answer.body.code]).toEqual([422, 'request_invalid']);
    },
  );

  it('knows nothing of other accounts', async () => {
    const client = await administrator.inNewAccount();
    await client.import(KNOWN);
    const elsewhere = await administrator.inNewAccount();
    const { rows, updates } = await elsewhere.dryRun(KNOWN.replace('Ana Lima', 'Ana'));
    expect([rows.created, rows.updated, updates]).toEqual([2, 0, []]);
  });

  it('is for administrators', async () => {
    const agent = await newMember(product, await administrator.inNewAccount(), 'agent');
    const { status, body } = await agent.client.upload<Problem>(KNOWN, { path: '/imports/dry_run' });
    expect([status, body.code]).toEqual([403, 'not_allowed']);
  });

  it('is exact for the moment at which it is asked while imports run, and hinders none', async () => {
    const client = await administrator.inNewAccount();
    const imports = [await client.upload(large.file), await client.upload(KNOWN)];
    const foreseen = await Promise.all(Array.from({ length: 5 }, () => client.dryRun(large.file)));
    for (const { rows } of foreseen) {
      expect(rows.created + rows.updated + rows.unchanged + rows.skipped + rows.failed).toBe(rows.total);
      expect(rows.failed).toBe(large.expected.failed);
    }
    for (const { body } of imports) expect((await client.importEnd(body.id)).state).toBe('finished');
    const { rows } = await expectForeseen(client, large.file);
    expect(rows.created).toBe(0);
  });
});

describe('a dry run that takes long', () => {
  let own: Product;
  let client: Client;
  let content: Blob;

  beforeAll(async () => {
    // One statement for each row: the whole file would take much longer than the tests wait.
    own = await startProduct({ worker: false, env: { PONTE_BATCH_ROWS: '1' } });
    client = await Client.signedIn(own);
    content = (await generatedFile(100_000, 5)).file;
  });
  afterAll(() => own.stop());

  const begun = () =>
    until(
      () => comparing(own),
      (count) => count > 0,
    );

  it('stops at once when the caller goes away, and nothing is left of it', async () => {
    const before = await everythingWritten(own);
    const body = multipart([filePart(await content.text())]);
    const request = await RawRequest.open(client, client.at('/imports/dry_run'), {
      'content-length': String(body.length),
    });
    request.write(body);
    await begun();
    expect(request.status).toBeNull();
    request.cut();
    const after = await until(
      () => everythingWritten(own),
      (now) => JSON.stringify(now) === JSON.stringify(before),
      5_000,
    );
    expect(after).toEqual(before);
    expect(await comparing(own)).toBe(0);
    expect((await client.dryRun(file('Ana,+5511987654321,'))).rows.created).toBe(1);
  });

  it('does not keep a process that is to stop', async () => {
    const answer = client.upload<Problem>(content, { path: '/imports/dry_run' }).catch(() => null);
    await begun();
    const started = performance.now();
    await own.stop();
    expect(performance.now() - started).toBeLessThan(10_000);
    expect((await answer)?.status ?? 503).toBe(503);
    expect(await query(own.databaseUrl, 'SELECT 1 FROM pending_files')).toEqual([]);
  });
});

/** Transactions that compare rows with contacts at this moment. */
async function comparing({ databaseUrl }: Product): Promise<number> {
  const [row] = await query<{ count: number }>(
    databaseUrl,
    `SELECT count(*)::int FROM pg_stat_activity
     WHERE datname = current_database() AND xact_start IS NOT NULL AND query LIKE 'SELECT id, phone_number%'`,
  );
  return row?.count ?? 0;
}

describe('a dry run of 300,000 rows', () => {
  it('lets other requests live, and its memory does not grow with the file', async ({ annotate }) => {
    // A process that held the rows, or only the texts that they were cut from, would run out of this.
    const own = await startProduct({ worker: false, env: { NODE_OPTIONS: '--max-old-space-size=128' } });
    try {
      const client = await Client.signedIn(own);
      const { file: content, expected } = await generatedFile(300_000, 3);
      const before = await peakMegabytes(own.http.pid);
      const started = performance.now();
      const asked = client.dryRun(content).finally(() => (seconds = (performance.now() - started) / 1000));
      let seconds = 0;
      let slowest = 0;
      while (seconds === 0) {
        const sent = performance.now();
        await fetch(`${own.url}/health/live`);
        slowest = Math.max(slowest, performance.now() - sent);
        await pause(20);
      }
      const { rows } = await asked;
      const { total, created, updated, unchanged, failed } = expected;
      expect(rows).toEqual({ total, done: total, created, updated, unchanged, skipped: 0, failed });
      await annotate(
        `${seconds.toFixed(2)} s, peak memory of the HTTP process ${await peakMegabytes(own.http.pid)} MB ` +
          `(${before} MB before), slowest other request ${slowest.toFixed(0)} ms`,
      );
    } finally {
      await own.stop();
    }
  }, 300_000);
});

/** The most memory that a process ever held, as the kernel counted it. */
async function peakMegabytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid ?? 'self'}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024);
}
