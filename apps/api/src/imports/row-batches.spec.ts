import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readAhead, skipRows } from './row-batches';

async function* from<Item>(items: readonly Item[], log: string[] = []): AsyncGenerator<Item> {
  try {
    for (const item of items) {
      log.push(`read ${JSON.stringify(item)}`);
      yield item;
    }
  } finally {
    log.push('closed');
  }
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('skipRows', () => {
  it.each([
    [0, [[1, 2, 3], [4, 5], [6]]],
    [1, [[2, 3], [4, 5], [6]]],
    [3, [[4, 5], [6]]],
    [4, [[5], [6]]],
    [5, [[6]]],
    [6, []],
    [99, []],
  ])('leaves out %i', async (count, left) => {
    expect(await all(skipRows(from([[1, 2, 3], [4, 5], [6]]), count))).toEqual(left);
  });

  it('knows nothing of empty batches', async () => {
    expect(await all(skipRows(from<number[]>([[], [1], [], [2]]), 1))).toEqual([[2]]);
  });
});

describe('readAhead', () => {
  it('gives every item in order', async () => {
    expect(await all(readAhead(from([1, 2, 3])))).toEqual([1, 2, 3]);
    expect(await all(readAhead(from([])))).toEqual([]);
  });

  it('reads the next item while this one is worked on, and no further', async () => {
    const log: string[] = [];
    for await (const item of readAhead(from([1, 2, 3, 4], log))) {
      await pause(5);
      log.push(`worked ${item}`);
    }
    expect(log).toEqual([
      'read 1',
      'read 2',
      'worked 1',
      'read 3',
      'worked 2',
      'read 4',
      'worked 3',
      'closed',
      'worked 4',
    ]);
  });

  it('closes what it reads when its reader stops', async () => {
    const log: string[] = [];
    for await (const item of readAhead(from([1, 2, 3], log))) {
      if (item === 1) break;
    }
    expect(log).toEqual(['read 1', 'read 2', 'closed']);
  });

  it('closes what it reads when its reader throws', async () => {
    const log: string[] = [];
    const reading = (async () => {
      for await (const item of readAhead(from([1, 2, 3], log))) throw new Error(`cannot work on ${item}`);
    })();
    await expect(reading).rejects.toThrow('cannot work on 1');
    expect(log.at(-1)).toBe('closed');
  });

  it('gives an error in its place, after the items before it', async () => {
    const seen: number[] = [];
    async function* failing() {
      yield 1;
      yield 2;
      throw new Error('cannot read');
    }
    const reading = (async () => {
      for await (const item of readAhead(failing())) {
        // Long enough for the error to have happened: it must not become an unhandled rejection.
        await pause(5);
        seen.push(item);
      }
    })();
    await expect(reading).rejects.toThrow('cannot read');
    expect(seen).toEqual([1, 2]);
  });

  it('forgets an error that nobody asks for any more', async () => {
    async function* failing() {
      yield 1;
      throw new Error('nobody asked');
    }
    for await (const item of readAhead(failing())) {
      expect(item).toBe(1);
      break;
    }
    await pause(5);
  });
});
