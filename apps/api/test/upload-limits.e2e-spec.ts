import type { ImportView, Problem } from '@ponte/contracts';
import { corpusUploadNames } from '@ponte/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { query } from './setup/database';
import { startProduct, until, type Product } from './setup/product';
import { filePart, multipart, RawRequest } from './setup/raw-request';
import { storedFiles } from './setup/stored-files';

const MAX_BYTES = 100_000;
const MAX_ROWS = 50;
const PER_HOUR = 4;

let product: Product;
let administrator: Client;

beforeAll(async () => {
  const env = {
    PONTE_MAX_FILE_BYTES: String(MAX_BYTES),
    PONTE_MAX_ROWS: String(MAX_ROWS),
    PONTE_UPLOADS_PER_HOUR: String(PER_HOUR),
  };
  product = await startProduct({ env });
  administrator = await Client.signedIn(product);
});
afterAll(() => product.stop());

const HEADER = 'name,phone_number\n';
const FILE = `${HEADER}Ana,+5511987654321\nBia,none\n`;
const rows = (count: number) =>
  Array.from({ length: count }, (_, row) => `P${row},+55119${80_000_000 + row}\n`).join('');
/** A good file of exactly this size. */
const sized = (bytes: number) => `${FILE}${'\n'.repeat(bytes - FILE.length)}`;

describe('a file over a limit', () => {
  it.each<[string, string, number, Partial<Problem>]>([
    ['of bytes', sized(MAX_BYTES + 1), 413, { code: 'import_too_large', params: { limit: MAX_BYTES } }],
    [
      'of bytes by much',
      sized(30 * MAX_BYTES),
      413,
      { code: 'import_too_large', params: { limit: MAX_BYTES } },
    ],
    ['of rows', HEADER + rows(MAX_ROWS + 1), 422, { code: 'import_too_many_rows', line: MAX_ROWS + 2 }],
    [
      'of columns',
      `${HEADER.trim()}${','.repeat(20_000)}\nAna,+5511987654321\n`,
      422,
      { code: 'import_too_many_columns', line: 1 },
    ],
  ])('%s is refused with its limit and leaves nothing behind', async (_, content, expected, problem) => {
    const client = await administrator.inNewAccount();
    const before = await storedFiles(product);
    const { status, body } = await client.upload<Problem>(content);
    expect([status, body]).toEqual([expected, expect.objectContaining(problem)]);
    expect(await storedFiles(product)).toEqual(before);
    expect((await client.get<{ payload: unknown[] }>(client.at('/imports'))).body.payload).toEqual([]);
  });

  it('of bytes is refused too when nobody said how long it is', async () => {
    const client = await administrator.inNewAccount();
    const before = await storedFiles(product);
    const request = await RawRequest.open(client, client.at('/imports'), { 'transfer-encoding': 'chunked' });
    const body = multipart([filePart(sized(MAX_BYTES * 2))]);
    request.write(`${body.length.toString(16)}\r\n`);
    request.write(body);
    request.write('\r\n0\r\n\r\n');
    await until(
      async () => request.status,
      (status) => status !== null,
      5_000,
    );
    expect([request.status, request.answer]).toEqual([413, expect.stringContaining('import_too_large')]);
    request.cut();
    expect(await storedFiles(product)).toEqual(before);
  });

  it.each([
    ['bytes', sized(MAX_BYTES), 2],
    ['rows', HEADER + rows(MAX_ROWS), MAX_ROWS],
  ])('is one row or byte longer than this: exactly the limit of %s passes', async (_, content, total) => {
    const client = await administrator.inNewAccount();
    expect((await client.import(content)).rows.total).toBe(total);
  });
});

it('uploads in an hour are counted by account, good and bad alike', async () => {
  const client = await administrator.inNewAccount();
  for (let upload = 1; upload <= PER_HOUR; upload += 1) {
    expect((await client.upload(upload % 2 === 0 ? FILE : '')).status).toBe(upload % 2 === 0 ? 202 : 422);
  }
  const { status, body, headers } = await client.upload<Problem>(FILE);
  expect([status, body.code]).toEqual([429, 'too_many_requests']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(3_000);
  expect((await (await administrator.inNewAccount()).upload(FILE)).status).toBe(202);
});

describe('the name of an uploaded file', () => {
  const NAMES = corpusUploadNames().map(({ name }) => [JSON.stringify(name).slice(0, 60), name] as const);

  /** Nothing that acts instead of being shown. */
  const SHOWABLE = /^[^\p{Cc}\p{Cf}/\\]{1,255}$/u;
  const SAFE_DISPOSITION = /^attachment; filename="[\w. -]+"; filename\*=UTF-8''[\w.%'()*!~-]+$/;

  async function expectHarmless(client: Client, run: ImportView): Promise<void> {
    expect([...run.file_name].length).toBeLessThanOrEqual(255);
    expect(run.file_name).toMatch(SHOWABLE);
    expect(['.', '..']).not.toContain(run.file_name);
    const stored = await query<{ storage_key: string }>(
      product.databaseUrl,
      'SELECT storage_key FROM imports WHERE id = $1',
      [run.id],
    );
    expect(stored[0]?.storage_key).toMatch(/^uploads\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.csv$/);
    expect(await storedFiles(product)).toContain(stored[0]?.storage_key);
    expect((await client.importEnd(run.id)).rows).toMatchObject({ created: 1, failed: 1 });
    const shown = await client.get<ImportView>(client.at(`/imports/${run.id}`));
    expect(shown.headers.get('content-type')).toMatch(/^application\/json/);
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    const { headers } = await client.get(client.at(`/imports/${run.id}/rejected_rows.csv`));
    expect(headers.get('content-disposition')).toMatch(SAFE_DISPOSITION);
    expect(headers.get('set-cookie')).toBeNull();
  }

  it.each(NAMES)('%s is text, as a browser sends it', async (_, name) => {
    const client = await administrator.inNewAccount();
    const { status, body } = await client.upload(FILE, { name });
    // No browser knows a file whose name has a NUL: such a form is none.
    expect(status).toBe(name.includes('\0') ? 400 : 202);
    if (status === 202) await expectHarmless(client, body);
  });

  it.each(NAMES)('%s is text, byte for byte in the header', async (_, name) => {
    const client = await administrator.inNewAccount();
    const before = await storedFiles(product);
    const body = multipart([filePart(FILE, 'file', name)]);
    const request = await RawRequest.open(client, client.at('/imports'), {
      'content-length': String(body.length),
      connection: 'close',
    });
    request.write(body);
    await until(async () => request.isClosed, Boolean, 5_000);
    const text = request.answer.split('\r\n\r\n').slice(1).join('');
    const answered = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as ImportView &
      Problem;
    // Some break the header that they stand in: such a part is none, and nothing is kept of it.
    if (request.status === 202) return expectHarmless(client, answered);
    expect(['upload_malformed', 'upload_no_file']).toContain(answered.code);
    expect(await storedFiles(product)).toEqual(before);
  });

  it.each([
    ['contatos março 😀.csv', 'contatos março 😀.csv'],
    ['C:\\Users\\ana\\contatos.csv', 'contatos.csv'],
    ['/home/ana/contatos.csv', 'contatos.csv'],
    ['', 'contacts.csv'],
    ['..', 'contacts.csv'],
    ['<b>.csv', '<b>.csv'],
    ['=1+1.csv', '=1+1.csv'],
  ])('%j is shown as %j', async (name, shown) => {
    const client = await administrator.inNewAccount();
    expect((await client.upload(FILE, { name })).body.file_name).toBe(shown);
  });
});
