/**
 * Bytes that can be read at any place, any number of times: a `File` in a browser, a buffer in a test. `read` answers
 * the bytes from `from` up to and without `to`, fewer only where the source ends. Errors of the source pass through.
 */
export interface ByteSource {
  readonly size: number;
  read(from: number, to: number): Promise<Uint8Array>;
  /** All bytes up to `to`, in order and in pieces of any size, where that is cheaper than asking for each piece. */
  stream?(to: number): AsyncIterable<Uint8Array>;
}

/** Bytes in memory as a source; nothing is copied. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (from, to) => Promise.resolve(bytes.subarray(from, to)) };
}

const CHUNK_BYTES = 1024 * 1024;

/**
 * The whole source in order: its own pieces, or chunks of at most 1 MiB. Aborting throws the signal's reason before the
 * next one.
 */
export async function* readSource(
  source: ByteSource,
  signal?: AbortSignal,
  chunkBytes = CHUNK_BYTES,
): AsyncGenerator<Uint8Array> {
  if (source.stream !== undefined) {
    for await (const piece of source.stream(source.size)) {
      signal?.throwIfAborted();
      yield piece;
    }
    return;
  }
  for (let at = 0; at < source.size; at += chunkBytes) {
    signal?.throwIfAborted();
    yield await source.read(at, Math.min(source.size, at + chunkBytes));
  }
}
