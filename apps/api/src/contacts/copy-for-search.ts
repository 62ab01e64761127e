import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { limitTransaction } from '../platform/database/limit-transaction';
import { periodically } from '../platform/periodically';
import { COPY_OF_CONTACT } from './search-copy';

const EVERY_MS = 2_000;

// Any number that nobody else uses: one process at a time brings the copy up to date.
export const COPY_LOCK = 7_206_184;

/** More contacts than this at once come from an import: the copy leaves its account alone until it has gone by. */
const FEW = 1_000;
const QUIET = `interval '3 seconds'`;
const LONG = `interval '2 minutes'`;

/** Added contacts that are copied in one go. Those of similar names then lie side by side: a search reads a page for many of them. */
const TOGETHER = 200_000;

interface Change {
  id: number;
  accountId: number;
  added: number;
  touched: number;
  changedIds: string[] | null;
}

/**
 * Brings the copy that searches look at up to date, one entry of the journal after the other. Until then a search looks at
 * the contacts of the journal themselves: nothing that was just written is missed.
 */
@Injectable()
export class CopyForSearch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(CopyForSearch.name);
  private stop: (() => Promise<void>) | null = null;
  private isStopping = false;

  constructor(private readonly dataSource: DataSource) {}

  onApplicationBootstrap(): void {
    this.stop = periodically(EVERY_MS, this.log, () => this.copyWhatIsDue());
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    await this.stop?.();
  }

  /** Works through the journal until nothing is due. */
  async copyWhatIsDue(): Promise<void> {
    let copied = 0;
    for (let touched = 1; touched > 0 && !this.isStopping; copied += touched) {
      touched = await this.dataSource.transaction(copyNext);
    }
    // Puts new entries of the trigram index into their place, and lets the walk of the copy skip the table.
    if (copied > FEW) await this.dataSource.query('VACUUM (ANALYZE) contact_search');
  }
}

/** Answers how many contacts the entry was about; 0 when nothing is due, or when another process is at it. */
async function copyNext(manager: EntityManager): Promise<number> {
  const [{ is_mine: isMine = false } = {}] = await manager.query<{ is_mine: boolean }[]>(
    'SELECT pg_try_advisory_xact_lock($1) AS is_mine',
    [COPY_LOCK],
  );
  if (!isMine) return 0;
  // A process that stands still must not keep the others from it.
  await limitTransaction(manager, { idleMs: 20_000 });
  const [change] = await manager.query<Change[]>(
    `SELECT id, account_id AS "accountId", added, touched, changed_ids AS "changedIds"
     FROM contact_changes AS change WHERE NOT EXISTS (
       SELECT FROM contact_changes AS large WHERE large.account_id = change.account_id AND large.touched > ${FEW}
       HAVING max(noted_at) > now() - ${QUIET} AND min(noted_at) > now() - ${LONG}
     ) ORDER BY id LIMIT 1`,
  );
  if (change === undefined) return 0;
  return change.changedIds === null
    ? copyAdded(manager, change)
    : copyChanged(manager, change, change.changedIds);
}

const COPY = `INSERT INTO contact_search (account_id, contact_id, name_key, email_key, phone_number, created_at)
  SELECT account_id, ${COPY_OF_CONTACT} FROM`;

// Below, `OFFSET` and `LIMIT` leave the planner no choice but the key: it knows nothing of a table that was just filled.

/**
 * With those that were added to the account next, in the order of names. What is there already came with another entry of
 * the same ids, and what changed since has an entry of its own: in which order entries are taken does not matter.
 */
async function copyAdded(manager: EntityManager, { id, accountId }: Change): Promise<number> {
  const [{ ids = '{}', added = 0, touched = 0 } = {}] = await manager.query<
    { ids: string; added: number; touched: number }[]
  >(
    `WITH taken AS (
       DELETE FROM contact_changes WHERE id IN (
         SELECT id FROM (
           SELECT id, sum(touched) OVER (ORDER BY id) AS together FROM contact_changes
           WHERE account_id = $1 AND id >= $2 AND changed_ids IS NULL
         ) AS entries WHERE id = $2 OR together <= ${TOGETHER}
       ) RETURNING added, touched, first_id, last_id
     ) SELECT range_agg(int8range(first_id, last_id, '[]'))::text AS ids,
         sum(added) AS added, sum(touched) AS touched FROM taken`,
    [accountId, id],
  );
  await manager.query("SET LOCAL work_mem = '64MB'");
  await manager.query(
    `${COPY} unnest($2::int8multirange) AS added (ids)
     CROSS JOIN LATERAL (
       SELECT * FROM contacts WHERE id >= lower(added.ids) AND id < upper(added.ids) OFFSET 0
     ) AS contact WHERE account_id = $1 ORDER BY name_key, contact_id ON CONFLICT DO NOTHING`,
    [accountId, ids],
  );
  await countIn(manager, accountId, added);
  return touched;
}

async function copyChanged(manager: EntityManager, change: Change, ids: readonly string[]): Promise<number> {
  await manager.query('DELETE FROM contact_search WHERE contact_id = ANY ($1)', [ids]);
  await manager.query(
    `${COPY} unnest($2::bigint[]) AS changed (changed_id)
     CROSS JOIN LATERAL (SELECT * FROM contacts WHERE id = changed_id LIMIT 1) AS contact WHERE account_id = $1`,
    [change.accountId, ids],
  );
  await countIn(manager, change.accountId, change.added);
  await manager.query('DELETE FROM contact_changes WHERE id = $1', [change.id]);
  return change.touched;
}

async function countIn(manager: EntityManager, accountId: number, added: number): Promise<void> {
  await manager.query(
    `INSERT INTO contact_counts (account_id, contacts) VALUES ($1, $2)
     ON CONFLICT (account_id) DO UPDATE SET contacts = contact_counts.contacts + excluded.contacts`,
    [accountId, added],
  );
}
