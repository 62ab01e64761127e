import {
  CHATWOOT_MEMBERS,
  createImportSchema,
  FILE_LIMITS,
  problemSchema,
  ROUTES,
  type Route,
} from '@ponte/contracts';
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
      responses: Object.fromEntries(Object.entries(PROBLEMS).map(([name, each]) => [name, problem(each)])),
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
    description: [WHO[route.audience], ...chatwootMembers(route)].join(' '),
    tags: [
      route.path.split('/').find((part) => part !== '' && part !== 'accounts' && !part.startsWith('{')) ??
        'accounts',
    ],
    ...(route.audience === 'public' ? { security: [] } : {}),
    parameters: parameters(route),
    ...(requestBody === null ? {} : { requestBody }),
    responses: {
      [route.status]: { description: 'Done', ...answer(route) },
      405: { $ref: '#/components/responses/MethodNotAllowed' },
      429: { $ref: '#/components/responses/TooManyRequests' },
      503: { $ref: '#/components/responses/Unavailable' },
      default: problem({ description: 'A problem' }),
    },
  };
}

interface DescribedProblem {
  description: string;
  /** Name and meaning. */
  header?: readonly [name: string, description: string];
}

/** Answers that every route may give. */
const PROBLEMS: Readonly<Record<string, DescribedProblem>> = {
  MethodNotAllowed: {
    description: 'The address takes other methods.',
    header: ['Allow', 'The methods that it takes.'],
  },
  TooManyRequests: {
    description: 'Too many requests, or the account uses its whole share (account_busy).',
    header: ['Retry-After', 'Seconds to wait.'],
  },
  Unavailable: {
    description: 'The database or the queue does not answer now.',
    header: ['Retry-After', 'Seconds to wait.'],
  },
};

function problem({ description, header }: DescribedProblem): Json {
  return {
    description,
    ...(header === undefined
      ? {}
      : { headers: { [header[0]]: { description: header[1], schema: { type: 'string' } } } }),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

/** What becomes of members that programs written for Chatwoot send. */
function chatwootMembers({ method, path }: Route): string[] {
  const key = `${method} ${path.replace('/accounts/{account_id}', '')}`;
  const listed = CHATWOOT_MEMBERS.filter(({ routes }) => routes.includes(key));
  return listed.map(({ members, reason }) => `${members.join(', ')}: ${reason}`);
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
  const inHeader = route.isIdempotent
    ? [
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          description:
            'A repetition answers what the first request made, with the header Idempotency-Replayed.',
          schema: { type: 'string', minLength: 1, maxLength: 255 },
        },
      ]
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
      content: {
        'multipart/form-data': {
          schema: { type: 'object', properties, required: [file], additionalProperties: false },
        },
      },
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
