import type { EntityManager } from 'typeorm';

/**
 * Two batches of one account can be written at the same time when no phone number is in both: every number belongs to
 * one lane, and each lane takes one batch after the other. So the database works on two batches at once, while the rows
 * of one number keep their order and two imports cannot wait for each other.
 */
export const LANES = 2;

/**
 * The lane of an E.164 number, from 0: by the parity of its sixth digit from the end. Numbers of both lanes are in every
 * file, and in one that is ordered by them each lane has a hundred thousand neighbours to itself: with the last digit both
 * would write into the same pages of the index, and wait for each other there.
 */
export function laneOf(phoneNumber: string): number {
  return phoneNumber.charCodeAt(Math.max(0, phoneNumber.length - 6)) % LANES;
}

/** Any number that nobody else uses as the first half of an advisory lock; the lane is added. */
const LANE_LOCK = 1_849_206_410;

/**
 * Waits until nobody else writes into the lane, or into any lane for null, and keeps it until the transaction ends. Only
 * imports take lanes: adding or changing one contact by hand waits for nobody.
 */
export async function takeLane(
  manager: EntityManager,
  accountId: number,
  lane: number | null,
): Promise<void> {
  const lanes = lane === null ? Array.from({ length: LANES }, (_, index) => index) : [lane];
  await manager.query(
    'SELECT pg_advisory_xact_lock($2 + lane, hashint8($1)) FROM unnest($3::int[]) AS lane',
    [accountId, LANE_LOCK, lanes],
  );
}
