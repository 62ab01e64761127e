import { setTimeout as pause } from 'node:timers/promises';

/** A bad answer is asked for again soon, so that a service that is well again is used again. */
const BAD_FOR_MS = 1_000;

/** A check that is made once for all who ask at a time, has an end, and whose answer is kept for a moment. */
export class KeptCheck {
  private current: Promise<boolean> | null = null;

  constructor(
    private readonly work: () => Promise<unknown>,
    private readonly goodForMs: number,
    private readonly limitMs: number,
  ) {}

  /** Whether the work was done in time. */
  isGood(): Promise<boolean> {
    this.current ??= this.make();
    return this.current;
  }

  private async make(): Promise<boolean> {
    const isGood = await Promise.race([
      // Why it failed is told where it is mended; here it is one word.
      this.work().then(
        () => true,
        () => false,
      ),
      pause(this.limitMs, false, { ref: false }),
    ]);
    setTimeout(() => (this.current = null), isGood ? this.goodForMs : BAD_FOR_MS).unref();
    return isGood;
  }
}
