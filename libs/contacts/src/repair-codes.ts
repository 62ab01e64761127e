import type { RejectionCode } from './issue-codes';

/**
 * What may be repaired in a cell, each with the consent of the person whose file it is. The words are shown with
 * counts, examples and a switch; nothing is applied that was not accepted.
 */
export const REPAIR_CODES = [
  /** `="11987654321"` and `'11987654321`: the wrapping that keeps digits in spreadsheets. */
  'phone_unwrap',
  /** `11987654321.0`: a number that went through a spreadsheet as a decimal. */
  'phone_drop_decimals',
  /** `11 98765-4321 (zap)`, `Cel: 11 98765-4321`: words around exactly one number. */
  'phone_drop_words',
  /** `11 98765-4321 / 11 97777-6666`: the first of several numbers. */
  'phone_take_first',
  /** `(11) 98765-4321`, `5511…`, `0055…`, `011…`, `0xx11…`, `0 15 11…` become `+55…`. */
  'phone_add_country',
  /** `98765-4321` with the area code that the person confirmed. */
  'phone_add_area_code',
  /** `11 8765-4321`: a mobile from before the ninth digit. */
  'phone_add_ninth',
  /** `<ana@example.com>`, `mailto:ana@…`, a dot or semicolon at the end, invisible marks, inner blanks. */
  'email_unwrap',
  /** `gmial.com`, `.con`: only where the right domain is known. The row is good without it. */
  'email_fix_typo',
  /** An e-mail that is none is left out, so that its contact can enter without it. */
  'email_leave_out',
  /** Control characters are dropped, in any field. */
  'drop_invalid_characters',
] as const;

/** One kind of repair. */
export type RepairCode = (typeof REPAIR_CODES)[number];

/** Repairs without which a row is as good as with them. */
export const OPTIONAL_REPAIRS: readonly RepairCode[] = ['email_fix_typo'];

/** Reasons that only somebody who helps can give: each says more than the strict code of the same cell. */
export const ASSISTED_CODES = [
  'phone_missing_placeholder',
  'phone_needs_area_code',
  'phone_maybe_missing_ninth',
  'phone_several',
  'phone_scientific',
] as const;

/** Why a row cannot be imported as it is, in the words of the console. */
export type AssistedCode = RejectionCode | (typeof ASSISTED_CODES)[number];
