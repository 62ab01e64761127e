import type { RunState } from '@ponte/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { type RunTable, waits } from './leases';

/** What tells one kind of run from another. */
export interface RunKind {
  readonly table: RunTable;
  /** Runs that one process works on at a time. */
  readonly slots: number;
  /**
   * SQL that says of a run whether it is over in a moment. One of those is worked on beside the slots, so that it never
   * waits for long runs. Null when nothing tells.
   */
  readonly isQuick: ((run: string) => string) | null;
  /** Whether a run that is handed over goes on where it was. */
  readonly canGoOn: boolean;
}

/**
 * The run to take next: of the account that has the fewest runs under way, the oldest. `except`: runs that this process
 * still has. `isFull`: its slots are taken, so that only a quick run may be taken. Null when there is none.
 */
export async function nextRun(
  dataSource: DataSource,
  { table, isQuick }: RunKind,
  except: readonly number[],
  isFull: boolean,
): Promise<number | null> {
  if (isFull && isQuick === null) return null;
  const quick = isFull && isQuick !== null ? `AND ${isQuick('run')}` : '';
  const [next] = await dataSource.query<{ id: number }[]>(
    `SELECT run.id FROM ${table} AS run LEFT JOIN (${shares(table)}) AS share ON share.account_id = run.account_id
     WHERE ${waits('run')} AND run.id <> ALL ($1) ${quick}
     ORDER BY coalesce(share.runs, 0), run.id LIMIT 1 FOR NO KEY UPDATE OF run SKIP LOCKED`,
    [except],
  );
  return next?.id ?? null;
}

/**
 * Which of these runs should be handed over: the youngest of an account that has two runs more under way than another one
 * whose run waits. A run that has just begun to wait may still find a free slot elsewhere.
 */
export async function runsBeyondShare(
  dataSource: DataSource,
  { table, isQuick }: RunKind,
  ids: readonly number[],
): Promise<number[]> {
  const isLong = (run: string) => (isQuick === null ? 'true' : `NOT ${isQuick(run)}`);
  const runs = await dataSource.query<{ id: number }[]>(
    `WITH share AS (
       SELECT account_id, count(*) AS runs, max(id) AS youngest FROM ${table} AS other
       WHERE ${isHeld('other')} AND ${isLong('other')} GROUP BY account_id
     )
     SELECT youngest AS id FROM share AS mine WHERE youngest = ANY ($1) AND EXISTS (
       SELECT FROM ${table} AS run LEFT JOIN share ON share.account_id = run.account_id
       WHERE ${waits('run')} AND ${isLong('run')} AND coalesce(share.runs, 0) <= mine.runs - 2
         AND coalesce(run.lease_until, run.created_at) < now() - interval '1 second'
     )`,
    [ids],
  );
  return runs.map(({ id }) => id);
}

/**
 * Place in the queue of each run that waits, by run: 1 is next. Accounts take turns: the second run of an account comes
 * after the first ones of the others.
 */
export async function queuePositions(
  manager: EntityManager,
  table: RunTable,
  runs: readonly { id: number; state: RunState }[],
): Promise<Map<number, number>> {
  const queued = runs.filter(({ state }) => state === 'queued').map(({ id }) => id);
  if (queued.length === 0) return new Map();
  const rows = await manager.query<{ id: number; position: number }[]>(
    `WITH waiting AS (
       SELECT run.id, coalesce(runs, 0) + row_number() OVER (PARTITION BY run.account_id ORDER BY run.id) AS turn
       FROM ${table} AS run LEFT JOIN (${shares(table)}) AS share ON share.account_id = run.account_id
       WHERE ${waits('run')}
     )
     SELECT id, position FROM (
       SELECT id, row_number() OVER (ORDER BY turn, id) AS position FROM waiting
     ) AS positions WHERE id = ANY ($1)`,
    [queued],
  );
  // A run that was taken since it was read has no place any more.
  return new Map(rows.map(({ id, position }) => [id, position]));
}

/** How many runs each account has under way. */
function shares(table: RunTable): string {
  return `SELECT account_id, count(*) AS runs FROM ${table} AS other WHERE ${isHeld('other')} GROUP BY account_id`;
}

/** Of a run that a worker has. */
function isHeld(run: string): string {
  return `${run}.state = 'running' AND ${run}.lease_until >= now()`;
}
