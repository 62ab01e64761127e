/**
 * What one column of a file is for. `last_name` columns are joined behind the name in their order, `area_code` before
 * the phone; the other roles belong to one column each.
 */
export const COLUMN_ROLES = ['name', 'last_name', 'phone_number', 'area_code', 'email'] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** A role that several columns may share. */
export const SHARED_ROLES: readonly ColumnRole[] = ['last_name'];

/**
 * Which column goes where: one role or `null` for each column, by position, because two columns may have one title.
 * `defaults` fill blank cells; a default for a field without a column is a constant.
 */
export interface ColumnMapping {
  readonly roles: readonly (ColumnRole | null)[];
  readonly defaults: {
    readonly name?: string;
    readonly phone_number?: string;
    readonly email?: string;
  };
}

/**
 * Why a role was guessed. `header_exact`: the title is a field's own name; `header_word`: it is a known word;
 * `header_contains`: it contains one; `content_*`: at least 80 % of the rows looked at are such values; `only_text`: the
 * one column of words that is left; `same_as_other`: it would fit a role too, but another column fits better.
 */
export const GUESS_REASONS = [
  'header_exact',
  'header_word',
  'header_contains',
  'content_phone',
  'content_email',
  'only_text',
  'same_as_other',
  'remembered',
  'none',
] as const;
export type GuessReason = (typeof GUESS_REASONS)[number];

/** A guess about one column. `share` is of the rows looked at, from 0 to 1, where the content was the reason. */
export interface ColumnGuess {
  readonly role: ColumnRole | null;
  readonly reason: GuessReason;
  /** The word that was found in the title. */
  readonly word?: string;
  readonly share?: number;
}
