import type { EntityManager } from 'typeorm';
import { accountBusy } from './account-shares';

/** Throws `account_busy` when more runs of an account wait or are under way than it may have. */
export async function assertActiveRuns(
  manager: EntityManager,
  table: 'imports' | 'exports',
  accountId: number,
  most: number,
): Promise<void> {
  const [{ count = 0 } = {}] = await manager.query<{ count: number }[]>(
    `SELECT count(*) FROM ${table} WHERE account_id = $1 AND state IN ('queued', 'running')`,
    [accountId],
  );
  if (count > most) throw accountBusy();
}

/**
 * For the transaction that adds a run: a hundred requests at once are counted one after the other. References to the account,
 * which every new contact has, do not wait.
 */
export async function lockAccount(manager: EntityManager, accountId: number): Promise<void> {
  await manager.query('SELECT FROM accounts WHERE id = $1 FOR NO KEY UPDATE', [accountId]);
}
