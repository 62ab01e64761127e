import type { NestExpressApplication } from '@nestjs/platform-express';
import { ROUTES } from '@ponte/contracts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratedConfig } from '../../../test/setup/app-context';
import { HttpAppModule } from '../../http-app.module';
import { createHttpApp } from './create-http-app';
import { openApiDocument } from './openapi';

type Json = Record<string, unknown>;
interface Operation {
  summary: string;
  description: string;
  parameters: { name: string; in: string; required: boolean; schema: Json }[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { content?: Record<string, { schema: Json }> }>;
  security?: Json[];
}
interface Document {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json>; securitySchemes: Record<string, Json> };
}

const document = JSON.parse(JSON.stringify(openApiDocument('https://ponte.example'))) as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(
    ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
  ),
);

/** Every value of that key, however deep. */
function valuesOf(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...valuesOf(key, inner),
  ]);
}

describe('the OpenAPI document', () => {
  it('describes every route of the contracts, each once', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.servers).toEqual([{ url: 'https://ponte.example/api/v1' }]);
    expect(operations.map(([name]) => name).sort()).toEqual(
      ROUTES.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort(),
    );
  });

  it.each(operations)('%s says what it takes and gives', (name, operation) => {
    expect(operation.summary).not.toBe('');
    expect(operation.description).not.toBe('');
    const inPath = operation.parameters
      .filter((parameter) => parameter.in === 'path')
      .map((parameter) => parameter.name);
    expect(inPath).toEqual([...name.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
    expect(new Set(operation.parameters.map((parameter) => `${parameter.in} ${parameter.name}`)).size).toBe(
      operation.parameters.length,
    );
    const statuses = Object.keys(operation.responses).filter((status) => status !== 'default');
    expect(statuses.filter((status) => status.startsWith('2'))).toHaveLength(1);
    expect(statuses).toEqual(expect.arrayContaining(['405', '429', '503']));
    for (const schema of valuesOf('schema', [operation.parameters, operation.requestBody]))
      expect(valuesOf('type', schema).filter((type) => type === 'object').length).toBe(
        valuesOf('additionalProperties', schema).filter((each) => each === false).length,
      );
    expect(operation.responses['default']?.content).toHaveProperty(['application/problem+json']);
    if (name.startsWith('GET ')) expect(operation.requestBody).toBeUndefined();
  });

  it('refers to nothing that is not there', () => {
    const references = valuesOf('$ref', document);
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) {
      const parts = String(reference).replace('#/', '').split('/');
      const target = parts.reduce<unknown>((value, part) => (value as Json | undefined)?.[part], document);
      expect(target).toBeTypeOf('object');
    }
  });

  it('says that everything but the sign-in needs one', () => {
    const open = operations.filter(([, { security }]) => security !== undefined).map(([name]) => name);
    expect(open.every((name) => name.includes('/auth/'))).toBe(true);
    expect(Object.keys(document.components.securitySchemes)).toEqual(['token', 'bearer', 'session']);
  });

  it('takes an Idempotency-Key for what makes a run', () => {
    const names = operations.flatMap(([name, { parameters }]) =>
      parameters.some((parameter) => parameter.name === 'Idempotency-Key') ? [name] : [],
    );
    const account = '/accounts/{account_id}';
    expect(names.sort()).toEqual(
      ['/contacts/export', '/contacts/import', '/exports', '/imports'].map(
        (path) => `POST ${account}${path}`,
      ),
    );
  });

  it('describes uploads as files', () => {
    const body = document.paths['/accounts/{account_id}/imports']?.['post']?.requestBody;
    expect(body?.content['multipart/form-data']?.schema).toMatchObject({
      properties: { file: { type: 'string', format: 'binary' } },
      required: ['file'],
    });
  });
});

describe('the routes that are served', () => {
  let directory: string;
  let app: NestExpressApplication;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ponte-openapi-'));
    const config = await migratedConfig('embedded', { PONTE_DATA_DIR: directory });
    app = await createHttpApp(HttpAppModule.for(config), config);
    await app.listen(0, '127.0.0.1');
  });
  afterAll(async () => {
    await app.close();
    await rm(directory, { recursive: true, force: true });
  });

  interface Layer {
    route?: { path: string; methods: Record<string, boolean> };
  }

  function served(): string[] {
    const { router } = app.getHttpAdapter().getInstance() as unknown as { router: { stack: Layer[] } };
    return router.stack
      .flatMap(({ route }) =>
        route === undefined
          ? []
          : Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`),
      )
      .filter((route) => route.includes('/api/v1/'))
      .map((route) => route.replace('/api/v1', '').replace(/:(\w+)/g, '{$1}'));
  }

  it('are the ones that are described, no more and no less', () => {
    expect(served().sort()).toEqual(operations.map(([name]) => name).sort());
  });

  it('need a sign-in, but for the sign-in itself', async () => {
    const url = await app.getUrl();
    for (const [name, operation] of operations) {
      const [method = '', path = ''] = name.replace(/\{\w+\}/g, '1').split(' ');
      const { status } = await fetch(`${url}/api/v1${path}`, { method });
      if (operation.security === undefined) expect([name, status]).toEqual([name, 401]);
      else expect([name, status]).not.toEqual([name, 401]);
    }
  });

  it('show the document and the page that explains it', async () => {
    const url = await app.getUrl();
    const json: unknown = await (await fetch(`${url}/api/docs/openapi.json`)).json();
    expect(Object.keys((json as Document).paths)).toEqual(Object.keys(document.paths));
    for (const page of ['', '/start.js', '/swagger-ui.css', '/swagger-ui-bundle.js']) {
      expect((await fetch(`${url}/api/docs${page}`)).status).toBe(200);
    }
    for (const other of ['/package.json', '/..%2f..%2fpackage.json', '/index.html']) {
      expect((await fetch(`${url}/api/docs${other}`)).status).toBe(404);
    }
  });
});
