import type { CellProposal, RepairContext } from './cell-proposal';
import type { Contact, ContactFieldName } from './contact-fields';
import type { ContactIssue, RejectionCode, WarningCode } from './issue-codes';
import { proposeEmail } from './propose-email';
import { proposeName } from './propose-name';
import { proposePhone } from './propose-phone';
import { OPTIONAL_REPAIRS, type AssistedCode, type RepairCode } from './repair-codes';
import { REPAIR_BITS, repairMask, type RepairMask } from './repair-mask';

/** What can be made of one row. Depends on its cells and the area code alone, never on what was accepted. */
export interface RowProposal {
  readonly name: CellProposal;
  readonly phone: CellProposal;
  readonly email: CellProposal;
}

/** Why a field stands in the way: the most telling code, and in `also` what is true of the same cell besides. */
export interface RepairIssue extends ContactIssue<AssistedCode> {
  readonly field: ContactFieldName;
  readonly also: readonly AssistedCode[];
}

/**
 * A row under the repairs that were accepted: a contact with the repairs that it took, or its issues (one a field)
 * with the repairs that would mend them; where `isRepairable` is false, no repair is enough.
 */
export type RepairVerdict =
  | {
      readonly ok: true;
      readonly contact: Contact;
      readonly applied: RepairMask;
      readonly warnings: readonly ContactIssue<WarningCode>[];
    }
  | {
      readonly ok: false;
      readonly issues: readonly RepairIssue[];
      readonly missing: RepairMask;
      readonly isRepairable: boolean;
      readonly warnings: readonly ContactIssue<WarningCode>[];
    };

const NO_WARNINGS: readonly ContactIssue<WarningCode>[] = Object.freeze([]);
const NO_CODES: readonly AssistedCode[] = Object.freeze([]);
const COUNTRY = REPAIR_BITS.phone_add_country;
const DROP = REPAIR_BITS.drop_invalid_characters;
const EMAIL = REPAIR_BITS.email_unwrap | REPAIR_BITS.email_leave_out;
const OPTIONAL = repairMask(OPTIONAL_REPAIRS);

/** Repairs whose absence says more than the strict code, the most telling first. */
const TELLING: readonly (readonly [RepairMask, AssistedCode])[] = [
  [REPAIR_BITS.phone_add_area_code, 'phone_needs_area_code'],
  [REPAIR_BITS.phone_take_first, 'phone_several'],
  [REPAIR_BITS.phone_add_ninth, 'phone_maybe_missing_ninth'],
];

/** What can be made of the three cells of a row. */
export function proposeRow(name: string, phone: string, email: string, context: RepairContext): RowProposal {
  return { name: proposeName(name), phone: proposePhone(phone, context), email: proposeEmail(email) };
}

/** The repairs without which the row is not good: 0 for a good row, `null` when no repair is enough. */
export function needsOfRow({ name, phone, email }: RowProposal): RepairMask | null {
  return name.ok && phone.ok && email.ok ? name.mask | phone.mask | email.mask : null;
}

/** The repairs that the row needs or could have: what the counts beside the switches are made of. */
export function repairsOfRow({ name, phone, email }: RowProposal): RepairMask {
  let mask = 0;
  for (const cell of [name, phone, email]) {
    if (cell.ok) mask |= cell.mask | (cell.offer === null ? 0 : REPAIR_BITS[cell.offer.code]);
  }
  return mask;
}

/**
 * The verdict on a row under the repairs that were accepted. With none it is the strict verdict of `checkContact`:
 * the same rows pass, and the strict code of every refused field is among its codes.
 */
export function judgeRow(row: RowProposal, accepted: RepairMask): RepairVerdict {
  const { name, phone, email } = row;
  const warnings = warningsOf(row, accepted);
  if (name.ok && phone.ok && email.ok) {
    const needs = name.mask | phone.mask | email.mask;
    if ((needs & ~accepted) === 0 && name.value !== null && phone.value !== null) {
      const applied = needs | (repairsOfRow(row) & accepted & OPTIONAL);
      const contact = { name: name.value, phone_number: phone.value, email: valueOf(email, accepted) };
      return { ok: true, contact, applied, warnings };
    }
  }
  return refuseRow(row, accepted, warnings);
}

