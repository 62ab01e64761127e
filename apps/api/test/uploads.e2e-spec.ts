import type { FieldIssue, ImportView, Problem } from '@ponte/contracts';
import { corpusHttpCases } from '@ponte/testing';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { query } from './setup/database';
import { startProduct, until, type Product } from './setup/product';
import {
  BOUNDARY,
  filePart,
  multipart,
  MULTIPART,
  RawRequest,
  textPart,
  type Part,
} from './setup/raw-request';
import { storedFiles } from './setup/stored-files';

const IDLE_SECONDS = 2;
const FILE = 'name,phone_number\nAna,+5511987654321\n';

let product: Product;
let administrator: Client;

beforeAll(async () => {
  product = await startProduct({ env: { PONTE_UPLOAD_IDLE_SECONDS: String(IDLE_SECONDS) } });
  administrator = await Client.signedIn(product);
});
afterAll(() => product.stop());

/** Everything that uploads leave: rows, and files in the storage. */
async function traces(): Promise<unknown> {
  const [imports] = await query<{ count: string }>(product.databaseUrl, 'SELECT count(*) FROM imports');
  const [jobs] = await query<{ count: string }>(product.databaseUrl, 'SELECT count(*) FROM jobs');
  return { imports, jobs, files: await storedFiles(product) };
}

async function expectAlive(): Promise<void> {
  expect((await fetch(`${product.url}/health/ready`)).status).toBe(200);
  expect(product.http.exitCode).toBeNull();
  const client = await administrator.inNewAccount();
  expect((await client.import(FILE)).rows.created).toBe(1);
}

async function post(body: Uint8Array, headers: Record<string, string> = {}) {
  const client = await administrator.inNewAccount();
  const answer = await client.send<Problem & ImportView>('POST', client.at('/imports'), {
    headers: { 'content-type': MULTIPART, ...headers },
    body: Uint8Array.from(body),
  });
  return { client, ...answer };
}

const open = (client: Client, headers: Record<string, string>) =>
  RawRequest.open(client, client.at('/imports'), headers);

/** Which test shows which misbehaving client of the corpus. */
const SHOWN: Record<string, string> = {
  'Content-Length 10 GB, body never sent': 'a length that is too much',
  'body of 1 byte per second': 'a trickle',
  'connection cut at 50 %': 'a connection that is cut',
  'multipart without final boundary / with 10 000 parts / with field name __proto__ / empty field name':
    'a form that is none',
  'same Idempotency-Key, same file, twice in parallel': 'imports.e2e-spec.ts',
  'same Idempotency-Key, other file': 'imports.e2e-spec.ts',
  'Content-Type text/html with CSV body; charset=utf-16 parameter with UTF-8 body':
    'what a part calls itself',
  'Content-Encoding: gzip bomb': 'a compressed body',
};

it('every misbehaving client of the corpus has its test', () => {
  expect(corpusHttpCases().map((entry) => entry.case)).toEqual(Object.keys(SHOWN));
});

describe('a length that is too much', () => {
  it('is refused before the body is sent, and waits for none of it', async () => {
    const before = await traces();
    const request = await open(administrator, { 'content-length': String(10 * 1024 ** 3) });
    await until(
      async () => request.status,
      (status) => status !== null,
      5_000,
    );
    expect(request.status).toBe(413);
    expect(request.answer).toContain('"code":"import_too_large"');
    // Node closes what says nothing for five seconds after its answer.
    await until(async () => request.isClosed, Boolean);
    expect(request.isClosed).toBe(true);
    expect(await traces()).toEqual(before);
  });
});

describe('a trickle', () => {
  it('is ended at the limit while other uploads pass', async () => {
    const client = await administrator.inNewAccount();
    const before = await traces();
    const started = performance.now();
    const request = await open(client, { 'content-length': '100000' });
    request.write(multipart([filePart(FILE)], ''));
    const timer = setInterval(() => request.write('x'), 1000);
    await until(async () => request.isClosed, Boolean, 30_000);
    clearInterval(timer);
    expect(request.isClosed).toBe(true);
    expect(performance.now() - started).toBeGreaterThan(IDLE_SECONDS * 1_000 - 100);
    expect(request.status).toBe(408);
    expect(request.answer).toContain('"code":"upload_too_slow"');
    expect(await traces()).toEqual(before);
    await expectAlive();
  });
});

