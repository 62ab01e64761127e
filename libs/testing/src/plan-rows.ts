import type { RejectionCode } from '@ponte/contacts';
import { quoteCell, spacePhone } from './csv-text';
import { createRandom, type Random } from './random';
import { planBadRow } from './plan-bad-row';
import { planContact, type PlannedContact } from './plan-contact';
import { shuffleRows } from './shuffle-rows';

/** What one row of the generated file does to an account in which all rows before it were imported. */
export type PlannedOutcome =
  | { readonly kind: 'created' | 'updated' | 'unchanged'; readonly after: PlannedContact }
  | { readonly kind: 'failed'; readonly code: RejectionCode };

/** One row: its line as it stands in the file, without the line end, and what becomes of it. */
export interface PlannedRow {
  readonly text: string;
  readonly outcome: PlannedOutcome;
}

/** Shares are of all rows, from 0 to 1. The same options always give the same rows. */
export interface PlanOptions {
  readonly rows: number;
  readonly seed: number;
  readonly badShare?: number;
  readonly duplicateShare?: number;
  /** `shuffled`: the same rows with the same outcomes in a random order; holds them all in memory. */
  readonly order?: 'written' | 'shuffled';
}

/** Earlier contacts that a duplicate may hit, kept as they now are: spread over the whole file, but not all of it. */
const RESERVOIR_SIZE = 20_000;

/** Phones of rows rejected for another reason: a later row may use them, since a rejected row reserves nothing. */
const MAX_BURNED = 100;

/**
 * Plans the rows of a generated file, one after the other. What becomes of each is known because the row was built
 * for it, not because a rule was asked.
 */
export function planRows(options: PlanOptions): Iterable<PlannedRow> {
  const rows = planInOrder(options);
  return options.order === 'shuffled' ? shuffleRows(rows, createRandom(options.seed)) : rows;
}

function* planInOrder(options: PlanOptions): Generator<PlannedRow> {
  const { rows, seed, badShare = 0.03, duplicateShare = 0.02 } = options;
  const random = createRandom(seed);
  const earlier: PlannedContact[] = [];
  const burned: string[] = [];
  let fresh = 0;
  for (let index = 0; index < rows; index++) {
    const share = random.next();
    if (share < badShare) {
      const { text, code, phone } = planBadRow(random, planContact(random, fresh++, null).contact);
      if (phone !== null && burned.length < MAX_BURNED) burned.push(phone);
      yield { text, outcome: { kind: 'failed', code } };
    } else if (share < badShare + duplicateShare && earlier.length > 0) {
      yield planDuplicate(random, earlier, index);
    } else {
      const reused = burned.length > 0 && random.below(10) === 0 ? (burned.shift() ?? null) : null;
      const { contact, text } = planContact(random, fresh++, reused);
      keepSample(random, earlier, contact, fresh);
      yield { text, outcome: { kind: 'created', after: contact } };
    }
  }
}

/** Reservoir sampling: each contact so far is equally likely to be among the kept ones. */
function keepSample(random: Random, earlier: PlannedContact[], contact: PlannedContact, seen: number): void {
  if (earlier.length < RESERVOIR_SIZE) earlier.push(contact);
  else {
    const slot = random.below(seen);
    if (slot < RESERVOIR_SIZE) earlier[slot] = contact;
  }
}

function planDuplicate(random: Random, earlier: PlannedContact[], index: number): PlannedRow {
  const slot = random.below(earlier.length);
  const before = earlier[slot] ?? random.pick(earlier);
  const change = random.below(5);
  const name = change === 0 || change === 1 ? `Renomeada ${index}` : before.name;
  const email =
    change === 1 || change === 2 ? `novo.${index}@example.com` : change === 3 ? null : before.email;
  const after = { name, phone_number: before.phone_number, email: email ?? before.email };
  earlier[slot] = after;
  const phone = random.below(2) === 0 ? spacePhone(before.phone_number) : before.phone_number;
  const isChanged = after.name !== before.name || after.email !== before.email;
  return {
    text: `${quoteCell(name)},${phone},${email ?? ''}`,
    outcome: { kind: isChanged ? 'updated' : 'unchanged', after },
  };
}
