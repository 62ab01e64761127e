import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config/config';
import { limitTransaction } from '../database/limit-transaction';

/** The tables whose rows are runs: they share the columns account_id, state, fence, attempts and lease_until. */
export type RunTable = 'imports' | 'exports';

const LONGEST_PAUSE_SECONDS = 300;

/**
 * How long PostgreSQL waits for a silent worker, for a statement and for a lock, as shares of the lease: a worker that stands
 * still holds nothing any more when its lease is over.
 */
const LIMIT_SHARE = 0.9;
const LOCK_SHARE = 1 / 3;

/** How long a backend of an earlier holder may take to end. */
const TERMINATION_MS = 5_000;

/** Another worker has the run now, or it has ended: whatever this one still holds must not be written. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

/** The right to work on one run, shown to the database again in every transaction. */
export class Lease {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private isExtending = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly table: RunTable,
    readonly runId: number,
    /** Grows with every worker that takes the run: a stalled one that wakes up has an old number. */
    readonly fence: number,
    /** How often the run was taken since it last got ahead. */
    readonly attempts: number,
    private readonly seconds: number,
  ) {
    this.timer = setInterval(() => void this.extend(), (seconds * 1000) / 3);
  }

  /** Aborts when the lease is lost or given up. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /**
   * A transaction of the run. It carries the run's name, by which the next holder finds and ends it, and limits shorter
   * than the lease: PostgreSQL ends it when this process stands still, also inside a COPY.
   */
  transaction<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return this.dataSource.transaction(async (manager) => {
      await limitTransaction(manager, { ...this.limits, statementMs: this.limits.idleMs });
      return work(manager);
    });
  }

  /**
   * The same for a long reading in one snapshot: no limit for one statement. It locks nothing that others write, and the
   * next holder ends it.
   */
  snapshot<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      await limitTransaction(manager, this.limits);
      return work(manager);
    });
  }

  /**
   * Locks the run's row until the transaction ends and extends the lease. Throws `LeaseLost` when the run is somebody
   * else's: with the row locked nobody can take it before this transaction has committed.
   */
  async hold(manager: EntityManager): Promise<void> {
    const [, affected] = await manager.query<[unknown, number]>(this.extension, this.parameters);
    if (affected === 0) throw this.lose();
  }

  /** Stops working on the run from the outside, for example when the process ends. */
  abort(reason: unknown): void {
    this.controller.abort(reason);
  }

  /**
   * Stops extending. `over`: the run has ended. `hand_over`: another worker may take it at once. `later`: it met a fault,
   * and is taken again after a pause that grows with every attempt.
   */
  async end(how: 'over' | 'hand_over' | 'later'): Promise<void> {
    clearInterval(this.timer);
    if (how === 'over') return;
    const isHandedOver = how === 'hand_over';
    const pause = isHandedOver ? 0 : Math.min(2 ** this.attempts, LONGEST_PAUSE_SECONDS);
    await this.dataSource.query(
      `UPDATE ${this.table} SET lease_until = now() + make_interval(secs => $3), attempts = attempts - $4
       WHERE id = $1 AND fence = $2 AND state = 'running'`,
      // A process that was asked to stop says nothing about the run.
      [this.runId, this.fence, pause, isHandedOver && this.attempts > 0 ? 1 : 0],
    );
  }

  private get limits(): { name: string; idleMs: number; lockMs: number } {
    return {
      name: `${holderName(this.table, this.runId)} ${this.fence}`,
      idleMs: this.seconds * 1000 * LIMIT_SHARE,
      lockMs: this.seconds * 1000 * LOCK_SHARE,
    };
  }

  private get extension(): string {
    return `UPDATE ${this.table} SET lease_until = clock_timestamp() + make_interval(secs => $3)
            WHERE id = $1 AND fence = $2 AND state = 'running'`;
  }

  private get parameters(): unknown[] {
    return [this.runId, this.fence, this.seconds];
  }

  private async extend(): Promise<void> {
    // A long transaction of this worker holds the row: one connection that waits for it is enough.
    if (this.isExtending) return;
    this.isExtending = true;
    try {
      const [, affected] = await this.dataSource.query<[unknown, number]>(this.extension, this.parameters);
      if (affected === 0) this.lose();
    } catch {
      // Expected while the database is away: the next transaction finds out whether the lease is still ours.
    } finally {
      this.isExtending = false;
    }
  }

  private lose(): LeaseLost {
    const lost = new LeaseLost();
    clearInterval(this.timer);
    this.controller.abort(lost);
    return lost;
  }
}

/** Gives a run to one worker at a time. */
@Injectable()
export class Leases {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    readonly dataSource: DataSource,
  ) {}

  /**
   * Takes a run that waits or whose worker has not shown itself for too long, and ends what that worker still does in the
   * database. Null when there is nothing to take. Waits for no lock: who holds the run's row has it.
   */
  async take(table: RunTable, runId: number): Promise<Lease | null> {
    const { leaseSeconds } = this.config.runs;
    const [rows] = await this.dataSource.query<[{ fence: number; attempts: number }[], number]>(
      `UPDATE ${table} SET state = 'running', fence = fence + 1, attempts = attempts + 1,
         started_at = coalesce(started_at, now()), lease_until = now() + make_interval(secs => $2)
       WHERE id = (SELECT id FROM ${table} WHERE id = $1 AND ${waits(table)} FOR NO KEY UPDATE SKIP LOCKED)
       RETURNING fence, attempts`,
      [runId, leaseSeconds],
    );
    const row = rows[0];
    if (row === undefined) return null;
    if (row.fence > 1) await this.endEarlierHolders(table, runId, row.fence);
    return new Lease(this.dataSource, table, runId, row.fence, row.attempts, leaseSeconds);
  }

  /** Needs no special right: the backends belong to the role that the service uses. */
  private async endEarlierHolders(table: RunTable, runId: number, fence: number): Promise<void> {
    await this.dataSource.query(
      `SELECT pg_terminate_backend(pid, ${TERMINATION_MS}) FROM pg_stat_activity
       WHERE datname = current_database() AND usename = current_user
         AND substring(application_name FROM $1)::int < $2`,
      [`^${holderName(table, runId)} (\\d+)$`, fence],
    );
  }
}

/** Of a run that a worker may take. */
export function waits(run: string): string {
  return `${run}.state IN ('queued', 'running') AND (${run}.lease_until IS NULL OR ${run}.lease_until < now())`;
}

/** What the backends of a run's holders call themselves, before the fence. */
function holderName(table: RunTable, runId: number): string {
  return `ponte ${table} ${runId} fence`;
}
