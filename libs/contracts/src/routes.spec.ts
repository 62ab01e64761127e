import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import {
  createImportSchema,
  FILTER_LIMITS,
  filterContactsSchema,
  IMPORT_REFUSAL_CODES,
  listContactsSchema,
  PROBLEM_CODES,
  ROUTES,
} from './index';

describe('ROUTES', () => {
  it('declares no route twice', () => {
    const keys = ROUTES.map((route) => `${route.method} ${route.path}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s: every schema can be written as JSON Schema',
    (_, route) => {
      for (const schema of [route.query, route.body, route.answer]) {
        if (schema === undefined || typeof schema === 'string') continue;
        expect(z.toJSONSchema(schema, { io: 'input' })).toHaveProperty('type', 'object');
      }
    },
  );
});

/** Every object of a schema, however it is wrapped, by its place. */
function objectsIn(schema: z.core.$ZodType, place = ''): [string, z.core.$ZodObject][] {
  const def = schema._zod.def as unknown as Record<string, unknown>;
  if (schema instanceof z.core.$ZodObject) {
    const inner = Object.entries(schema._zod.def.shape).flatMap(([name, each]) =>
      objectsIn(each, `${place}.${name}`),
    );
    return [[place, schema], ...inner];
  }
  return ['innerType', 'element', 'options', 'in', 'out', 'left', 'right', 'items', 'rest', 'valueType']
    .flatMap((key) => def[key] ?? [])
    .filter((each) => each instanceof z.core.$ZodType)
    .flatMap((each) => objectsIn(each, place));
}

describe('requests', () => {
  const SCHEMAS = [
    ...ROUTES.flatMap(({ method, path, query, body }) => [
      [`query of ${method} ${path}`, query] as const,
      [`body of ${method} ${path}`, body] as const,
    ]),
    ['options of an upload', createImportSchema] as const,
  ].flatMap(([title, schema]) => (schema === undefined ? [] : [[title, schema] as const]));

  it.each(SCHEMAS)('%s: refuses unknown members at every depth', (_, schema) => {
    const objects = objectsIn(schema);
    expect(objects.length).toBeGreaterThan(0);
    for (const [place, object] of objects) {
      expect([place, object._zod.def.catchall?._zod.def.type]).toEqual([place, 'never']);
    }
    const json = JSON.stringify(z.toJSONSchema(schema, { io: 'input' }));
    // Each object says so in the documentation, too.
    expect(json.match(/"additionalProperties":false/g)?.length).toBe(json.match(/"type":"object"/g)?.length);
  });

  it('has no record or map, whose members could not be judged', () => {
    for (const [, schema] of SCHEMAS) {
      expect(JSON.stringify(z.toJSONSchema(schema, { io: 'input' }))).not.toMatch(
        /"additionalProperties":(?!false)/,
      );
    }
  });
});

describe('codes', () => {
  it('are never used twice', () => {
    expect(new Set(PROBLEM_CODES).size).toBe(PROBLEM_CODES.length);
    for (const code of IMPORT_REFUSAL_CODES) expect(PROBLEM_CODES).toContain(code);
  });
});

describe('listContactsSchema', () => {
  it('has the defaults of Chatwoot and takes text from a query string', () => {
    expect(listContactsSchema.parse({})).toEqual({ page: 1, per_page: 15, sort: 'name', q: '' });
    expect(listContactsSchema.parse({ page: '3', per_page: '100', sort: '-name', q: 'ana' })).toEqual({
      page: 3,
      per_page: 100,
      sort: '-name',
      q: 'ana',
    });
  });

  it.each([{ per_page: '101' }, { page: '0' }, { page: 'x' }, { sort: 'password' }])(
    'refuses %o',
    (query) => {
      expect(listContactsSchema.safeParse(query).success).toBe(false);
    },
  );
});

describe('filterContactsSchema', () => {
  it('refuses attributes that are no columns', () => {
    const condition = { attribute_key: 'account_id', filter_operator: 'equal_to', values: [1] };
    expect(filterContactsSchema.safeParse({ payload: [condition] }).success).toBe(false);
  });

  it.each([
    [1, FILTER_LIMITS.values, true],
    [FILTER_LIMITS.conditions, FILTER_LIMITS.values / FILTER_LIMITS.conditions, true],
    [1, FILTER_LIMITS.values + 1, false],
    [FILTER_LIMITS.conditions, FILTER_LIMITS.values / FILTER_LIMITS.conditions + 1, false],
    [2, FILTER_LIMITS.values / 2 + 1, false],
    [FILTER_LIMITS.conditions + 1, 1, false],
  ])('of %i conditions with %i values each: %s', (conditions, values, isTaken) => {
    const condition = {
      attribute_key: 'name',
      filter_operator: 'contains',
      values: Array.from({ length: values }, () => 'a'),
    };
    const payload = Array.from({ length: conditions }, () => condition);
    expect(filterContactsSchema.safeParse({ payload }).success).toBe(isTaken);
  });
});
