import { HttpException } from '@nestjs/common';
import type { ProblemCode } from '@ponte/contracts';
import { isPassing } from '../database/retry';
import { RequestProblem } from './request-problem';

/** When to ask again while database, queue or storage are away. */
const RETRY_SECONDS = 5;

/** PostgreSQL's codes for a text that holds a NUL: JSON and addresses may carry it, and no column can hold it. */
const UNSTORABLE_TEXT = new Set(['22021', '22P05']);
/** A server that only reads at the moment, such as a standby before it takes over. */
const READ_ONLY = '25006';
/** No room: of the system, of PostgreSQL, and as servers that speak S3 say it. */
const FULL = new Set([
  'ENOSPC',
  'EDQUOT',
  '53100',
  'InsufficientStorage',
  'QuotaExceeded',
  'StorageFull',
  'XMinioStorageFull',
]);
/** A name server that does not answer now. */
const NAMELESS = new Set(['EAI_AGAIN', 'ENOTFOUND']);

/** How everything that may be thrown is answered; faults of ours are `internal`. */
export function problemOf(thrown: unknown): RequestProblem {
  if (thrown instanceof RequestProblem) return thrown;
  if (thrown instanceof HttpException) return new RequestProblem(codeOfStatus(thrown.getStatus()));
  const code = codeOf(thrown);
  if (FULL.has(code)) return new RequestProblem('storage_full');
  if (isUnavailable(thrown, code)) return unavailable();
  if (UNSTORABLE_TEXT.has(code)) return new RequestProblem('request_invalid');
  // body-parser throws plain errors with a status for JSON that it cannot read.
  if (hasStatus(thrown)) return new RequestProblem(codeOfStatus(thrown.status));
  return new RequestProblem('internal');
}

/** The service cannot do this now and will be able to in a moment. */
export function unavailable(): RequestProblem {
  return new RequestProblem('unavailable', {
    retryAfterSeconds: RETRY_SECONDS,
    params: { seconds: RETRY_SECONDS },
  });
}

function isUnavailable(thrown: unknown, code: string): boolean {
  return code === READ_ONLY || NAMELESS.has(code) || isPassing(thrown) || isRedisAway(thrown);
}

/** ioredis gives up a command with words instead of a code. */
function isRedisAway(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    (thrown.name === 'MaxRetriesPerRequestError' || /^Connection is closed/.test(thrown.message))
  );
}

/** The code of a system's or a server's error; S3 gives its code as a name. */
function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return '';
  return 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : thrown.name;
}

function codeOfStatus(status: number): ProblemCode {
  if (status === 401) return 'sign_in_required';
  if (status === 403) return 'not_allowed';
  if (status === 404 || status === 405) return 'not_found';
  return status < 500 ? 'request_invalid' : 'internal';
}

function hasStatus(thrown: unknown): thrown is { status: number } {
  return (
    typeof thrown === 'object' && thrown !== null && 'status' in thrown && typeof thrown.status === 'number'
  );
}
