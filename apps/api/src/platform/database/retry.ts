import { setTimeout as pause } from 'node:timers/promises';

/** SQLSTATE classes and codes that say "not now": lost connections, serialization, resources, limits, an operator's hand. */
const PASSING = /^(08|53|57P|57014|40|55P03|25P03)/;

/** Node's words for a connection that broke. */
const BROKEN = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT']);

/** The driver's words for a connection that was lost before the statement or with it. */
const LOST =
  /Connection terminated|is not queryable|already released|timeout exceeded when trying to connect/;

/** Whether the same statement may succeed a moment later. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return PASSING.test(code) || BROKEN.has(code) || LOST.test(error.message);
}

/** Classes that say no to the data: a value out of range, a broken constraint, too big for an index, a trigger's no. */
const REFUSING = /^(22|23|54|P0)...$/;

/** Whether PostgreSQL refused the data itself, so that the same data gets the same answer from a healthy server. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && REFUSING.test(String(error.code));
}

/** Whether somebody else has the lock that a statement would not wait for any longer. */
export function isLocked(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03';
}

/** Whether a row of the same key is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}

const FIRST_PAUSE_MS = 100;
const TRIES = 8;

/** Tries again, with growing pauses of about 25 seconds in all, while `again` says that the error passes. */
export async function withRetries<Result>(
  work: () => Promise<Result>,
  again: (error: unknown) => boolean,
  signal: AbortSignal,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (attempt >= TRIES || !again(error)) throw error;
      await pause(FIRST_PAUSE_MS * 2 ** attempt, undefined, { signal });
    }
  }
}
