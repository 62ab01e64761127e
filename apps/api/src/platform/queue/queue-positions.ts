import type { RunState } from '@ponte/contracts';
import type { EntityManager } from 'typeorm';
import type { RunTable } from './leases';

/** Place in the queue of each run that waits, by run: 1 is next. Runs start in the order of their ids. */
export async function queuePositions(
  manager: EntityManager,
  table: RunTable,
  runs: readonly { id: number; state: RunState }[],
): Promise<Map<number, number>> {
  const waiting = runs.filter(({ state }) => state === 'queued').map(({ id }) => id);
  if (waiting.length === 0) return new Map();
  const rows = await manager.query<{ id: number; position: number }[]>(
    `SELECT run.id, (SELECT count(*) FROM ${table} AS ahead WHERE ahead.state = 'queued' AND ahead.id <= run.id) AS position
     FROM unnest($1::bigint[]) AS run (id)`,
    [waiting],
  );
  // A run that was taken since it was read has no place any more.
  return new Map(rows.filter(({ position }) => position > 0).map(({ id, position }) => [id, position]));
}
