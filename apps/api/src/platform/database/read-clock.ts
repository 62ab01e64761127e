import type { EntityManager } from 'typeorm';

/** Now, by the one clock that all processes share: the database's. */
export async function readClock(manager: EntityManager): Promise<Date> {
  const [{ now = new Date(NaN) } = {}] = await manager.query<{ now: Date }[]>('SELECT now()');
  return now;
}
