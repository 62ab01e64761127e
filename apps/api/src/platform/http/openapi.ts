import { createImportSchema, FILE_LIMITS, problemSchema, ROUTES, type Route } from '@ponte/contracts';
import * as z from 'zod/mini';

type Json = Record<string, unknown>;

const WHO: Record<Route['audience'], string> = {
  public: 'Anyone.',
  signed_in: 'Anyone who is signed in.',
  member: 'Members of the account.',
  administrator: 'Administrators of the account.',
};

/** The OpenAPI 3.1 description, made from the schemas that judge the requests. */
export function openApiDocument(publicUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of ROUTES) {
    const path = (paths[route.path] ??= {});
    path[route.method] = operation(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Ponte',
      version: '1',
      description:
        'Contacts in and out of CSV files: UTF-8, commas, columns name, phone_number (E.164 with +) and email. ' +
        `A file may have ${FILE_LIMITS.fileBytes / 1024 / 1024} MB and ${FILE_LIMITS.rows} rows.`,
    },
    servers: [{ url: `${publicUrl}/api/v1` }],
    security: [{ token: [] }, { bearer: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Problem: z.toJSONSchema(problemSchema) },
      securitySchemes: {
        token: { type: 'apiKey', in: 'header', name: 'api_access_token' },
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'ponte_session' },
      },
    },
  };
}

function operation(route: Route): Json {
  const requestBody = body(route);
  return {
    summary: route.summary,
    description: WHO[route.audience],
    tags: [
      route.path.split('/').find((part) => part !== '' && part !== 'accounts' && !part.startsWith('{')) ??
        'accounts',
    ],
    ...(route.audience === 'public' ? { security: [] } : {}),
    parameters: parameters(route),
    ...(requestBody === null ? {} : { requestBody }),
    responses: {
      [route.status]: { description: 'Done', ...answer(route) },
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function parameters(route: Route): Json[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'integer', minimum: 1 },
  }));
  const query =
    route.query === undefined ? {} : (z.toJSONSchema(route.query, { io: 'input' }).properties ?? {});
  const inQuery = Object.entries(query).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema,
  }));
  const isIdempotent = route.method === 'post' && route.path.endsWith('/imports');
  const inHeader = isIdempotent
    ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string' } }]
    : [];
  return [...inPath, ...inQuery, ...inHeader];
}

function body({ body: schema, file }: Route): Json | null {
  if (file !== undefined) {
    const properties = {
      [file]: { type: 'string', format: 'binary' },
      options: {
        type: 'string',
        description: 'JSON. In front of the file when it names own columns.',
        contentMediaType: 'application/json',
        contentSchema: z.toJSONSchema(createImportSchema, { io: 'input' }),
      },
    };
    return {
      required: true,
      content: { 'multipart/form-data': { schema: { type: 'object', properties, required: [file] } } },
    };
  }
  if (schema === undefined) return null;
  return {
    required: true,
    content: { 'application/json': { schema: z.toJSONSchema(schema, { io: 'input' }) } },
  };
}

function answer({ answer: schema, media }: Route): Json {
  if (media !== undefined)
    return { content: Object.fromEntries(media.map((type) => [type, { schema: { type: 'string' } }])) };
  if (schema === undefined) return {};
  return { content: { 'application/json': { schema: z.toJSONSchema(schema) } } };
}
