/** Something to write down: how often it was seen since it was last written. */
export interface Counted<Item> {
  item: Item;
  count: number;
}

interface Entry<Item> extends Counted<Item> {
  writtenAt: number;
}

/**
 * Makes few records out of many occurrences: the first one of a key at once, those of the following minute as one with their
 * count. Holds at most `most` keys; what comes beyond is counted under the key that `others` gives it.
 */
export class RefusalCounts<Item> {
  private readonly entries = new Map<string, Entry<Item>>();

  constructor(
    private readonly everyMs: number,
    private readonly most: number,
    private readonly others: (item: Item) => { key: string; item: Item },
  ) {}

  /** Notes one occurrence; answers what is to be written now. */
  note(key: string, item: Item, now: number): Counted<Item> | null {
    const entry = this.entries.get(key);
    if (entry !== undefined) {
      entry.count += 1;
      return null;
    }
    const other = this.others(item);
    if (this.entries.size >= this.most && key !== other.key) return this.note(other.key, other.item, now);
    this.entries.set(key, { item, count: 0, writtenAt: now });
    return { item, count: 1 };
  }

  /** What has been counted for long enough; everything that was counted, when `now` is left out. */
  due(now = Number.POSITIVE_INFINITY): Counted<Item>[] {
    const due: Counted<Item>[] = [];
    for (const [key, entry] of this.entries) {
      if (now - entry.writtenAt < this.everyMs) continue;
      if (entry.count === 0) this.entries.delete(key);
      else due.push({ item: entry.item, count: entry.count });
      entry.count = 0;
      entry.writtenAt = now;
    }
    return due;
  }
}
