import type { NextFunction, Request, Response } from 'express';

/** Everything but an upload is a few kilobytes: whoever needs longer holds a connection and sends nothing. */
const LONGEST_BODY_MS = 30_000;

const timers = new WeakMap<Request, NodeJS.Timeout>();

/** Whether the request brings a body, whatever is in it. */
export function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Ends the connection of a request whose body does not come to its end, unless it is an upload that was let in. */
export function endSlowBodies(request: Request, _response: Response, next: NextFunction): void {
  if (hasBody(request)) {
    timers.set(
      request,
      setTimeout(() => request.destroy(), LONGEST_BODY_MS),
    );
    for (const event of ['end', 'close'] as const) request.once(event, () => allowLongBody(request));
  }
  next();
}

/** For an upload, once its sender may upload: it has a pace of its own. */
export function allowLongBody(request: Request): void {
  clearTimeout(timers.get(request));
}
