import type { ContactView } from '@ponte/contracts';
import type { EntityManager } from 'typeorm';

export interface ContactRow extends Omit<ContactView, 'created_at' | 'updated_at'> {
  created_at: Date;
  updated_at: Date;
}

export function rowView(row: ContactRow): ContactView {
  return { ...row, created_at: row.created_at.toISOString(), updated_at: row.updated_at.toISOString() };
}

/** The contacts of one page, in the order of their ids in the list. */
export async function contactViews(
  manager: EntityManager,
  accountId: number,
  ids: readonly number[],
): Promise<ContactView[]> {
  if (ids.length === 0) return [];
  // `LIMIT` leaves the planner no choice but the key: of an account that has just been filled it believes that it is empty.
  const rows = await manager.query<ContactRow[]>(
    `SELECT id, name, phone_number, email, created_at, updated_at
     FROM unnest($2::bigint[]) WITH ORDINALITY AS listed (listed_id, place)
     CROSS JOIN LATERAL (SELECT * FROM contacts WHERE id = listed_id LIMIT 1) AS contact
     WHERE account_id = $1 ORDER BY place`,
    [accountId, ids],
  );
  return rows.map(rowView);
}
