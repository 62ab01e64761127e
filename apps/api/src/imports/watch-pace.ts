import type { Readable } from 'node:stream';

/** Slower than this over the whole interval is not a slow line but a held connection. */
const MIN_BYTES_PER_SECOND = 256;

/** Aborts the signal when less than a trickle has arrived in `seconds`. */
export function watchPace(request: Readable, seconds: number): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  let bytes = 0;
  const count = (chunk: Uint8Array) => {
    bytes += chunk.length;
  };
  request.on('data', count);
  // Listening starts the flow; the pipeline that follows takes it over.
  request.pause();
  const timer = setInterval(() => {
    if (bytes < MIN_BYTES_PER_SECOND * seconds) controller.abort();
    bytes = 0;
  }, seconds * 1000);
  return {
    signal: controller.signal,
    stop: () => {
      clearInterval(timer);
      request.off('data', count);
    },
  };
}
