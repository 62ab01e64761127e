import { ROUTES, type Problem } from '@ponte/contracts';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { startProduct, until, type Product } from './setup/product';

let product: Product;

beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.stop());

const get = (path: string, init: RequestInit = {}) => fetch(`${product.url}${path}`, init);

describe('the documentation', () => {
  it('is a page that loads with everything it names', async () => {
    const page = await get('/api/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const html = await page.text();
    const named = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(named.length).toBeGreaterThanOrEqual(3);
    for (const path of named) {
      const asset = await get(path);
      expect([path, asset.status]).toEqual([path, 200]);
      expect((await asset.arrayBuffer()).byteLength).toBeGreaterThan(50);
    }
    // The page's own rules allow it: no script or style from elsewhere, none written into the page.
    expect(html).not.toMatch(/<script(?![^>]*src=)|https?:\/\//);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  it.each(['/api/docs/package.json', '/api/docs/..%2fpackage.json', '/api/docs/index.html'])(
    'gives no other file: %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it('is an OpenAPI 3.1 document of every route, whose references lead somewhere', async () => {
    const response = await get('/api/docs/openapi.json');
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const text = await response.text();
    const document = JSON.parse(text) as {
      openapi: string;
      servers: { url: string }[];
      paths: Record<
        string,
        Record<string, { responses: Record<string, unknown>; parameters: { name: string; in: string }[] }>
      >;
    };
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(document.servers).toEqual([{ url: `${product.url}/api/v1` }]);
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    expect(described.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
    for (const [path, operations] of Object.entries(document.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters, responses } of Object.values(operations)) {
        expect(parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(inPath);
        expect(Object.keys(responses)).toContain('default');
      }
    }
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference ?? '');
    expect(references.length).toBeGreaterThan(0);
    for (const reference of new Set(references)) {
      expect(reference).toMatch(/^#\//);
      const target = reference
        .slice(2)
        .split('/')
        .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
      expect([reference, target]).toEqual([reference, expect.any(Object)]);
    }
  });
});

describe('for those who watch over it', () => {
  it('says that it lives and that it is ready', async () => {
    expect(await (await get('/health/live')).json()).toEqual({ status: 'ok' });
    const ready = await get('/health/ready');
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok', missing: [] }]);
  });

  it('says that it is not ready when files cannot be stored', async () => {
    const files = join(product.dataDirectory, 'files');
    await rename(files, `${files}-away`);
    // A file where the folder should be: nothing can be stored below it.
    await writeFile(files, '');
    // The answer of a check is kept for some seconds.
    const ready = async () => {
      const answer = await get('/health/ready');
      return { status: answer.status, body: (await answer.json()) as object };
    };
    try {
      expect(await until(ready, ({ status }) => status === 503)).toEqual({
        status: 503,
        body: { status: 'unavailable', missing: ['storage'] },
      });
      expect((await get('/health/live')).status).toBe(200);
    } finally {
      await rm(files);
      await rename(`${files}-away`, files);
    }
    expect((await until(ready, ({ status }) => status === 200)).status).toBe(200);
  });

  it('counts runs by state for Prometheus, without a name or a number of anybody', async () => {
    const client = await (await Client.signedIn(product)).inNewAccount();
    await client.import('name,phone_number\nZuleica,+5511987654321\n');
    const metrics = await get('/metrics');
    expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await metrics.text();
    expect(text).toMatch(/^ponte_runs\{kind="import",state="queued"\} \d+$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d/m);
    for (const line of text.split('\n').filter(Boolean))
      expect(line).toMatch(/^(# (HELP|TYPE) |[a-z_0-9]+(\{[^}]*\})? \S+$)/);
    expect(text).not.toMatch(/Zuleica|987654321/);
  });
});

describe('every answer', () => {
  it.each(['/health/live', '/api/docs', '/api/v1/profile', '/api/v1/nowhere', '/nowhere'])(
    '%s carries the headers that protect it',
    async (path) => {
      const { headers } = await get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toMatch(
        /default-src 'self'.*frame-ancestors 'none'.*object-src 'none'/,
      );
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );
});

describe('a request that nothing answers', () => {
  const json = { 'content-type': 'application/json' };
  const post = (body: string, headers: Record<string, string> = json): RequestInit => ({
    method: 'POST',
    headers,
    body,
  });

  it.each<[string, string, RequestInit, number, string]>([
    ['an unknown address', '/api/v1/nowhere', {}, 404, 'not_found'],
    ['an unknown version', '/api/v2/profile', {}, 404, 'not_found'],
    ['an address of nothing', '/nowhere', {}, 404, 'not_found'],
    ['an unknown method', '/api/v1/profile', { method: 'PUT' }, 405, 'method_not_allowed'],
    ['an address that cannot be decoded', '/api/v1/accounts/%E0%A4%A/contacts', {}, 422, 'request_invalid'],
    ['half of JSON', '/api/v1/auth/sign_in', post('{"email":'), 422, 'request_invalid'],
    ['no JSON', '/api/v1/auth/sign_in', post('email=a'), 422, 'request_invalid'],
    [
      'a form',
      '/api/v1/auth/sign_in',
      post('email=a', { 'content-type': 'application/x-www-form-urlencoded' }),
      422,
      'request_invalid',
    ],
    [
      'JSON that is too large',
      '/api/v1/auth/sign_in',
      post(JSON.stringify({ email: 'x'.repeat(1_100_000) })),
      422,
      'request_invalid',
    ],
    [
      'JSON in an encoding that nobody knows',
      '/api/v1/auth/sign_in',
      post('{}', { 'content-type': 'application/json; charset=ebcdic' }),
      422,
      'request_invalid',
    ],
    [
      'JSON that reaches for prototypes',
      '/api/v1/auth/sign_in',
      post('{"__proto__":{"email":"a","password":"b"}}'),
      422,
      'request_invalid',
    ],
  ])('is a problem: %s', async (_, path, init, status, code) => {
    const response = await get(path, {
      ...init,
      headers: { 'accept-language': 'en', ...(init.headers as Record<string, string> | undefined) },
    });
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const problem = (await response.json()) as Problem;
    expect([response.status, problem.code]).toEqual([status, code]);
    expect(problem).toEqual(
      expect.objectContaining({
        type: expect.stringMatching(/^https?:\/\//),
        title: expect.any(String),
        status,
      }),
    );
    expect(problem.error).toBe(problem.detail);
    expect(JSON.stringify(problem)).not.toMatch(/at .*\.js|node_modules|SELECT|Error:/);
  });
});
