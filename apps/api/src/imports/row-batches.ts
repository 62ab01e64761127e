/** Leaves out the first `count` rows of all batches together: what an earlier worker has committed. */
export async function* skipRows<Row>(
  batches: AsyncIterable<readonly Row[]>,
  count: number,
): AsyncGenerator<readonly Row[]> {
  let left = count;
  for await (const batch of batches) {
    if (left < batch.length) yield left === 0 ? batch : batch.slice(left);
    left = Math.max(0, left - batch.length);
  }
}

/** Reads the next item while the present one is worked on: the file and the database do not wait for each other. */
export async function* readAhead<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]();
  const next = () => {
    const result = iterator.next();
    // Reported when it is awaited below, one item later.
    result.catch(() => undefined);
    return result;
  };
  let pending = next();
  try {
    for (;;) {
      const result = await pending;
      if (result.done === true) return;
      pending = next();
      yield result.value;
    }
  } finally {
    await pending.catch(() => undefined);
    await iterator.return?.();
  }
}
