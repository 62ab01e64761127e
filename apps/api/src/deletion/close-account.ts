import type { EntityManager } from 'typeorm';
import { recordAudit } from '../audit';

/**
 * Takes an account away from everyone at once, inside the given transaction: its members, and its runs, which stop at their
 * next step. A worker removes what is in it afterwards.
 */
export async function closeAccount(manager: EntityManager, accountId: number, userId: number): Promise<void> {
  await manager.query('UPDATE accounts SET deleted_at = now() WHERE id = $1', [accountId]);
  for (const table of ['imports', 'exports']) {
    // A worker that holds the run has an old number from now on, and writes nothing more.
    await manager.query(
      `UPDATE ${table} SET state = 'cancelled', finished_at = now(), lease_until = NULL, fence = fence + 1
       WHERE account_id = $1 AND state IN ('queued', 'running')`,
      [accountId],
    );
  }
  await manager.query('DELETE FROM members WHERE account_id = $1', [accountId]);
  await recordAudit(manager, { action: 'account_deleted', accountId, userId, subjectId: accountId });
}
