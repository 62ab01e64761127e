import {
  ROUTES,
  type ContactView,
  type ExportView,
  type List,
  type Problem,
  type Route,
} from '@ponte/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { everythingWritten } from './setup/everything';
import { startProduct, type Product } from './setup/product';
import { handlers } from './setup/served-routes';

let product: Product;
let client: Client;
const ANA = { name: 'Ana', phone_number: '+5511987654321' };

beforeAll(async () => {
  product = await startProduct({ worker: false });
  client = await (await Client.signedIn(product)).inNewAccount();
  await client.post(client.at('/contacts'), ANA);
});
afterAll(() => product.stop());

const served = ROUTES.filter(({ method, path }) => handlers.some(({ key }) => key === `${method} ${path}`));
const titled = (routes: readonly Route[]) =>
  routes.map((route) => [`${route.method} ${route.path}`, route] as const);
/** Of the test's account; another id belongs to nothing. */
const address = ({ path }: Route) =>
  path.replace('{account_id}', String(client.account)).replace('{id}', '999999');

/** Takes words in both. */
const isFilter = ({ path }: Route) => path.endsWith('/filter');

function send(route: Route, { query = '', body }: { query?: string; body?: unknown } = {}) {
  const hasBody = body !== undefined;
  return client.send<Problem>(route.method.toUpperCase(), `${address(route)}${query}`, {
    ...(hasBody ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
}

describe('a member that a route does not know', () => {
  it.each(titled(served))('is named in the query of %s', async (_, route) => {
    const { status, body } = await send(route, {
      query: '?zzz=1',
      ...(isFilter(route) ? { body: { payload: [] } } : {}),
    });
    expect([status, body.code, body.issues]).toEqual([
      422,
      'request_invalid',
      expect.arrayContaining([{ field: 'zzz', code: 'unknown' }]),
    ]);
    expect(body.detail).toContain('O membro zzz não existe.');
  });

  it.each(titled(served.filter(({ file, method }) => file === undefined && method !== 'get')))(
    'is named in the body of %s',
    async (_, route) => {
      const { status, body } = await send(route, { body: { zzz: 1 } });
      expect([status, body.code, body.issues]).toEqual([
        422,
        'request_invalid',
        expect.arrayContaining([{ field: 'zzz', code: 'unknown' }]),
      ]);
    },
  );

  it('changes nothing', async () => {
    const before = await everythingWritten(product);
    for (const route of served.filter(({ file, method }) => file === undefined && method !== 'get'))
      await send(route, { body: { zzz: 1 } });
    expect(await everythingWritten(product)).toEqual(before);
  });
});

const condition = { attribute_key: 'name', filter_operator: 'contains', values: ['Ana'] };

describe('a request that was obeyed in part', () => {
  it.each<[string, string, object | null, object]>([
    ['POST', '/exports', { filter: [condition] }, { field: 'filter', code: 'unknown' }],
    [
      'POST',
      '/exports',
      { colum_names: ['name'] },
      { field: 'colum_names', code: 'unknown', nearest: 'column_names' },
    ],
    ['GET', '/contacts?labels[]=x', null, { field: 'labels[]', code: 'unsupported' }],
    ['GET', '/contacts?labels[]=x&labels[]=y', null, { field: 'labels[]', code: 'unsupported' }],
    ['GET', '/contacts?name=Ana', null, { field: 'name', code: 'unknown' }],
    ['GET', '/contacts?created_after=2026-01-01', null, { field: 'created_after', code: 'unknown' }],
    ['GET', '/contacts?per_pag=5', null, { field: 'per_pag', code: 'unknown', nearest: 'per_page' }],
    ['GET', '/contacts?q=a&q=b', null, { field: 'q', code: 'repeated' }],
    ['GET', '/contacts?q[]=a', null, { field: 'q[]', code: 'unknown' }],
    ['GET', '/imports?state=running', null, { field: 'state', code: 'unknown' }],
    ['GET', '/imports?page=1&page=2', null, { field: 'page', code: 'repeated' }],
    ['POST', '/contacts', { ...ANA, blocked: true }, { field: 'blocked', code: 'unsupported' }],
    [
      'POST',
      '/contacts',
      { ...ANA, custom_attributes: { a: 1 } },
      { field: 'custom_attributes', code: 'unsupported' },
    ],
    ['POST', '/contacts', { ...ANA, identifier: 'x' }, { field: 'identifier', code: 'unsupported' }],
    ['POST', '/contacts', { ...ANA, phone: '1' }, { field: 'phone', code: 'unknown' }],
    [
      'POST',
      '/contacts/filter',
      { payload: [{ ...condition, value: 'x' }] },
      { field: 'payload.0.value', code: 'unknown', nearest: 'values' },
    ],
    [
      'POST',
      '/contacts/filter',
      { payload: [condition, { ...condition, attribute_model: 'custom_attributes' }] },
      { field: 'payload.1.attribute_model', code: 'unsupported' },
    ],
    [
      'POST',
      '/contacts/filter?labels[]=x',
      { payload: [condition] },
      { field: 'labels[]', code: 'unsupported' },
    ],
    [
      'POST',
      '/contacts/filter',
      {
        payload: Array.from({ length: 2 }, () => ({
          ...condition,
          values: Array.from({ length: 51 }, () => 'a'),
        })),
      },
      { field: 'payload', code: 'too_many' },
    ],
    [
      'POST',
      '/contacts/search',
      { payload: [{ ...condition, operator: 'x' }] },
      { field: 'payload.0.operator', code: 'unknown' },
    ],
    [
      'PUT',
      '/import_mappings',
      { header: ['a'], mapping: { roles: [null], defaults: { nome: 'x' } } },
      { field: 'mapping.defaults.nome', code: 'unknown', nearest: 'name' },
    ],
  ])('%s %s %j is refused by name', async (method, path, body, issue) => {
    const before = await everythingWritten(product);
    const answer = await client.send<Problem>(method, client.at(path), {
      headers: { 'content-type': 'application/json' },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    });
    expect([answer.status, answer.body.code, answer.body.issues]).toEqual([422, 'request_invalid', [issue]]);
    expect(await everythingWritten(product)).toEqual(before);
  });

  it.each([
    [
      { name: 'x', expires_in: 60 },
      { field: 'expires_in', code: 'unknown', nearest: 'expires_at' },
    ],
    [
      { name: 'x', scope: ['read'] },
      { field: 'scope', code: 'unknown', nearest: 'scopes' },
    ],
  ])('a token with %j is refused by name', async (body, issue) => {
    const answer = await client.post<Problem>('/profile/access_tokens', body);
    expect([answer.status, answer.body.issues]).toEqual([422, [issue]]);
  });

  it.each([
    ['{"exsting":"skip"}', { field: 'options.exsting', code: 'unknown', nearest: 'existing' }],
    ['{"mode":"update_only"}', { field: 'options.mode', code: 'unknown' }],
    ['{"__proto__":{"existing":"skip"}}', { field: 'options.__proto__', code: 'unknown' }],
  ])('an upload with the options %s is refused by name', async (options, issue) => {
    const before = await everythingWritten(product);
    for (const path of ['/imports', '/imports/dry_run', '/contacts/import']) {
      const { status, body } = await client.upload<Problem>('name,phone_number\nAna,+5511987654321\n', {
        options,
        path,
      });
      expect([status, body.code, body.issues]).toEqual([422, 'request_invalid', [issue]]);
    }
    expect(await everythingWritten(product)).toEqual(before);
  });

  it.each([
    ['pt-BR', 'O membro exsting não existe; você quis dizer existing?'],
    ['en', 'The member exsting does not exist; did you mean existing?'],
    ['es', 'El miembro exsting no existe; ¿quiso decir existing?'],
  ])('is told in %s', async (language, sentence) => {
    const headers = { 'accept-language': language };
    const { body } = await client.upload<Problem>('name,phone_number\n', {
      options: '{"exsting":"skip"}',
      headers,
    });
    expect(body.detail).toContain(sentence);
  });
});

describe('a value that no column can hold', () => {
  const half = '\ud800';
  it.each<[string, string, unknown, string]>([
    ['POST', '/exports', { column_names: ['name', half] }, 'column_names.1'],
    ['POST', '/exports', { q: `a${half}` }, 'q'],
    ['POST', '/exports', { payload: [{ ...condition, values: [half] }] }, 'payload.0.values.0'],
    ['POST', '/contacts/search', { q: 'a\0b' }, 'q'],
    [
      'PUT',
      '/import_mappings',
      { header: ['a'], mapping: { roles: [null], defaults: { name: half } } },
      'mapping.defaults.name',
    ],
    ['GET', '/audit_events?since=0000-01-01T00:00:00Z', null, 'since'],
    ['GET', '/audit_events.csv?until=0000-12-31T00:00:00Z', null, 'until'],
  ])('%s %s %j is refused by name', async (method, path, body, field) => {
    const answer = await client.send<Problem>(method, client.at(path), {
      headers: { 'content-type': 'application/json' },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    });
    const names = (answer.body.issues ?? []).map((issue) => issue.field);
    expect([answer.status, answer.body.code, names]).toEqual([422, 'request_invalid', [field]]);
  });

  it.each([{ name: `a${half}` }, { name: 'x', expires_at: '0000-01-01T00:00:00Z' }])(
    'a token with %j is refused',
    async (body) => {
      expect((await client.post<Problem>('/profile/access_tokens', body)).status).toBe(422);
    },
  );
});

describe('a body that cannot be read', () => {
  it.each(['null', '"x"', '{', '\0'])('%j is refused behind every protection', async (body) => {
    for (const path of ['/api/v1/auth/sign_in', `/api/v1${client.at('/exports')}`]) {
      const answer = await fetch(product.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      await answer.body?.cancel();
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('x-powered-by')).toBeNull();
    }
  });

  it.each(['/api', '/api/v2/x', '/api//v1/profile', '/api/docs', '/API/V1/profile', '//api/v1/profile'])(
    'nothing below %s is kept, and none is a page of the console',
    async (path) => {
      const answer = await fetch(product.url + path);
      const text = await answer.text();
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(text).not.toContain('<ponte-root');
    },
  );
});

describe("what Chatwoot's programs send without meaning here", () => {
  it.each<[string, string, object | null]>([
    ['GET', '/contacts?include_contact_inboxes=false&page=1&sort=name', null],
    ['GET', '/contacts/search?include_contact_inboxes=false&page=1&sort=name&q=ana', null],
    [
      'POST',
      '/contacts/filter?include_contact_inboxes=false&page=1&sort=name',
      {
        payload: [
          { ...condition, attribute_model: 'standard', custom_attribute_type: '', query_operator: null },
        ],
      },
    ],
    [
      'POST',
      '/contacts/export',
      { payload: [{ ...condition, attribute_model: 'standard', custom_attribute_type: '' }], label: '' },
    ],
  ])('%s %s is ignored', async (method, path, body) => {
    const { status } = await client.send<unknown>(method, client.at(path), {
      headers: { 'content-type': 'application/json' },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    });
    expect(status).toBe(200);
  });

  it('makes the same contact', async () => {
    const body = {
      name: 'Bia',
      phone_number: '+5521987654321',
      inbox_id: 3,
      identifier: '',
      custom_attributes: {},
      additional_attributes: {},
      avatar_url: null,
      blocked: false,
    };
    const { status, body: made } = await client.post<{ payload: { contact: ContactView } }>(
      client.at('/contacts'),
      body,
    );
    expect(status).toBe(200);
    expect(made.payload.contact).toMatchObject({ name: 'Bia', phone_number: '+5521987654321', email: null });
  });
});

describe('a change that changes nothing', () => {
  it.each([{}, { name: ANA.name }, ANA, { email: null }, { email: ' ' }])(
    '%j moves no clock',
    async (body) => {
      const find = async () =>
        (await client.post<List<ContactView>>(client.at('/contacts/search'), { q: 'Ana' })).body.payload[0];
      const before = await find();
      const { status, body: answer } = await client.patch<{ payload: ContactView }>(
        client.at(`/contacts/${before?.id}`),
        body,
      );
      expect([status, answer.payload]).toEqual([200, before]);
      expect(await find()).toEqual(before);
    },
  );

  it('is told from one that does', async () => {
    const [before] = (await client.post<List<ContactView>>(client.at('/contacts/search'), { q: 'Ana' })).body
      .payload;
    const { body } = await client.patch<{ payload: ContactView }>(client.at(`/contacts/${before?.id}`), {
      email: 'ana@example.com',
    });
    expect(body.payload.updated_at > (before?.updated_at ?? '')).toBe(true);
  });
});

describe('a wrong method', () => {
  const paths = [...new Set(served.map(({ path }) => path))];
  it.each(paths)('at %s is told which ones it takes', async (path) => {
    const methods = ROUTES.filter((route) => route.path === path).map(({ method }) => method.toUpperCase());
    const url = `${product.url}/api/v1${path.replace('{account_id}', String(client.account)).replace('{id}', '999999')}`;
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].filter(
      (each) => !methods.includes(each),
    )) {
      if (method === 'HEAD' && methods.includes('GET')) continue;
      const answer = await fetch(url, { method, headers: client.credentials });
      expect([method, answer.status]).toEqual([method, method === 'OPTIONS' ? 204 : 405]);
      const allow = answer.headers.get('allow')?.split(', ') ?? [];
      for (const each of [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])
        expect(allow).toContain(each);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('is told from an address that is not there', async () => {
    expect((await client.get<Problem>('/nowhere')).status).toBe(404);
    const { status, body, headers } = await client.get<Problem>(client.at('/contacts/filter'));
    expect([status, body.code, headers.get('allow')]).toEqual([405, 'method_not_allowed', 'OPTIONS, POST']);
    expect(body.detail).toContain('OPTIONS');
  });
});

describe('an answer of the API', () => {
  it.each(titled(served))('to %s is kept by nobody', async (_, route) => {
    const { headers } = await send(route, { query: '?zzz=1' });
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each(['/profile', '/nowhere'])('to %s is kept by nobody, known or not', async (path) => {
    for (const asking of [client, new Client(product)])
      expect((await asking.get(path)).headers.get('cache-control')).toBe('no-store');
  });
});

describe('an Idempotency-Key of an export', () => {
  const withKey = { 'idempotency-key': 'k' };
  const body = { format: 'xlsx', q: 'Ana', payload: [{ ...condition, query_operator: null }] };

  it.each(['/exports', '/contacts/export'])(
    'makes one of ten at once at %s, and says which is a repetition',
    async (path) => {
      const own = await client.inNewAccount();
      const { format: _, ...chatwoot } = body;
      const asked = path === '/exports' ? body : chatwoot;
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => own.post<ExportView>(own.at(path), asked, withKey)),
      );
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
      expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(9);
      expect((await own.get<List<ExportView>>(own.at('/exports'))).body.meta.count).toBe(1);
    },
  );

  it.each([
    { ...body, q: 'Bia' },
    { ...body, format: 'csv' },
    { ...body, payload: [] },
    { ...body, column_names: ['name'] },
  ])('is not for %j', async (other) => {
    const own = await client.inNewAccount();
    expect((await own.post(own.at('/exports'), body, withKey)).status).toBe(202);
    const { status, body: problem } = await own.post<Problem>(own.at('/exports'), other, withKey);
    expect([status, problem.code]).toEqual([422, 'idempotency_key_reused']);
    expect((await own.post(own.at('/exports'), body, withKey)).headers.get('idempotency-replayed')).toBe(
      'true',
    );
  });

  it('of an import is not for other options either', async () => {
    const own = await client.inNewAccount();
    const upload = (options: string) =>
      own.upload<Problem>('name,phone_number,x\nAna,+5511987654321,1\n', { options, headers: withKey });
    expect((await upload('')).status).toBe(202);
    for (const options of ['{"existing":"skip"}', '{"own_columns":["line"]}'])
      expect((await upload(options)).body.code).toBe('idempotency_key_reused');
    // The same, said in other words.
    for (const options of ['', '{"existing":"update"}', '{"own_columns":[]}']) {
      const { status, headers } = await upload(options);
      expect([status, headers.get('idempotency-replayed')]).toEqual([202, 'true']);
    }
  });
});
