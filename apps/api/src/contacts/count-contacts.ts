import type { EntityManager } from 'typeorm';

/** How many contacts an account has, and how many of them the journal is about. */
export interface AccountSize {
  count: number;
  /** Contacts that were added, changed or deleted since the worker last looked. */
  touched: number;
}

/** Exact, and as fast for millions as for a few: what the worker has summed up, and what the journal says since. */
export async function readAccountSize(manager: EntityManager, accountId: number): Promise<AccountSize> {
  const [size] = await manager.query<AccountSize[]>(
    `SELECT coalesce((SELECT contacts FROM contact_counts WHERE account_id = $1), 0)
         + coalesce(sum(added), 0)::bigint AS count, coalesce(sum(touched), 0)::bigint AS touched
     FROM contact_changes WHERE account_id = $1`,
    [accountId],
  );
  return size ?? { count: 0, touched: 0 };
}

/** How many contacts an account has. */
export async function countContacts(manager: EntityManager, accountId: number): Promise<number> {
  return (await readAccountSize(manager, accountId)).count;
}

/** Between which ids the contacts of an account lie, with contacts of others in between. */
export interface AccountExtent {
  count: number;
  /** Null for an account that never had a contact. */
  firstId: number | null;
  lastId: number | null;
}

/** As exact as what else is read in the same snapshot, and as fast as the number alone. */
export async function readAccountExtent(manager: EntityManager, accountId: number): Promise<AccountExtent> {
  const [extent] = await manager.query<AccountExtent[]>(
    `SELECT coalesce(sum(contacts), 0)::bigint AS count, min(first_id) AS "firstId", max(last_id) AS "lastId" FROM (
       SELECT contacts, first_id, last_id FROM contact_counts WHERE account_id = $1
       UNION ALL SELECT added, first_id, last_id FROM contact_changes WHERE account_id = $1
     ) AS known`,
    [accountId],
  );
  return extent ?? { count: 0, firstId: null, lastId: null };
}

/** How many contacts of all accounts the copy for searches has, about; at least one. */
export async function readCopySize(manager: EntityManager): Promise<number> {
  const [{ size = 1 } = {}] = await manager.query<{ size: number }[]>(
    `SELECT greatest(reltuples, 1) AS size FROM pg_class WHERE oid = 'contact_search'::regclass`,
  );
  return size;
}
