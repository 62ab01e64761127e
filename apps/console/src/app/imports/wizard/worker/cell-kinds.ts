import {
  ASSISTED_CODES,
  codesOf,
  REJECTION_CODES,
  REPAIR_BITS,
  WARNING_CODES,
  type AssistedCode,
  type CellProposal,
  type RepairMask,
  type WarningCode,
} from '@ponte/contacts';

/** Reasons as small numbers; 0 is none. */
export const ISSUES: readonly (AssistedCode | null)[] = [null, ...REJECTION_CODES, ...ASSISTED_CODES];

const ISSUE_NUMBERS: ReadonlyMap<AssistedCode | null, number> = new Map(
  ISSUES.map((code, index) => [code, index]),
);
export const issueNumber = (code: AssistedCode | null): number => ISSUE_NUMBERS.get(code) ?? 0;

/** The bit of a warning in a mask of warnings. */
export const WARNING_BITS: Readonly<Record<WarningCode, number>> = Object.freeze(
  Object.fromEntries(WARNING_CODES.map((code, index) => [code, 1 << index])) as Record<WarningCode, number>,
);

/** What every kind of cell comes to under the repairs that were accepted, by the kind's number. */
export interface KindVerdicts {
  readonly issues: Uint8Array;
  readonly warnings: Uint8Array;
  /** Needed or offered, whether accepted or not. */
  readonly repairs: Uint16Array;
}

/**
 * A million cells are of a few dozen kinds: what they need, why they are refused, what is remarked about them. The kinds
 * are judged anew with every switch, the cells are not. Kind 0 is a cell that is good as it is.
 */
export class CellKinds {
  private readonly kinds: CellProposal[] = [];
  private readonly numbers = new Map<string | number, number>();

  constructor(good: CellProposal) {
    this.kinds.push(good);
  }

  of(cell: CellProposal): number {
    if (cell.ok && cell.mask === 0 && cell.warning === null && cell.offer === null) return 0;
    const key = keyOf(cell);
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.kinds.push(cell);
    this.numbers.set(key, this.kinds.length - 1);
    return this.kinds.length - 1;
  }

  judge(accepted: RepairMask): KindVerdicts {
    const size = this.kinds.length;
    const verdicts = {
      issues: new Uint8Array(size),
      warnings: new Uint8Array(size),
      repairs: new Uint16Array(size),
    };
    this.kinds.forEach((cell, kind) => {
      const [code = null] = codesOf(cell, accepted);
      const warning = warningOf(cell, accepted);
      verdicts.issues[kind] = issueNumber(code);
      verdicts.warnings[kind] = warning === null ? 0 : WARNING_BITS[warning];
      verdicts.repairs[kind] = repairsOfCell(cell);
    });
    return verdicts;
  }
}

/** The remark that stays on a cell under what was accepted. */
export function warningOf(cell: CellProposal, accepted: RepairMask): WarningCode | null {
  if (!cell.ok || (cell.mask & ~accepted) !== 0) return null;
  const isMended = cell.offer !== null && (REPAIR_BITS[cell.offer.code] & accepted) !== 0;
  return isMended ? null : cell.warning;
}

/** What a cell needs or could have. */
export function repairsOfCell(cell: CellProposal): RepairMask {
  if (!cell.ok) return 0;
  return cell.mask | (cell.offer === null ? 0 : REPAIR_BITS[cell.offer.code]);
}

/** The same for cells that differ in nothing but their values. */
function keyOf(cell: CellProposal): string | number {
  if (!cell.ok) return `${cell.strict} ${cell.codes.join(' ')}`;
  const warning = cell.warning === null ? 0 : WARNING_BITS[cell.warning];
  return (
    ((issueNumber(cell.strict) * 32 + warning) * 2 + (cell.offer === null ? 0 : 1)) * 0x10000 + cell.mask
  );
}
