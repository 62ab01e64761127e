import { RequestProblem } from '../http/request-problem';
import { Semaphore, SemaphoreFull } from './semaphore';

export interface Share {
  atOnce: number;
  waiting: number;
  waitSeconds: number;
}

/** When to ask again for what an account has too much of. */
const RETRY_SECONDS = 10;

/** This account uses its whole share. */
export function accountBusy(): RequestProblem {
  return new RequestProblem('account_busy', {
    retryAfterSeconds: RETRY_SECONDS,
    params: { seconds: RETRY_SECONDS },
  });
}

/** The same share of some work for each account, in this process. */
export class AccountShares {
  private readonly semaphores = new Map<number, Semaphore>();

  constructor(private readonly share: Share) {}

  /**
   * Does the work when the account has room for it. Throws `account_busy` when too much of it waits already or it waited too
   * long, and the signal's reason when it is aborted while the work waits.
   */
  async run<Result>(accountId: number, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    const release = await this.acquire(accountId, signal);
    try {
      return await work();
    } finally {
      release();
    }
  }

  private async acquire(accountId: number, signal: AbortSignal): Promise<() => void> {
    const { atOnce, waiting, waitSeconds } = this.share;
    const semaphore = this.semaphores.get(accountId) ?? new Semaphore(atOnce, waiting);
    this.semaphores.set(accountId, semaphore);
    const limit = AbortSignal.timeout(waitSeconds * 1000);
    try {
      const release = await semaphore.acquire(AbortSignal.any([signal, limit]));
      return () => {
        release();
        if (semaphore.isUnused) this.semaphores.delete(accountId);
      };
    } catch (error) {
      // Expected: others of the account were first, all the time.
      if (error instanceof SemaphoreFull || (limit.aborted && !signal.aborted)) throw accountBusy();
      throw error;
    }
  }
}
