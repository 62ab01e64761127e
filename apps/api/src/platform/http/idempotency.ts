import type { Response } from 'express';
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { PonteRequest } from './caller';
import { RequestProblem } from './request-problem';
import { requestInvalid } from './validation';

const LONGEST_KEY = 255;

/** What a request made, or what an earlier one with the same key had made. */
export interface Made<View> {
  view: View;
  isReplayed: boolean;
}

/**
 * The SHA-256 of the request's `Idempotency-Key` in hex, or null: only that is stored, because programs make keys of people's
 * addresses. Throws `request_invalid` for a key that is blank or too long.
 */
export function idempotencyKey(request: PonteRequest): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || key.length > LONGEST_KEY || key.trim() === '') {
    throw requestInvalid([{ field: 'Idempotency-Key', code: 'invalid' }]);
  }
  return createHash('sha256').update(key).digest('hex');
}

/**
 * Compares everything that decides what is done, as it was stored and as it is asked for. Throws
 * `idempotency_key_reused` when it is not the same request.
 */
export function assertSameRequest(stored: object, asked: object): void {
  // As the database keeps it: without members that are undefined.
  const kept = (value: object): unknown => JSON.parse(JSON.stringify(value));
  if (!isDeepStrictEqual(kept(stored), kept(asked))) throw new RequestProblem('idempotency_key_reused');
}

/** The view as the answer, which says when nothing new was made. */
export function answerMade<View>(response: Response, { view, isReplayed }: Made<View>): View {
  if (isReplayed) response.setHeader('Idempotency-Replayed', 'true');
  return view;
}
