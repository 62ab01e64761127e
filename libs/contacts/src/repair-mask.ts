import { REPAIR_CODES, type RepairCode } from './repair-codes';

/** Several repairs as one number: a bit for each, so that a switch is one operation on a million rows. */
export type RepairMask = number;

/** The bit of each repair, in the order of `REPAIR_CODES`. Bits are not stored anywhere: new repairs may be inserted. */
export const REPAIR_BITS: Readonly<Record<RepairCode, RepairMask>> = Object.freeze(
  Object.fromEntries(REPAIR_CODES.map((code, index) => [code, 1 << index])) as Record<RepairCode, RepairMask>,
);

/** By mask: at most 2,048 lists, of which a file needs a few dozen. */
const LISTS = new Map<RepairMask, readonly RepairCode[]>();

/** The mask of some repairs. */
export function repairMask(codes: Iterable<RepairCode>): RepairMask {
  let mask = 0;
  for (const code of codes) mask |= REPAIR_BITS[code];
  return mask;
}

/** The repairs of a mask in the order of `REPAIR_CODES`. The same frozen list for the same mask: nothing is allocated. */
export function repairsOf(mask: RepairMask): readonly RepairCode[] {
  const known = LISTS.get(mask);
  if (known) return known;
  const list = Object.freeze(REPAIR_CODES.filter((code) => (mask & REPAIR_BITS[code]) !== 0));
  LISTS.set(mask, list);
  return list;
}
