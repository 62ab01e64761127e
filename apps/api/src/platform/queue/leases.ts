import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config/config';

/** The tables whose rows are runs: they share the columns state, fence, attempts and lease_until. */
export type RunTable = 'imports' | 'exports';

const LONGEST_PAUSE_SECONDS = 300;

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
    private readonly dataSource: DataSource,
  ) {}

  /** Takes a run that waits or whose worker has not shown itself for too long; null when there is nothing to take. */
  async take(table: RunTable, runId: number): Promise<Lease | null> {
    const { leaseSeconds } = this.config.runs;
    const [rows] = await this.dataSource.query<[{ fence: number; attempts: number }[], number]>(
      `UPDATE ${table} SET state = 'running', fence = fence + 1, attempts = attempts + 1,
         started_at = coalesce(started_at, now()), lease_until = now() + make_interval(secs => $2)
       WHERE id = $1 AND state IN ('queued', 'running') AND (lease_until IS NULL OR lease_until < now())
       RETURNING fence, attempts`,
      [runId, leaseSeconds],
    );
    const row = rows[0];
    return row === undefined
      ? null
      : new Lease(this.dataSource, table, runId, row.fence, row.attempts, leaseSeconds);
  }
}
