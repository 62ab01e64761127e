import { isRefusal } from '../database/retry';

/** Longer than this is no sentence. */
const LONGEST_MESSAGE = 300;

/**
 * An error in words that may be logged. PostgreSQL repeats the value that it refuses, and a parser the text that it
 * cannot read: of those errors only the name and the code are told.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `thrown ${typeof error}`;
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  const isPrivate = isRefusal(error) || error instanceof SyntaxError;
  return `${error.name}${code}${isPrivate ? '' : `: ${error.message.slice(0, LONGEST_MESSAGE)}`}`;
}

/** The same with the place in the code where it was thrown. */
export function describeFault(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const places = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return [describeError(error), ...places].join('\n');
}
