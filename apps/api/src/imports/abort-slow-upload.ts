import type { Readable } from 'node:stream';

/** How slow an upload may be; see `Config`. */
export interface Pace {
  paceSeconds: number;
  minBytesPerSecond: number;
  longestSeconds: number;
}

/**
 * Aborts the signal when an upload holds its connection: fewer bytes than its pace asks for in one interval, or too long in
 * all. The reason is the seconds that were too many.
 */
export function abortSlowUpload(
  request: Readable,
  { paceSeconds, minBytesPerSecond, longestSeconds }: Pace,
): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  let bytes = 0;
  const count = (chunk: Uint8Array) => {
    bytes += chunk.length;
  };
  request.on('data', count);
  // Listening starts the flow; the pipeline that follows takes it over.
  request.pause();
  const interval = setInterval(() => {
    if (bytes < minBytesPerSecond * paceSeconds) controller.abort(paceSeconds);
    bytes = 0;
  }, paceSeconds * 1000);
  const end = setTimeout(() => controller.abort(longestSeconds), longestSeconds * 1000);
  return {
    signal: controller.signal,
    stop: () => {
      clearInterval(interval);
      clearTimeout(end);
      request.off('data', count);
    },
  };
}
