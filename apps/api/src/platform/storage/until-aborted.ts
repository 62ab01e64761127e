/**
 * The same content, ended by the signal with its reason even while the source is silent: an upload whose sender has
 * gone away would otherwise be waited for.
 */
export async function* untilAborted<T>(content: AsyncIterable<T>, signal?: AbortSignal): AsyncGenerator<T> {
  const source = content[Symbol.asyncIterator]();
  let isOver = false;
  try {
    for (;;) {
      const step = await nextOrAbort(source, signal);
      if (step.done === true) {
        isOver = true;
        return;
      }
      yield step.value;
    }
  } finally {
    // Not awaited: a generator that hangs in its own `await` only returns when that ends.
    if (!isOver) void source.return?.().then(undefined, () => undefined);
  }
}

function nextOrAbort<T>(source: AsyncIterator<T>, signal?: AbortSignal): Promise<IteratorResult<T>> {
  if (signal === undefined) return source.next();
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    source
      .next()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop));
  });
}
