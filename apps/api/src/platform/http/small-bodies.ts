import type { NextFunction, Response } from 'express';
import type { PonteRequest } from './caller';

/** Everything but an upload is a few kilobytes: whoever needs longer holds a connection and sends nothing. */
const LONGEST_BODY_MS = 30_000;

/** Whether the request brings a body, whatever is in it. */
export function hasBody({ headers }: PonteRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Ends the connection of a request that is no upload and whose body does not come to its end. */
export function endSlowBodies(request: PonteRequest, _response: Response, next: NextFunction): void {
  if (hasBody(request) && !/^multipart\//i.test(request.headers['content-type'] ?? '')) {
    const timer = setTimeout(() => request.destroy(), LONGEST_BODY_MS);
    for (const event of ['end', 'close'] as const) request.once(event, () => clearTimeout(timer));
  }
  next();
}
