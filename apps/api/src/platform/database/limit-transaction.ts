import type { EntityManager } from 'typeorm';

export interface TransactionLimits {
  /** What the backend calls itself meanwhile, in `pg_stat_activity`. */
  readonly name?: string;
  /** How long the transaction may stay open while its process says nothing. */
  readonly idleMs: number;
  /** How long one statement may wait for one lock. */
  readonly lockMs?: number;
  /** How long one statement may take. */
  readonly statementMs?: number;
}

/** Has PostgreSQL end a transaction whose process stands still, instead of everybody waiting for its locks. */
export async function limitTransaction(manager: EntityManager, limits: TransactionLimits): Promise<void> {
  const settings = {
    application_name: limits.name,
    idle_in_transaction_session_timeout: limits.idleMs,
    lock_timeout: limits.lockMs,
    statement_timeout: limits.statementMs,
  };
  const set = Object.entries(settings).filter(([, value]) => value !== undefined);
  await manager.query(
    `SELECT ${set.map(([name], index) => `set_config('${name}', $${index + 1}, true)`).join(', ')}`,
    set.map(([, value]) => (typeof value === 'number' ? String(Math.ceil(value)) : value)),
  );
}
