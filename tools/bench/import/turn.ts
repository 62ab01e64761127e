import type { Postgres } from '../postgres';
import { cpuSeconds, familyCpuSeconds } from '../processes';
import type { Activity } from './activity';

/** One measured turn of one side. */
export interface Turn {
  readonly side: 'ponte' | 'psql';
  /** Rows of what this side was given: the file of the one, the clean rows of the other. */
  readonly rows: number;
  readonly seconds: number;
  readonly postgresCpuSeconds: number;
  readonly walBytes: number;
  readonly worker?: WorkerCost;
  readonly activity?: Activity;
}

export interface WorkerCost {
  readonly cpuSeconds: number;
  /** What it held when it had started and had nothing to do. */
  readonly idleBytes: number;
  readonly peakBytes: number;
}

/** Copies, measures in the copy, and removes it: every turn begins with the same files and an empty buffer cache. */
export async function inCopy<Result>(
  postgres: Postgres,
  database: string,
  measure: (copy: string) => Promise<Result>,
): Promise<Result> {
  const copy = 'turn';
  await postgres.copyDatabase(database, copy);
  try {
    return await measure(copy);
  } finally {
    await postgres.dropDatabase(copy);
  }
}

/** What the server spends from now on: processor time of all its processes, and bytes of its log of changes. */
export async function watchCost(
  postgres: Postgres,
): Promise<() => Promise<Pick<Turn, 'postgresCpuSeconds' | 'walBytes'>>> {
  const wal = async () => {
    const sql = "SELECT (pg_current_wal_lsn() - '0/0')::bigint AS bytes";
    return (await postgres.query<{ bytes: number }>('postgres', sql))[0]?.bytes ?? 0;
  };
  const before = { cpu: familyCpuSeconds(postgres.pid), wal: await wal() };
  return async () => ({
    postgresCpuSeconds: familyCpuSeconds(postgres.pid) - before.cpu,
    walBytes: (await wal()) - before.wal,
  });
}

/** Processor time of a process from now on. */
export function watchCpu(pid: number): () => number {
  const before = cpuSeconds(pid);
  return () => cpuSeconds(pid) - before;
}

/** A turn as one line, and below it what the connections were seen doing. */
export function logTurn(log: (line: string) => void, { activity = {}, ...turn }: Turn): void {
  log(JSON.stringify(turn));
  for (const [what, share] of Object.entries(activity))
    log(`${(share * 100).toFixed(1).padStart(7)} %  ${what}`);
}
