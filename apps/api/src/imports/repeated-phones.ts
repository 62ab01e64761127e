/** Every whole number of so many digits is exact as a JavaScript number. */
const MAX_EXACT_DIGITS = 15;

/** Slots for each phone: with a quarter of them free a search ends after a few steps. */
const SLOTS_PER_PHONE = 4 / 3;

/** Knuth's multiplier for 32 bits: neighbouring numbers are spread over the whole table. */
const SPREAD = 2_654_435_761;

/**
 * Which phones of a file occur more than once. Holds the digits of each as one number of 8 bytes in an open-addressing
 * table, 16 MB for a million rows, instead of a set of texts, which takes ten times that. Exact: numbers that do not fit
 * are kept as texts.
 */
export class RepeatedPhones {
  private readonly slots: Float64Array;
  private readonly isRepeated: Uint8Array;
  private readonly mask: number;
  private readonly long = new Map<string, boolean>();

  /** `most`: how many different phones there can be. */
  constructor(most: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(2, most * SLOTS_PER_PHONE + 1)));
    this.slots = new Float64Array(size);
    this.isRepeated = new Uint8Array(size);
    this.mask = size - 1;
  }

  /** Notes one more occurrence of an E.164 number. */
  add(phone: string): void {
    if (phone.length - 1 > MAX_EXACT_DIGITS) {
      this.long.set(phone, this.long.has(phone));
      return;
    }
    const digits = Number(phone.slice(1));
    const slot = this.slotOf(digits);
    if (this.slots[slot] === digits) this.isRepeated[slot] = 1;
    else this.slots[slot] = digits;
  }

  /** Whether the number was added more than once. */
  has(phone: string): boolean {
    if (phone.length - 1 > MAX_EXACT_DIGITS) return this.long.get(phone) ?? false;
    const digits = Number(phone.slice(1));
    const slot = this.slotOf(digits);
    return this.slots[slot] === digits && this.isRepeated[slot] === 1;
  }

  /** Where the number is, or the free slot where it belongs. 0 is free: no E.164 number is 0. */
  private slotOf(digits: number): number {
    const high = Math.floor(digits / 2 ** 32);
    const mixed = Math.imul((digits >>> 0) ^ Math.imul(high, 0x9e3779b1), SPREAD);
    let slot = (mixed ^ (mixed >>> 15)) & this.mask;
    while (this.slots[slot] !== 0 && this.slots[slot] !== digits) slot = (slot + 1) & this.mask;
    return slot;
  }
}
