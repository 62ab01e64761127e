import { readPositive } from '../ui/read-positive';
import { filterPayload, isFiltered, nextSort, readSort } from './contacts-query';

describe('the address', () => {
  it('is read without trust', () => {
    expect(readSort('-email')).toBe('-email');
    expect(readSort('password')).toBe('name');
    expect(readPositive('12')).toBe(12);
    for (const text of [undefined, '', '0', '-1', '1.5', '1e400', 'x']) expect(readPositive(text)).toBeNull();
  });
});

describe('filterPayload', () => {
  it('is empty without filters', () => {
    expect(filterPayload({ email: 'any', since: null })).toEqual([]);
  });

  it('joins conditions, and lets a day begin at midnight where the reader is', () => {
    const payload = filterPayload({ email: 'without', since: '2026-03-12' });
    expect(payload).toEqual([
      { attribute_key: 'email', filter_operator: 'is_not_present', values: [], query_operator: 'and' },
      {
        attribute_key: 'created_at',
        filter_operator: 'is_greater_than',
        values: [new Date(new Date(2026, 2, 12).getTime() - 1).toISOString()],
      },
    ]);
  });
});

describe('nextSort', () => {
  it('goes up, down, and up again; another column starts upwards', () => {
    expect(nextSort('name', 'name')).toBe('-name');
    expect(nextSort('-name', 'name')).toBe('name');
    expect(nextSort('-name', 'email')).toBe('email');
  });
});

describe('isFiltered', () => {
  const query = { page: 3, sort: '-name', q: '', email: 'any', since: null, importId: null } as const;
  it('means search and filters, not page and order', () => {
    expect(isFiltered(query)).toBe(false);
    expect(isFiltered({ ...query, q: 'ana' })).toBe(true);
    expect(isFiltered({ ...query, importId: 4 })).toBe(true);
  });
});
