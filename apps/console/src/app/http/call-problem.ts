import { HttpErrorResponse } from '@angular/common/http';
import type { FieldIssue, Params, Problem } from '@ponte/contracts';

/** Why a call did not succeed: the server's problem, or one of two that only the browser can see. */
export interface CallProblem {
  code: Problem['code'] | 'network' | 'unknown';
  status: number;
  detail: string;
  line: number | null;
  params: Params;
  issues: readonly FieldIssue[];
  requestId: string | null;
  /** Seconds until the same call may work. */
  retryAfter: number | null;
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;
}

function parsed(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    // Not JSON: a proxy answered, not the API.
    return null;
  }
}

function secondsUntilRetry(error: HttpErrorResponse, body: unknown): number | null {
  const said = isProblem(body) ? body.params?.['seconds'] : undefined;
  const seconds = Number(said ?? error.headers.get('Retry-After') ?? NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

/** Everything that a call can throw, as a problem. What is not an HTTP error is a fault of ours and is thrown again. */
export function readProblem(error: unknown): CallProblem {
  if (!(error instanceof HttpErrorResponse)) throw error;
  const body = parsed(error.error);
  const retryAfter = secondsUntilRetry(error, body);
  const base = {
    status: error.status,
    detail: '',
    line: null,
    params: {},
    issues: [],
    requestId: null,
    retryAfter,
  };
  if (error.status === 0) return { ...base, code: 'network' };
  if (!isProblem(body)) return { ...base, code: 'unknown', detail: error.message };
  return {
    code: body.code,
    status: error.status,
    detail: body.detail,
    line: body.line ?? null,
    params: body.params ?? {},
    issues: body.issues ?? [],
    requestId: body.request_id ?? null,
    retryAfter,
  };
}