/** `judgeRow` of `proposeRow`: for single rows, edited cells and tests. `accepted` is a set of codes or its mask. */
export function repairCells(
  name: string,
  phone: string,
  email: string,
  accepted: ReadonlySet<RepairCode> | RepairMask,
  context: RepairContext,
): RepairVerdict {
  const mask = typeof accepted === 'number' ? accepted : repairMask(accepted);
  return judgeRow(proposeRow(name, phone, email, context), mask);
}

/** The value of a cell under what was accepted: the offer's where it was accepted. `null` for none. */
export function valueOf(cell: CellProposal, accepted: RepairMask): string | null {
  if (!cell.ok || (cell.mask & ~accepted) !== 0) return null;
  return cell.offer !== null && (REPAIR_BITS[cell.offer.code] & accepted) !== 0
    ? cell.offer.value
    : cell.value;
}

/**
 * Why a cell cannot be used under what was accepted, the most telling code first, the strict one (or what is left of
 * it) last; none when it can be used. That a plus is missing is a reason until the country was accepted; after that
 * the number is simply invalid.
 */
export function codesOf(cell: CellProposal, accepted: RepairMask): readonly AssistedCode[] {
  if (!cell.ok) {
    const isDropped = cell.strict === 'invalid_character' && (accepted & DROP) !== 0;
    return isDropped ? cell.codes : withoutRepeats([...cell.codes, strictCode(cell.strict, accepted, 0)]);
  }
  const missing = cell.mask & ~accepted;
  if (missing === 0 || cell.strict === null) return NO_CODES;
  const telling = TELLING.filter(([bit]) => (missing & bit) !== 0).map(([, code]) => code);
  return [...telling, strictCode(cell.strict, accepted, missing)];
}

function strictCode(strict: RejectionCode, accepted: RepairMask, missing: RepairMask): RejectionCode {
  if (strict === 'invalid_character' && (accepted & DROP) !== 0) {
    if ((missing & EMAIL) !== 0) return 'email_invalid';
    return (missing & COUNTRY) === 0 ? 'phone_invalid' : 'phone_no_plus';
  }
  return strict === 'phone_no_plus' && (accepted & COUNTRY) !== 0 ? 'phone_invalid' : strict;
}

function withoutRepeats(codes: readonly AssistedCode[]): readonly AssistedCode[] {
  return [...new Set(codes)];
}

function refuseRow(
  row: RowProposal,
  accepted: RepairMask,
  warnings: readonly ContactIssue<WarningCode>[],
): RepairVerdict {
  const issues: RepairIssue[] = [];
  const add = (cell: CellProposal, field: ContactFieldName): RepairMask => {
    const [code, ...also] = codesOf(cell, accepted);
    if (code !== undefined) issues.push({ code, field, also });
    return cell.ok ? cell.mask & ~accepted : 0;
  };
  const missing = add(row.name, 'name') | add(row.phone, 'phone_number') | add(row.email, 'email');
  return { ok: false, issues, missing, isRepairable: needsOfRow(row) !== null, warnings };
}

function warningsOf(row: RowProposal, accepted: RepairMask): readonly ContactIssue<WarningCode>[] {
  const { name, phone, email } = row;
  const warnings: ContactIssue<WarningCode>[] = [];
  const add = (cell: CellProposal, field: ContactFieldName): void => {
    if (!cell.ok || cell.warning === null || (cell.mask & ~accepted) !== 0) return;
    const isMended = cell.offer !== null && (REPAIR_BITS[cell.offer.code] & accepted) !== 0;
    if (!isMended) warnings.push({ code: cell.warning, field });
  };
  add(name, 'name');
  add(phone, 'phone_number');
  add(email, 'email');
  return warnings.length === 0 ? NO_WARNINGS : warnings;
}
