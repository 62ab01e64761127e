import { describe, expect, it } from 'vitest';
import {
  createAccessTokenSchema,
  createExportSchema,
  createImportSchema,
  listContactsSchema,
  membersAt,
  nearestMember,
} from './index';
import { nearestOf } from './nearest';

describe('nearestOf', () => {
  it.each([
    ['exsting', ['existing', 'own_columns'], 'existing'],
    ['existng', ['existing'], 'existing'],
    ['Existing', ['existing'], 'existing'],
    ['expires_in', ['name', 'scopes', 'expires_at'], 'expires_at'],
    ['scope', ['name', 'scopes', 'expires_at'], 'scopes'],
    ['page[]', ['page', 'per_page'], 'page'],
    ['filter', ['payload', 'format', 'q'], undefined],
    ['mode', ['existing', 'own_columns'], undefined],
    ['x', ['q'], undefined],
    ['', ['q'], undefined],
    ['name', [], undefined],
  ])('%j among %j is %j', (name, names, nearest) => {
    expect(nearestOf(name, names)).toBe(nearest);
  });

  it('costs nothing for a name of a megabyte', () => {
    const began = performance.now();
    expect(nearestOf('x'.repeat(1_000_000), ['existing'])).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(50);
  });
});

describe('the members of a request', () => {
  it('are known at every depth, whatever wraps them', () => {
    expect(membersAt(createExportSchema, [])).toContain('format');
    expect(membersAt(createExportSchema, ['payload', 3])).toContain('filter_operator');
    expect(membersAt(createExportSchema, ['payload'])).toEqual([]);
    expect(membersAt(createExportSchema, ['nothing', 3, 'here'])).toEqual([]);
  });

  it.each([
    [createImportSchema, [], 'exsting', 'existing'],
    [createExportSchema, ['payload', 0], 'filter_operater', 'filter_operator'],
    [createAccessTokenSchema, [], 'expires_in', 'expires_at'],
    [listContactsSchema, [], 'labels[]', undefined],
  ])('have one that looks like another', (schema, path, member, nearest) => {
    expect(nearestMember(schema, path, member)).toBe(nearest);
  });
});
