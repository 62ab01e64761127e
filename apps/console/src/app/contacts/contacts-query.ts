import { CONTACT_SORTS, type ContactSort, type FilterCondition } from '@ponte/contracts';
import { beginOf } from '../days/day';

export const EMAIL_FILTERS = ['any', 'with', 'without'] as const;
export type EmailFilter = (typeof EMAIL_FILTERS)[number];

/** What the list shows. The search itself stays out of the address: it is often a name or a phone. */
export interface ContactsQuery {
  page: number;
  sort: ContactSort;
  q: string;
  email: EmailFilter;
  /** A day, `YYYY-MM-DD`, in the reader's time zone. */
  since: string | null;
  importId: number | null;
}

export const CONTACTS_PER_PAGE = 25;
export const DEFAULT_SORT: ContactSort = 'name';

export function readSort(text: string | undefined): ContactSort {
  return CONTACT_SORTS.find((sort) => sort === text) ?? DEFAULT_SORT;
}

export function readEmailFilter(text: string | undefined): EmailFilter {
  return EMAIL_FILTERS.find((filter) => filter === text) ?? 'any';
}

/** The filter in the API's words. A day begins at midnight where the reader is, and belongs to the answer. */
export function filterPayload({ email, since }: Pick<ContactsQuery, 'email' | 'since'>): FilterCondition[] {
  const conditions: FilterCondition[] = [];
  if (email !== 'any') {
    const filter_operator = email === 'with' ? 'is_present' : 'is_not_present';
    conditions.push({ attribute_key: 'email', filter_operator, values: [] });
  }
  if (since !== null) {
    const lastMoment = new Date(Date.parse(beginOf(since)) - 1).toISOString();
    conditions.push({
      attribute_key: 'created_at',
      filter_operator: 'is_greater_than',
      values: [lastMoment],
    });
  }
  return conditions.map((condition, index) =>
    index < conditions.length - 1 ? { ...condition, query_operator: 'and' } : condition,
  );
}

export function isFiltered({ q, email, since, importId }: ContactsQuery): boolean {
  return q !== '' || email !== 'any' || since !== null || importId !== null;
}

/** What a click on a column's heading asks for: up first, then down, then up again. */
export function nextSort(present: ContactSort, column: string): ContactSort {
  return readSort(present === column ? `-${column}` : column);
}
