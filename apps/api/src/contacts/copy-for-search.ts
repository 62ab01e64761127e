import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { periodically } from '../platform/periodically';
import { COPY_OF_CONTACT } from './search-copy';

const EVERY_MS = 2_000;

// Any number that nobody else uses: one process at a time brings the copy up to date.
const COPY_LOCK = 7_206_184;

/** More contacts than this at once come from an import: the copy leaves its account alone until it has gone by. */
const FEW = 1_000;
const QUIET = `interval '3 seconds'`;
const LONG = `interval '2 minutes'`;

interface Change {
  id: number;
  accountId: number;
  added: number;
  touched: number;
  firstId: number | null;
  lastId: number | null;
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
  const [change] = await manager.query<Change[]>(
    `SELECT id, account_id AS "accountId", added, touched, first_id AS "firstId", last_id AS "lastId",
       changed_ids AS "changedIds"
     FROM contact_changes AS change WHERE NOT EXISTS (
       SELECT FROM contact_changes AS large WHERE large.account_id = change.account_id AND large.touched > ${FEW}
       HAVING max(noted_at) > now() - ${QUIET} AND min(noted_at) > now() - ${LONG}
     ) ORDER BY id LIMIT 1`,
  );
  if (change === undefined) return 0;
  await copyChange(manager, change);
  await manager.query(
    `INSERT INTO contact_counts (account_id, contacts) VALUES ($1, $2)
     ON CONFLICT (account_id) DO UPDATE SET contacts = contact_counts.contacts + excluded.contacts`,
    [change.accountId, change.added],
  );
  await manager.query('DELETE FROM contact_changes WHERE id = $1', [change.id]);
  return change.touched;
}

const COPY = `INSERT INTO contact_search (account_id, contact_id, name_key, email_key, phone_number, created_at)
  SELECT account_id, ${COPY_OF_CONTACT} FROM`;

/** `OFFSET` and `LIMIT` leave the planner no choice but the key: it knows nothing of a table that has just been filled. */
async function copyChange(manager: EntityManager, change: Change): Promise<void> {
  const { accountId, firstId, lastId, changedIds } = change;
  if (changedIds === null) {
    // What is there already came with another entry of the same ids, and what changed since has an entry of its own.
    await manager.query(
      `${COPY} (SELECT * FROM contacts WHERE id BETWEEN $2 AND $3 OFFSET 0) AS contacts
       WHERE account_id = $1 ON CONFLICT DO NOTHING`,
      [accountId, firstId, lastId],
    );
    return;
  }
  await manager.query('DELETE FROM contact_search WHERE contact_id = ANY ($1)', [changedIds]);
  await manager.query(
    `${COPY} unnest($2::bigint[]) AS changed (changed_id)
     CROSS JOIN LATERAL (SELECT * FROM contacts WHERE account_id = $1 AND id = changed_id LIMIT 1) AS contacts`,
    [accountId, changedIds],
  );
}
