import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

const PACE_MS = 20;

/** What a connection was seen doing, and in which share of all looks while there was such a connection. */
export type Activity = Readonly<Record<string, number>>;

/**
 * Looks every few milliseconds at what the connections of the product do, until it is told to stop: where the time
 * goes, as the server sees it. It costs a few per cent, hence only when it is asked for.
 */
export async function watchActivity(url: string): Promise<() => Promise<Activity>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const seen = new Map<string, number>();
  let looks = 0;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const { rows } = await client.query<{ what: string }>(LOOK);
      looks += 1;
      for (const { what } of rows) seen.set(what, (seen.get(what) ?? 0) + 1);
      await pause(PACE_MS);
    }
  })();
  return async () => {
    isOver = true;
    await watching;
    await client.end();
    const shares = [...seen].map(([what, count]) => [what, count / looks] as const);
    return Object.fromEntries(shares.filter(([, share]) => share > 0.005).sort(([, a], [, b]) => b - a));
  };
}

/** Connections by their first words and by what they wait for; those that have nothing to do are left out. */
const LOOK = `
  SELECT left(regexp_replace(query, '\\s+', ' ', 'g'), 40) || ' · ' ||
    CASE WHEN state <> 'active' THEN state ELSE coalesce(wait_event_type || ':' || wait_event, 'working') END AS what
  FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`;
