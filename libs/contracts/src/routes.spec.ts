import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import {
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
});
