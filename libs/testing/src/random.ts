/** Random decisions that repeat with their seed. */
export interface Random {
  /** From 0, below 1. */
  next(): number;
  /** Whole number from 0, below `limit`. */
  below(limit: number): number;
  /** One of the items; throws on none. */
  pick<T>(items: readonly T[]): T;
}

/** A small generator with 32 bits of state (mulberry32): good enough for test data, the same on every machine. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    pick: <T>(items: readonly T[]): T => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
  };
}
