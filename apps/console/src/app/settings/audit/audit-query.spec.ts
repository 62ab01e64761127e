import { type AuditQuery, filterParams, isFiltered, NO_FILTER, readAction } from './audit-query';

const query = (changes: Partial<AuditQuery>): AuditQuery => ({ page: 1, ...NO_FILTER, ...changes });

describe('readAction', () => {
  it('trusts no address', () => {
    expect(readAction('import_ended')).toBe('import_ended');
    expect(readAction('import_eaten')).toBeNull();
    expect(readAction(undefined)).toBeNull();
  });
});

describe('filterParams', () => {
  it('is empty without filters, on any page', () => {
    expect(filterParams(query({ page: 3 }))).toEqual({});
    expect(isFiltered(query({ page: 3 }))).toBe(false);
  });

  it('names what is asked for', () => {
    expect(filterParams(query({ action: 'signed_in', userId: 7 }))).toEqual({
      action: 'signed_in',
      user_id: 7,
    });
  });

  it('takes the whole of both days, where the reader is', () => {
    const params = filterParams(query({ since: '2026-03-12', until: '2026-03-12' }));
    expect(params).toEqual({
      since: new Date(2026, 2, 12).toISOString(),
      until: new Date(2026, 2, 13).toISOString(),
    });
  });

  it.each<Partial<AuditQuery>>([
    { action: 'signed_in' },
    { userId: 1 },
    { since: '2026-03-12' },
    { until: '2026-03-12' },
  ])('%o is a filter', (changes) => {
    expect(isFiltered(query(changes))).toBe(true);
  });
});
