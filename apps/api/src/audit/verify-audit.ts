import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';

const PAGE_EVENTS = 5_000;

/** What the hash of an event is made of: the database writes the same text when it chains the event. */
const CANONICAL = `jsonb_build_array(id, action, account_id, user_id, subject_id, count, details, via, address, token_id,
  to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text`;

const NO_HEAD = Buffer.alloc(32);

/** The end of a chain at some time: how many events it had, and the hash of the last one. */
export interface ChainHead {
  /** The account's id; 0 for events of no account. */
  chain: number;
  events: number;
  head: string;
}

export interface AuditVerdict {
  heads: ChainHead[];
  /** One sentence for each thing that is wrong; empty when every chain is whole. */
  faults: string[];
}

interface ChainedEvent {
  id: number;
  chain: number;
  position: number | null;
  hash: Buffer | null;
  canonical: string;
}

/**
 * Follows every chain from its first event to its head. `kept` are heads that an earlier check printed: what was chained then
 * must still be there. Reads one state of the database, in pages.
 */
export async function verifyAudit(
  manager: EntityManager,
  kept: readonly ChainHead[] = [],
): Promise<AuditVerdict> {
  // A function or table of the same name in another schema must not answer in place of the real one.
  await manager.query('SET LOCAL search_path = pg_catalog, public');
  const faults: string[] = [];
  const ends = new Map<number, ChainHead>();
  const unmet = new Map(kept.map((head) => [`${head.chain} ${head.events}`, head]));
  for await (const event of chainedEvents(manager)) {
    const { chain } = event;
    const before = ends.get(chain) ?? { chain, events: 0, head: NO_HEAD.toString('hex') };
    const after = { chain, events: before.events + 1, head: linkOf(before.head, event.canonical) };
    const fault = faultOf(event, after);
    if (fault !== null) faults.push(`Chain ${chain}, event ${event.id}: ${fault}`);
    // The chain goes on from what is stored: one change is one fault, not one for every event behind it.
    ends.set(chain, { ...after, head: event.hash?.toString('hex') ?? after.head });
    const old = unmet.get(`${chain} ${after.events}`);
    if (old !== undefined && old.head === after.head) unmet.delete(`${chain} ${after.events}`);
  }
  faults.push(...(await headFaults(manager, ends)));
  for (const { chain, events } of unmet.values())
    faults.push(`Chain ${chain}: the head of its ${events} events that was kept is not in it any more.`);
  return { heads: [...ends.values()].sort((a, b) => a.chain - b.chain), faults };
}

function linkOf(head: string, canonical: string): string {
  return createHash('sha256').update(Buffer.from(head, 'hex')).update(canonical).digest('hex');
}

function faultOf({ position, hash }: ChainedEvent, expected: ChainHead): string | null {
  if (position === null || hash === null) return 'it was never chained.';
  if (position !== expected.events)
    return `place ${position} comes where place ${expected.events} was expected.`;
  if (hash.toString('hex') !== expected.head)
    return 'it, or what stood before it, is not what was written down.';
  return null;
}

/** The heads that are kept beside the events: without this the last events could be cut off unseen. */
async function headFaults(manager: EntityManager, ends: ReadonlyMap<number, ChainHead>): Promise<string[]> {
  const rows = await manager.query<{ chain: number; events: number; head: Buffer }[]>(
    'SELECT chain::int8, events::int8, head FROM public.audit_chains ORDER BY chain',
  );
  const chains = new Map(rows.map((row) => [Number(row.chain), row]));
  const missing = [...ends.keys()].filter((chain) => !chains.has(chain));
  const faults = missing.map((chain) => `Chain ${chain}: its head is gone.`);
  for (const [chain, { events, head }] of chains) {
    const end = ends.get(chain);
    if (end?.events === Number(events) && end.head === head.toString('hex')) continue;
    if (end === undefined && Number(events) === 0) continue;
    faults.push(
      `Chain ${chain}: it should end with ${events} events, and it has ${end?.events ?? 0} or another end.`,
    );
  }
  return faults;
}

async function* chainedEvents(manager: EntityManager): AsyncGenerator<ChainedEvent> {
  await manager.query(
    `DECLARE chained CURSOR FOR SELECT id, coalesce(account_id, 0) AS chain, position, hash, ${CANONICAL} AS canonical
     FROM public.audit_events ORDER BY coalesce(account_id, 0), position NULLS LAST, id`,
  );
  for (;;) {
    const rows = await manager.query<ChainedEvent[]>(`FETCH ${PAGE_EVENTS} FROM chained`);
    if (rows.length === 0) break;
    for (const row of rows)
      yield {
        ...row,
        id: Number(row.id),
        chain: Number(row.chain),
        position: row.position && Number(row.position),
      };
  }
  await manager.query('CLOSE chained');
}
