import type { EntityManager } from 'typeorm';

/** How many contacts an account has. */
export async function countContacts(manager: EntityManager, accountId: number): Promise<number> {
  const [{ count = 0 } = {}] = await manager.query<{ count: number }[]>(
    'SELECT count(*) FROM contacts WHERE account_id = $1',
    [accountId],
  );
  return count;
}
