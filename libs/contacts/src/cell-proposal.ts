import type { RejectionCode, WarningCode } from './issue-codes';
import type { AssistedCode, RepairCode } from './repair-codes';
import { repairsOf, type RepairMask } from './repair-mask';

/** What the person confirmed about their file. */
export interface RepairContext {
  /** Two digits, given to numbers that have no area code; `null` while nobody confirmed one. */
  readonly areaCode: string | null;
}

/** A repair that is not needed, and the value that it would give. */
export interface RepairOffer {
  readonly code: RepairCode;
  readonly value: string;
}

/**
 * What can be made of one cell. A good value needs the repairs in `needs` (`mask` is the same as bits), none when the
 * cell is good as it is; then `strict` is `null`, otherwise it is the code with which the API would refuse the cell.
 * `others` are the other numbers of a cell with several, as they stand there. A cell of which nothing can be made says
 * why: the most telling code comes first.
 */
export type CellProposal =
  | {
      readonly ok: true;
      readonly value: string | null;
      readonly needs: readonly RepairCode[];
      readonly mask: RepairMask;
      readonly warning: WarningCode | null;
      readonly strict: RejectionCode | null;
      readonly offer: RepairOffer | null;
      readonly others: string | null;
    }
  | { readonly ok: false; readonly codes: readonly AssistedCode[]; readonly strict: RejectionCode };

/** Looked up once: most cells need nothing. */
const NO_REPAIRS = repairsOf(0);

/** A cell that is good as it is. */
export function asItIs(
  value: string | null,
  warning: WarningCode | null,
  offer: RepairOffer | null = null,
): CellProposal {
  return { ok: true, value, needs: NO_REPAIRS, mask: 0, warning, strict: null, offer, others: null };
}
