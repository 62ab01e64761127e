import type { RowCounts } from '@ponte/contracts';

/**
 * How many contacts the button promises: the rows that go in, whether they make a contact, change one or find it as it is.
 * Rows that are rejected or skipped are none.
 */
export function goingIn({ created, updated, unchanged }: RowCounts): number {
  return created + updated + unchanged;
}

/** Why there is nothing to send, or that sending changes nothing; null where there is something to do. */
export type SendRemark = 'nothing' | 'all_skipped' | 'all_same';

export function sendRemark(rows: RowCounts): SendRemark | null {
  if (goingIn(rows) === 0) return rows.skipped > 0 ? 'all_skipped' : 'nothing';
  return rows.created + rows.updated === 0 ? 'all_same' : null;
}
