import { AUDIT_ACTIONS, type AuditAction, type AuditFilter } from '@ponte/contracts';
import { beginOf, endOf } from '../../days/day';

/** What the list shows. All of it stands in the address. */
export interface AuditQuery {
  page: number;
  action: AuditAction | null;
  userId: number | null;
  /** First and last day, `YYYY-MM-DD`, in the reader's time zone. */
  since: string | null;
  until: string | null;
}

export const NO_FILTER: Omit<AuditQuery, 'page'> = { action: null, userId: null, since: null, until: null };

export function readAction(text: string | undefined): AuditAction | null {
  return AUDIT_ACTIONS.find((action) => action === text) ?? null;
}

export function isFiltered({ action, userId, since, until }: AuditQuery): boolean {
  return action !== null || userId !== null || since !== null || until !== null;
}

type FilterParams = { [Name in keyof AuditFilter]: string | number };

/** The filter in the API's words. The last day belongs to the answer: it ends where the next one begins. */
export function filterParams({ action, userId, since, until }: AuditQuery): FilterParams {
  return {
    ...(action !== null && { action }),
    ...(userId !== null && { user_id: userId }),
    ...(since !== null && { since: beginOf(since) }),
    ...(until !== null && { until: endOf(until) }),
  };
}
