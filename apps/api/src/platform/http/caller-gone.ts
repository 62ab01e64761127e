import type { Response } from 'express';

/** Aborted when the connection ends before the answer was given: nobody waits for it any more. */
export function callerGone(response: Response): AbortSignal {
  const controller = new AbortController();
  // It may have gone while who it is was asked for.
  if (response.destroyed) controller.abort();
  response.once('close', () => {
    if (!response.writableEnded) controller.abort();
  });
  return controller.signal;
}
