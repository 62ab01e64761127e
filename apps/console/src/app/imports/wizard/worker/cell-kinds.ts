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
  /** Kinds of cells of which something can be made, and kinds of the others. */
  private readonly good = new Map<number, number>();
  private readonly bad = new Map<string, number>();
  /** The last kind that needed a look: most of a column's cells are like the one before. */
  private recent: { readonly cell: GoodCell; readonly kind: number } | null = null;

  constructor(good: CellProposal) {
    this.kinds.push(good);
  }

  of(cell: CellProposal): number {
    if (cell.ok && cell.mask === 0 && cell.warning === null && cell.offer === null) return 0;
    if (!cell.ok) return this.bad.get(keyOfBad(cell)) ?? this.add(cell);
    if (this.recent !== null && isSameKind(this.recent.cell, cell)) return this.recent.kind;
    const kind = this.good.get(keyOfGood(cell)) ?? this.add(cell);
    this.recent = { cell, kind };
    return kind;
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

  private add(cell: CellProposal): number {
    const kind = this.kinds.push(cell) - 1;
    if (cell.ok) this.good.set(keyOfGood(cell), kind);
    else this.bad.set(keyOfBad(cell), kind);
    return kind;
  }
}

type GoodCell = Extract<CellProposal, { ok: true }>;
type BadCell = Extract<CellProposal, { ok: false }>;

/** The same for cells that differ in nothing but their values. */
function keyOfGood({ strict, warning, offer, mask }: GoodCell): number {
  const remark = warning === null ? 0 : WARNING_BITS[warning];
  return ((issueNumber(strict) * 32 + remark) * 2 + (offer === null ? 0 : 1)) * 0x10000 + mask;
}

function isSameKind(one: GoodCell, other: GoodCell): boolean {
  return (
    one.mask === other.mask &&
    one.strict === other.strict &&
    one.warning === other.warning &&
    (one.offer === null) === (other.offer === null)
  );
}

function keyOfBad({ strict, codes }: BadCell): string {
  return `${strict} ${codes.join(' ')}`;
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
