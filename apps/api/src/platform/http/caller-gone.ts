import type { Response } from 'express';

/** Aborted when the connection ends before the answer was given: nobody waits for it any more. */
export function callerGone(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableEnded) controller.abort();
  });
  return controller.signal;
}
