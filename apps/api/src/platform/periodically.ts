import type { Logger } from '@nestjs/common';
import { describeError } from './log/describe-error';

/**
 * Does something now and then, one at a time, until told to stop; stopping waits for what is under way. A failure is
 * logged and the next turn tries again.
 */
export function periodically(everyMs: number, log: Logger, work: () => Promise<void>): () => Promise<void> {
  let working: Promise<void> | null = null;
  const turn = (): void => {
    // While the database is slow, more of them would only make it slower.
    working ??= work()
      .catch((error: unknown) => log.warn(describeError(error)))
      .finally(() => (working = null));
  };
  const timer = setInterval(turn, everyMs);
  turn();
  return async () => {
    clearInterval(timer);
    await working;
  };
}
