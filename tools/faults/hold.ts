import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { until, type Account } from './account';
import { DATABASE, type Stage } from './stage';

/** A connection behind the product's back. What it has begun is undone when it ends. */
export async function connect({ postgres }: Stage): Promise<Client> {
  const client = new Client({ connectionString: postgres.url(DATABASE) });
  // Expected when a case stops the server under it.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/**
 * Begins to add a contact: an import that comes to its number waits to know whether it stays, so that the import is in its
 * middle for as long as it is wanted there. Answers what lets it go.
 */
export async function holdAt({ stage, id }: Account, phone: string): Promise<() => Promise<void>> {
  const client = await connect(stage);
  await client.query('BEGIN');
  await client.query(`INSERT INTO contacts (account_id, phone_number, name) VALUES ($1, $2, 'By hand')`, [
    id,
    phone,
  ]);
  return () => client.end();
}

export interface Backend {
  readonly state: string;
  readonly waits: string | null;
  readonly statement: string;
}

/** The database's view of the connections of one process. */
export async function backendsOf(stage: Stage, { pid = 0 }: ChildProcess): Promise<Backend[]> {
  return stage.query<Backend>(
    `SELECT state, wait_event_type AS waits, left(query, 400) AS statement FROM pg_stat_activity
     WHERE datname = current_database() AND client_port = ANY ($1::int[])`,
    [portsOf(pid)],
  );
}

/** Local ports of a process's connections over IPv4. */
function portsOf(pid: number): number[] {
  const folder = `/proc/${pid}/fd`;
  const links = readdirSync(folder).flatMap((name) => {
    try {
      return readlinkSync(`${folder}/${name}`);
    } catch {
      // Closed meanwhile.
      return [];
    }
  });
  const sockets = new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
  return readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => sockets.has(fields[9] ?? ''))
    .map((fields) => Number.parseInt(fields[1]?.split(':')[1] ?? '0', 16));
}

/** Where a worker is when it freezes. */
export type Frozen = 'statement' | 'COPY' | 'between batches';

const TRIES = 400;

const IS_THERE: Record<Frozen, (backends: readonly Backend[]) => boolean> = {
  statement: (backends) => backends.some(({ state, waits }) => state === 'active' && waits === 'Lock'),
  COPY: (backends) =>
    backends.some(
      ({ state, waits, statement }) =>
        state === 'active' && waits === 'Client' && /^COPY [^]* FROM STDIN/i.test(statement),
    ),
  'between batches': (backends) => backends.every(({ state }) => state === 'idle'),
};

/**
 * Stops a process (SIGSTOP) at that place, as a machine that swaps or a network that is cut does. It is let go on again and
 * again until it was met there; throws when its run is at its end before.
 */
export async function freeze(
  stage: Stage,
  worker: ChildProcess,
  where: Frozen,
  isOpen: () => Promise<boolean>,
): Promise<void> {
  const isThere = async () => IS_THERE[where](await backendsOf(stage, worker));
  for (let tried = 0; tried < TRIES; tried += 1) {
    // A lock is waited for by the second; the other places are passed in milliseconds, and met by stopping often.
    if (where === 'statement') await until('A statement that waits', isThere, Boolean);
    worker.kill('SIGSTOP');
    // What the server has been told already is done first.
    await pause(40);
    const isMet = await isThere();
    if (!(await isOpen())) break;
    if (isMet) return;
    worker.kill('SIGCONT');
    await pause(tried % 7);
  }
  throw new Error(`The worker was not met ${where}.`);
}
