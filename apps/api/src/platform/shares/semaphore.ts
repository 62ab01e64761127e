/** So many wait already that one more is turned away. */
export class SemaphoreFull extends Error {
  override name = 'SemaphoreFull';
}

/** At most so many pieces of work at a time; the others wait in the order in which they came. */
export class Semaphore {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly permits: number,
    private readonly mostWaiting = Infinity,
  ) {
    this.free = permits;
  }

  get isUnused(): boolean {
    return this.free === this.permits;
  }

  /** Does the work when there is a permit. Throws what `acquire` throws. */
  async run<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    const release = await this.acquire(signal);
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      release();
    }
  }

  /**
   * Waits for a permit and answers what gives it back. Throws `SemaphoreFull` when too many wait, and the signal's reason when
   * it is aborted before there is one.
   */
  async acquire(signal: AbortSignal): Promise<() => void> {
    if (this.free > 0) this.free -= 1;
    else await this.wait(signal);
    return () => {
      // Given on without being free in between, so that nobody overtakes.
      const next = this.waiting.shift();
      if (next === undefined) this.free += 1;
      else next();
    };
  }

  private wait(signal: AbortSignal): Promise<void> {
    if (this.waiting.length >= this.mostWaiting) throw new SemaphoreFull();
    return new Promise((resolve, reject) => {
      const begin = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(begin), 1);
        reject(signal.reason as Error);
      };
      if (signal.aborted) return reject(signal.reason as Error);
      this.waiting.push(begin);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}
