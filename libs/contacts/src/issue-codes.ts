import type { ContactFieldName } from './contact-fields';

/**
 * What only the server knows: `row_refused`: the database would not take the row; `person_erased`: the row is about a person
 * whose data was erased at their request.
 */
export const SERVER_CODES = ['row_refused', 'person_erased'] as const;

/**
 * Why a row is not imported. The words are part of the API: never renamed, never reused. The codes of the server come from
 * there alone; the other ones come from this library.
 */
export const REJECTION_CODES = [
  'name_missing',
  'name_too_long',
  'phone_missing',
  'phone_no_plus',
  'phone_invalid',
  'phone_has_extension',
  'email_invalid',
  'invalid_character',
  'wrong_cell_count',
  'malformed_row',
  ...SERVER_CODES,
] as const;

/** One reason for which a row is not imported. */
export type RejectionCode = (typeof REJECTION_CODES)[number];

/**
 * What deserves a look in a contact that is accepted nevertheless. `email_shared` concerns several rows, so that
 * `checkContact` never gives it: whoever sees all rows does.
 */
export const WARNING_CODES = [
  'phone_landline',
  'phone_non_geographic',
  'email_maybe_typo',
  'email_shared',
  'name_looks_like_phone',
] as const;

/** One remark on an accepted contact. */
export type WarningCode = (typeof WARNING_CODES)[number];

/** A code and the field that it is about; `null` when it is about the row as a whole. */
export interface ContactIssue<Code extends string = RejectionCode | WarningCode> {
  readonly code: Code;
  readonly field: ContactFieldName | null;
}
