/** Rows of one phone, found by number. */
export interface PhoneGroups {
  /** For each row the first row with its phone; -1 for a row that does not take part. */
  readonly first: Int32Array;
  /** For each row the next one with its phone, or -1. */
  readonly next: Int32Array;
}

const MOST_EXACT = 15;

/**
 * Phones as numbers: the digits of E.164 themselves where a double holds them exactly, and a number below zero for the
 * few longer ones. Zero is no phone. Equal phones have equal keys, and no others.
 */
export class PhoneKeys {
  private readonly keys = new Map<string, number>();
  private readonly phones: string[] = [];

  of(phone: string): number {
    if (phone.length - 1 <= MOST_EXACT) return Number(phone.slice(1));
    const known = this.keys.get(phone);
    if (known !== undefined) return known;
    this.phones.push(phone);
    this.keys.set(phone, -this.phones.length);
    return -this.phones.length;
  }

  phone(key: number): string {
    return key < 0 ? (this.phones[-key - 1] ?? '') : `+${key}`;
  }
}

/**
 * Groups rows by their phone, exactly: an open-addressing table of row numbers, at most half full. Rows for which
 * `takesPart` says no have no group.
 */
export function groupPhones(keys: Float64Array, takesPart: (row: number) => boolean): PhoneGroups {
  const first = new Int32Array(keys.length).fill(-1);
  const next = new Int32Array(keys.length).fill(-1);
  const table = new RowTable(keys.length);
  const last = new Int32Array(keys.length);
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row] ?? 0;
    if (key === 0 || !takesPart(row)) continue;
    const leader = table.findOrAdd(key, row, keys);
    first[row] = leader;
    if (leader !== row) next[last[leader] ?? leader] = row;
    last[leader] = row;
  }
  return { first, next };
}

/** Finds the first row that was added with a key; the keys themselves stay where they are. */
export class RowTable {
  /** Row + 1; 0 is free. */
  private readonly slots: Int32Array;
  private readonly mask: number;

  constructor(most: number) {
    let size = 16;
    while (size < most * 2) size *= 2;
    this.slots = new Int32Array(size);
    this.mask = size - 1;
  }

  findOrAdd(key: number, row: number, keys: Float64Array): number {
    let slot = mix(key) & this.mask;
    for (;;) {
      const found = this.slots[slot] ?? 0;
      if (found === 0) {
        this.slots[slot] = row + 1;
        return row;
      }
      if (keys[found - 1] === key) return found - 1;
      slot = (slot + 1) & this.mask;
    }
  }
}

/** Numbers that follow each other, as phones of one company do, must not stand in a row. */
function mix(key: number): number {
  const high = Math.floor(key / 0x1_0000_0000);
  let hash = Math.imul((key - high * 0x1_0000_0000) | 0, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
