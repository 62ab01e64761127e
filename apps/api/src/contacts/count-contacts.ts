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
