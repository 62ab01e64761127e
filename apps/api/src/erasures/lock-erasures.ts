import type { DataSource } from 'typeorm';

/** First half of the advisory lock's key; no other lock uses this number. */
const ERASURE_LOCK = 7_206_191;

/**
 * Does the work while no other process erases people of the account. Holds one connection besides those of the work; no row is
 * locked, so that the account stays usable.
 */
export async function lockErasures<Result>(
  dataSource: DataSource,
  accountId: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1, hashint8($2))', [ERASURE_LOCK, accountId]);
    try {
      return await work();
    } finally {
      await lock.query('SELECT pg_advisory_unlock($1, hashint8($2))', [ERASURE_LOCK, accountId]);
    }
  } finally {
    await lock.release();
  }
}
