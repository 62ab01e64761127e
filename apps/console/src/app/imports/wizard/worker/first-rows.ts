/** Keys of one part: its table and its hashes stay in the processor's cache, where a table of a million rows does not. */
const PART_KEYS = 4096;

/** Rows with the hashes of their keys, part after part by the hashes' upper bits, each part in file order. */
interface SpreadRows {
  /** Where each part begins, and last where they end. */
  readonly starts: Int32Array;
  readonly hashes: Int32Array;
  readonly rows: Int32Array;
}

/** For each row the first one with its key, -1 where the key is 0. Exact. */
export function findFirstRows(keys: Float64Array): Int32Array {
  const first = new Int32Array(keys.length).fill(-1);
  const spread = spreadRows(keys);
  const { starts } = spread;
  let slots = new Int32Array(0);
  for (let part = 0; part + 1 < starts.length; part++) {
    const from = starts[part] ?? 0;
    const to = starts[part + 1] ?? 0;
    const size = tableSize(to - from);
    if (slots.length < size) slots = new Int32Array(size);
    else slots.fill(0, 0, size);
    lookUp(keys, spread, from, to, slots.subarray(0, size), first);
  }
  return first;
}

function spreadRows(keys: Float64Array): SpreadRows {
  let bits = 0;
  while (keys.length >> bits > PART_KEYS) bits++;
  // In two steps: a shift by 32 would be none.
  const partOf = (hashed: number): number => (hashed >>> 1) >>> (31 - bits);
  const starts = new Int32Array((1 << bits) + 1);
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row] ?? 0;
    const after = partOf(hash(key)) + 1;
    if (key !== 0) starts[after] = (starts[after] ?? 0) + 1;
  }
  for (let part = 1; part < starts.length; part++)
    starts[part] = (starts[part] ?? 0) + (starts[part - 1] ?? 0);
  const size = starts[starts.length - 1] ?? 0;
  const spread = { starts, hashes: new Int32Array(size), rows: new Int32Array(size) };
  const ends = starts.slice();
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row] ?? 0;
    if (key === 0) continue;
    const hashed = hash(key);
    const part = partOf(hashed);
    const at = ends[part] ?? 0;
    spread.hashes[at] = hashed;
    spread.rows[at] = row;
    ends[part] = at + 1;
  }
  return spread;
}

/** At most half full. */
function tableSize(keys: number): number {
  let size = 16;
  while (size < keys * 2) size *= 2;
  return size;
}

/** Goes through one part with an open-addressing table of its places: place + 1, 0 is free. */
function lookUp(
  keys: Float64Array,
  { hashes, rows }: SpreadRows,
  from: number,
  to: number,
  slots: Int32Array,
  first: Int32Array,
): void {
  const mask = slots.length - 1;
  for (let at = from; at < to; at++) {
    const hashed = hashes[at] ?? 0;
    const row = rows[at] ?? 0;
    const isOther = (place: number): boolean =>
      hashes[place] !== hashed || keys[rows[place] ?? 0] !== keys[row];
    let slot = hashed & mask;
    let found = slots[slot] ?? 0;
    while (found !== 0 && isOther(found - 1)) {
      slot = (slot + 1) & mask;
      found = slots[slot] ?? 0;
    }
    if (found === 0) slots[slot] = at + 1;
    first[row] = found === 0 ? row : (rows[found - 1] ?? 0);
  }
}

/** Numbers that follow each other, as phones of one company do, must not stand in a row. */
function hash(key: number): number {
  const high = Math.floor(key / 0x1_0000_0000);
  let mixed = Math.imul((key - high * 0x1_0000_0000) | 0, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}
