import { Inject, Injectable } from '@nestjs/common';
import { ACCOUNT_SHARE, SEARCH_SECONDS } from '@ponte/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { CONFIG, type Config } from '../config/config';
import { RequestProblem } from '../http/request-problem';
import { AccountShares } from '../shares/account-shares';
import { Semaphore } from '../shares/semaphore';

const CANCELLED = '57014';
const CANCEL_AGAIN_MS = 100;

/**
 * One round trip: on a busy machine each one waits for its turn. Without parallel workers a search takes one processor,
 * and others have the rest.
 */
const BEGIN = `START TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;
  SET LOCAL statement_timeout = ${SEARCH_SECONDS * 1000};
  SET LOCAL max_parallel_workers_per_gather = 0`;

type Work<Result> = (manager: EntityManager) => Promise<Result>;

/** Reads that a person waits for: they have a time limit, end when nobody waits any more, and leave connections for others. */
@Injectable()
export class InteractiveReads {
  private readonly shares = new AccountShares(ACCOUNT_SHARE.searches);
  private readonly connections: Semaphore;

  constructor(
    @Inject(CONFIG) { database, runs }: Config,
    private readonly dataSource: DataSource,
  ) {
    // Dry runs may hold `concurrency` of them. Most of the others are left to requests that take milliseconds, and so are the
    // processors: each search that cannot use an index keeps one busy for seconds.
    this.connections = new Semaphore(Math.max(1, Math.floor((database.poolSize - runs.concurrency) / 4)));
  }

  /** A read that may take seconds. Throws `account_busy` when the account does too many of them. */
  search<Result>(accountId: number, gone: AbortSignal, work: Work<Result>): Promise<Result> {
    return this.shares.run(accountId, gone, () => this.connections.run(gone, () => this.read(gone, work)));
  }

  /**
   * Works on one state of the database, in a transaction that cannot write. Throws `search_too_slow` when that takes too
   * long, and the reason of `gone` when that is aborted.
   */
  async read<Result>(gone: AbortSignal, work: Work<Result>): Promise<Result> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const { processID } = (await runner.connect()) as PoolClient & { processID: number };
      await runner.query(BEGIN);
      const limit = AbortSignal.any([gone, AbortSignal.timeout(SEARCH_SECONDS * 1000)]);
      return await cancelledBy(limit, this.dataSource, processID, () => work(runner.manager));
    } catch (error) {
      // Expected: the database was told to stop, by us or by its own limit.
      if (!(error instanceof Error && 'code' in error && error.code === CANCELLED)) throw error;
      gone.throwIfAborted();
      throw new RequestProblem('search_too_slow', { params: { seconds: SEARCH_SECONDS } });
    } finally {
      // Nothing was written: the answer does not wait for the end.
      void end(runner);
    }
  }
}

async function end(runner: QueryRunner): Promise<void> {
  try {
    await runner.query('ROLLBACK');
  } catch {
    // Expected: the connection is gone, and with it the transaction.
  } finally {
    await runner.release();
  }
}

/** Cancels the statements of a connection while it works and the signal is aborted. */
async function cancelledBy<Result>(
  signal: AbortSignal,
  dataSource: DataSource,
  pid: number,
  work: () => Promise<Result>,
): Promise<Result> {
  let isOver = false;
  let cancelling = Promise.resolve();
  const cancel = async () => {
    while (!isOver) {
      await dataSource.query('SELECT pg_cancel_backend($1)', [pid]);
      // A backend between two statements misses the request: send it again.
      await pause(CANCEL_AGAIN_MS);
    }
  };
  const begin = () => {
    // Expected: the database is away. Its own time limit ends the statement.
    cancelling = cancel().catch(() => undefined);
  };
  signal.addEventListener('abort', begin, { once: true });
  try {
    signal.throwIfAborted();
    return await work();
  } finally {
    isOver = true;
    signal.removeEventListener('abort', begin);
    // The connection goes back to the pool afterwards: a request under way would hit the next statement on it.
    await cancelling;
  }
}
