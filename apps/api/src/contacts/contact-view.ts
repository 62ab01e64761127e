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
  const rows = await manager.query<ContactRow[]>(
    `SELECT id, name, phone_number, email, created_at, updated_at FROM contacts
     WHERE account_id = $1 AND id = ANY ($2::bigint[]) ORDER BY array_position($2::bigint[], id)`,
    [accountId, ids],
  );
  return rows.map(rowView);
}
