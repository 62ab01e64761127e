/**
 * Hands items from one loop to another, one at a time: `push` waits until the reader has taken the item, so that
 * nothing piles up between a fast sender and a slow reader.
 */
export class Handoff<Item> implements AsyncIterable<Item> {
  private readonly waiting: { item: Item; taken: () => void }[] = [];
  private arrived: () => void = () => undefined;
  private taken: () => void = () => undefined;
  private end: { error: unknown } | null = null;
  private isAbandoned = false;

  /** Resolves when the reader asks for the next item, or at once when it has stopped reading. */
  async push(item: Item): Promise<void> {
    if (this.isAbandoned) return;
    await new Promise<void>((taken) => {
      this.waiting.push({ item, taken });
      this.arrived();
    });
  }

  /** Ends the reader's loop, with an error when one is given. */
  close(error?: unknown): void {
    this.end ??= { error };
    this.arrived();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    try {
      for (;;) {
        const next = this.waiting.shift();
        if (next !== undefined) {
          this.taken = next.taken;
          yield next.item;
          next.taken();
        } else if (this.end !== null) {
          if (this.end.error !== undefined) throw this.end.error;
          return;
        } else {
          await new Promise<void>((arrived) => (this.arrived = arrived));
        }
      }
    } finally {
      this.isAbandoned = true;
      this.taken();
      for (const { taken } of this.waiting) taken();
    }
  }
}