describe('a connection that is cut', () => {
  it.each([
    ['in the middle of the file', 0.5],
    ['before the final boundary', 0.99],
    ['in the head of the part', 0.001],
  ])('%s leaves nothing, and its Idempotency-Key is free', async (_, share) => {
    const client = await administrator.inNewAccount();
    const before = await traces();
    const rows = Array.from({ length: 2_000 }, (__, row) => `Pessoa ${row},+55119${80_000_000 + row}\n`);
    const content = `name,phone_number\n${rows.join('')}`;
    const body = multipart([filePart(content)]);
    const request = await open(client, { 'content-length': String(body.length), 'idempotency-key': 'k' });
    request.write(body.subarray(0, Math.floor(body.length * share)));
    if (share > 0.1) {
      // The half is being written when the connection goes.
      await until(
        () => storedFiles(product),
        (files) => files.some((name) => name.includes('.partial-')),
        5_000,
      );
    }
    request.cut();
    const after = await until(traces, (now) => JSON.stringify(now) === JSON.stringify(before), 5_000);
    expect(after).toEqual(before);
    const end = await client.import(content, { headers: { 'idempotency-key': 'k' } });
    expect(end.rows).toMatchObject({ total: 2_000, created: 2_000 });
  });
});

describe('a form that is none', () => {
  const good = filePart(FILE);
  const many = (count: number) => Array.from({ length: count }, (_, index) => textPart(`field-${index}`));

  it.each<[string, Uint8Array, number, Record<string, string>?]>([
    ['has no final boundary', multipart([good], ''), 400],
    ['ends in the head of a part', Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-da`), 400],
    ['has 10,000 parts', multipart([...many(10_000), good]), 400],
    ['has 10,000 parts behind the file', multipart([good, ...many(10_000)]), 400],
    ['has two files', multipart([good, filePart(FILE)]), 400],
    [
      'has a part with 10,000 headers',
      multipart([
        { ...good, headers: [...good.headers, ...Array.from({ length: 10_000 }, (_, i) => `X-${i}: x`)] },
      ]),
      400,
    ],
    [
      'has a header of 1 MB',
      multipart([{ ...good, headers: [...good.headers, `X-Long: ${'x'.repeat(1_000_000)}`] }]),
      400,
    ],
    ['has a file under the name __proto__', multipart([filePart(FILE, '__proto__')]), 422],
    ['has a file under the name constructor', multipart([filePart(FILE, 'constructor')]), 422],
    ['has a file under an empty name', multipart([filePart(FILE, '')]), 422],
    ['has a file under a name of 100 kB', multipart([filePart(FILE, 'x'.repeat(100_000))]), 400],
    ['has only text', multipart([textPart('file', FILE)]), 422],
    ['has no parts', multipart([]), 422],
    ['is empty', new Uint8Array(), 400],
    ['is no multipart', Buffer.from(FILE), 400],
    [
      'has another boundary',
      multipart([good]),
      400,
      { 'content-type': 'multipart/form-data; boundary=other' },
    ],
    ['has no boundary', multipart([good]), 400, { 'content-type': 'multipart/form-data' }],
    ['is CSV as it is', Buffer.from(FILE), 400, { 'content-type': 'text/csv' }],
    ['is JSON', Buffer.from('{}'), 400, { 'content-type': 'application/json' }],
    ['is called text/html', multipart([good]), 400, { 'content-type': 'text/html' }],
  ])('because it %s is refused and leaves nothing', async (_, body, expected, headers = {}) => {
    const before = await traces();
    const { status, body: problem } = await post(body, headers);
    expect([status, problem.code]).toEqual([
      expected,
      expected === 400 ? 'upload_malformed' : 'upload_no_file',
    ]);
    expect(await traces()).toEqual(before);
  });

  it('harms no process', expectAlive);

  it.each<[string, Part[], FieldIssue[]]>([
    [
      'fields that nobody knows',
      [textPart('__proto__'), textPart('constructor')],
      [
        { field: '__proto__', code: 'unknown' },
        { field: 'constructor', code: 'unknown' },
      ],
    ],
    [
      'a misspelt one',
      [textPart('option', '{"existing":"skip"}')],
      [{ field: 'option', code: 'unknown', nearest: 'options' }],
    ],
    [
      'options twice',
      [textPart('options', '{"existing":"skip"}'), textPart('options', '{}')],
      [{ field: 'options', code: 'repeated' }],
    ],
    [
      'options outside of the options',
      [textPart('existing', 'skip')],
      [{ field: 'existing', code: 'unknown' }],
    ],
  ])('is refused with %s, and imports nothing', async (_, parts, issues) => {
    const before = await traces();
    for (const form of [
      [...parts, good],
      [good, ...parts],
    ]) {
      const { status, body } = await post(multipart(form));
      expect([status, body.code, body.issues]).toEqual([422, 'request_invalid', issues]);
    }
    expect(await traces()).toEqual(before);
  });
});

describe('what a part calls itself', () => {
  it.each([
    'text/html',
    'text/csv; charset=utf-16',
    'application/vnd.ms-excel',
    'application/octet-stream',
    'image/png',
    '',
  ])('is not asked when it is "%s": the bytes decide', async (type) => {
    const content = 'name,phone_number\nJoão Conceição,+5511987654321\n';
    const { client, status, body } = await post(multipart([filePart(content, 'file', 'c.csv', type)]));
    expect(status).toBe(202);
    expect((await client.importEnd(body.id)).rows.created).toBe(1);
    expect((await client.allContacts())[0]?.name).toBe('João Conceição');
  });
});

describe('a compressed body', () => {
  it.each(['gzip', 'deflate', 'br', 'gzip, identity'])(
    '(%s) is refused, whatever it would grow to',
    async (encoding) => {
      const before = await traces();
      const bomb = gzipSync(multipart([filePart(`name,phone_number\n${'x'.repeat(10_000_000)}`)]));
      const { status, body } = await post(bomb, { 'content-encoding': encoding });
      expect([status, body.code]).toEqual([400, 'upload_malformed']);
      expect(await traces()).toEqual(before);
    },
  );
});

describe('a body that is not wanted', () => {
  const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');

  /** Sends until the connection ends, and answers how much went out. */
  async function pour(request: RawRequest, megabytes: number): Promise<number> {
    let sent = 0;
    while (sent < megabytes && (await request.writeAll(MEGABYTE))) sent += 1;
    return sent;
  }

  it.each<[string, () => Client | Promise<Client>, string, number]>([
    ['of a stranger', () => new Client(product), '/accounts/1/imports', 401],
    ['for a stranger’s account', () => administrator, '/accounts/999999/imports', 404],
    ['at the sign-in', () => new Client(product), '/auth/sign_in', 422],
    ['where nobody takes it', () => new Client(product), '/nowhere', 404],
  ])('%s is answered and the connection closed, without 600 MB', async (_, clientOf, path, status) => {
    const request = await RawRequest.open(await clientOf(), path, {
      'content-length': String(600 * 1024 ** 2),
    });
    const sent = await pour(request, 600);
    expect(sent).toBeLessThan(100);
    await until(async () => request.isClosed, Boolean, 10_000);
    expect([request.isClosed, request.status]).toEqual([true, status]);
    expect(request.answer).toMatch(/^connection: close\r$/im);
  });

  it('because its file is refused is answered before it has come', async () => {
    const client = await administrator.inNewAccount();
    const request = await RawRequest.open(client, client.at('/imports'), {
      'content-length': String(400 * 1024 ** 2),
    });
    request.write(multipart([filePart('nome;telefone\nAna;1\n')], '').subarray(0, -2));
    expect(await pour(request, 400)).toBeLessThan(400);
    await until(async () => request.isClosed, Boolean, 10_000);
    expect([request.isClosed, request.status]).toEqual([true, 422]);
  });

  it('gives its sender time to read the answer', async () => {
    const answer = await fetch(`${product.url}/api/v1/accounts/1/imports`, {
      method: 'POST',
      headers: { 'content-type': MULTIPART },
      body: Buffer.alloc(5 * 1024 ** 2, 'x'),
    });
    expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([401, 'sign_in_required']);
  });
});

describe('a process that is to stop', () => {
  it('ends uploads that do not come to their end, with an answer', async () => {
    const own = await startProduct({ worker: false });
    const client = await Client.signedIn(own);
    const request = await RawRequest.open(client, client.at('/imports'), { 'content-length': '100000000' });
    request.write(multipart([filePart(FILE)], ''));
    const timer = setInterval(() => request.write('x'.repeat(10_000)), 100);
    await until(
      () => query(own.databaseUrl, 'SELECT 1 FROM pending_files'),
      (files) => files.length > 0,
    );
    const began = performance.now();
    await own.stop();
    clearInterval(timer);
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(own.http.exitCode).toBe(0);
    expect([request.status, request.answer]).toEqual([503, expect.stringContaining('"code":"unavailable"')]);
  });
});

describe('an upload that is fast enough at every moment', () => {
  it('is ended when it takes too long in all', async () => {
    const own = await startProduct({ worker: false, env: { PONTE_UPLOAD_MAX_SECONDS: '3' } });
    const client = await Client.signedIn(own);
    const request = await RawRequest.open(client, client.at('/imports'), { 'content-length': '100000000' });
    request.write(multipart([filePart(FILE)], ''));
    const timer = setInterval(() => request.write('x'.repeat(10_000)), 100);
    await until(async () => request.isClosed, Boolean, 15_000);
    clearInterval(timer);
    expect([request.status, request.answer]).toEqual([
      408,
      expect.stringContaining('"code":"upload_too_slow"'),
    ]);
    await own.stop();
  });
});
