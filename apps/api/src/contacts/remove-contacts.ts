import type { EntityManager } from 'typeorm';
import { COPY_LOCK } from './copy-for-search';

/**
 * Removes some contacts of an account that was deleted, with their copies for searches; answers how many. Walks the index of
 * numbers: of an account that statistics do not know the planner would rather read the whole table.
 */
export async function removeContacts(
  manager: EntityManager,
  accountId: number,
  most: number,
): Promise<number> {
  await manager.query(
    `SELECT set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true)`,
  );
  const rows = await manager.query<{ id: string }[]>(
    'SELECT id FROM contacts WHERE account_id = $1 ORDER BY phone_number LIMIT $2',
    [accountId, most],
  );
  const ids = rows.map(({ id }) => id);
  await manager.query('DELETE FROM contacts WHERE id = ANY ($1)', [ids]);
  await manager.query('DELETE FROM contact_search WHERE contact_id = ANY ($1)', [ids]);
  // Nobody searches this account any more: what the triggers noted has no reader.
  await manager.query('DELETE FROM contact_changes WHERE account_id = $1', [accountId]);
  return rows.length;
}

/** What is left of an account's copy for searches when its contacts are gone; waits for a copy that is being made. */
export async function removeSearchCopy(manager: EntityManager, accountId: number): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [COPY_LOCK]);
  await manager.query('DELETE FROM contact_search WHERE account_id = $1', [accountId]);
  await manager.query('DELETE FROM contact_changes WHERE account_id = $1', [accountId]);
  await manager.query('DELETE FROM contact_counts WHERE account_id = $1', [accountId]);
}
