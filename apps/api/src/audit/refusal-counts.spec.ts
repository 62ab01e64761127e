import { describe, expect, it } from 'vitest';
import { RefusalCounts } from './refusal-counts';
import { routeName } from './route-name';

const MINUTE = 60_000;
const counts = (most = 3) =>
  new RefusalCounts<string>(MINUTE, most, () => ({ key: 'others', item: 'others' }));

describe('RefusalCounts', () => {
  it('writes the first one at once and a thousand others of the minute as one', () => {
    const refusals = counts();
    expect(refusals.note('a', 'a', 0)).toEqual({ item: 'a', count: 1 });
    for (let at = 1; at <= 1_000; at += 1) expect(refusals.note('a', 'a', at)).toBeNull();
    expect(refusals.due(MINUTE - 1)).toEqual([]);
    expect(refusals.due(MINUTE)).toEqual([{ item: 'a', count: 1_000 }]);
    expect(refusals.due(MINUTE + 1)).toEqual([]);
  });

  it('begins anew when a minute went by without one', () => {
    const refusals = counts();
    refusals.note('a', 'a', 0);
    expect(refusals.due(MINUTE)).toEqual([]);
    expect(refusals.note('a', 'a', MINUTE)).toEqual({ item: 'a', count: 1 });
  });

  it('counts a flood of callers under one key, and no more keys than it may', () => {
    const refusals = counts(3);
    const written = Array.from({ length: 10_000 }, (_, caller) =>
      refusals.note(`caller ${caller}`, `caller ${caller}`, 0),
    ).filter((event) => event !== null);
    expect(written.map(({ item }) => item)).toEqual(['caller 0', 'caller 1', 'caller 2', 'others']);
    expect(refusals.due()).toEqual([{ item: 'others', count: 10_000 - 4 }]);
  });
});

describe('routeName', () => {
  it.each([
    ['GET', '/api/v1/accounts/12/contacts/9', 'GET /accounts/{account_id}/contacts/{id}'],
    ['GET', '/api/v1/accounts/12/contacts/search', 'GET /accounts/{account_id}/contacts/search'],
    ['POST', '/api/v1/auth/sign_in/', 'POST /auth/sign_in'],
    ['POST', '/api/v1/AUTH/SIGN_IN', 'POST /auth/sign_in'],
    ['GET', '/api/v1/accounts/12/audit_events.csv', 'GET /accounts/{account_id}/audit_events.csv'],
    ['GET', '/api/v1/ana@x.com/+5511987654321', 'other'],
    ['PUT', '/api/v1/profile', 'other'],
  ])('%s %s is %s', (method, path, name) => {
    expect(routeName(method, path)).toBe(name);
  });
});
