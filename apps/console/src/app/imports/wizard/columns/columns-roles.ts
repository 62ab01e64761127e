import {
  type ColumnMapping,
  type ColumnRole,
  type ContactFieldName,
  foldText,
  SHARED_ROLES,
} from '@ponte/contacts';
import type { ColumnView, OpenedView } from '../wizard-types';

type Roles = ColumnMapping['roles'];

/** A role that went from one column to another because nothing is mapped twice. */
export interface RoleMove {
  readonly role: ColumnRole;
  readonly from: number;
  readonly to: number;
}

/** Gives a column a role. Whoever had that role before loses it, and that is told. */
export function assignRole(
  roles: Roles,
  column: number,
  role: ColumnRole | null,
): { readonly roles: Roles; readonly move: RoleMove | null } {
  const holder = role === null || SHARED_ROLES.includes(role) ? -1 : roles.indexOf(role);
  const from = holder === column ? -1 : holder;
  const next = roles.map((each, at) => (at === column ? role : at === from ? null : each));
  return { roles: next, move: role === null || from === -1 ? null : { role, from, to: column } };
}

/** The columns that make a field, in the order in which they are joined. */
export function sourcesOf(roles: Roles, field: ContactFieldName): readonly number[] {
  const indexesOf = (role: ColumnRole) => roles.flatMap((each, at) => (each === role ? [at] : []));
  if (field === 'name') return [...indexesOf('name'), ...indexesOf('last_name')];
  if (field === 'phone_number') return [...indexesOf('area_code'), ...indexesOf('phone_number')];
  return indexesOf('email');
}

export function isSameRoles(one: Roles, other: Roles): boolean {
  return one.length === other.length && one.every((role, at) => role === other[at]);
}

const WORDS: readonly (readonly [ColumnRole, RegExp])[] = [
  ['area_code', /ddd|area|prefij|lada/],
  ['last_name', /sobrenome|apellid|last|surname|family|ultimo nome|nome do meio|segundo n/],
  ['email', /mail|corre/],
  ['phone_number', /tel|fone|phone|cel|whats|wpp|zap|movil|mobile|numero/],
];

/** Which role a column would fit that another column fits better: by what is in it, else by its title. For words only. */
export function likelyRole({ guess, header, samples }: ColumnView): ColumnRole {
  if (samples.some((sample) => sample.includes('@'))) return 'email';
  const title = foldText(guess.word ?? header);
  const byTitle = WORDS.find(([, words]) => words.test(title));
  if (byTitle) return byTitle[0];
  return samples.some((sample) => /\d{4}/.test(sample)) ? 'phone_number' : 'name';
}

/** Up to this many columns are shown in the order of the file. */
export const COLUMNS_PER_PAGE = 50;

/** In a wide file the columns that matter come first: those with a role or with a guess, then the others. */
export function shownOrder({ columns }: OpenedView, roles: Roles): readonly number[] {
  const all = columns.map((_, at) => at);
  if (columns.length <= COLUMNS_PER_PAGE) return all;
  const matters = (at: number) => roles[at] !== null || columns[at]?.guess.reason !== 'none';
  return [...all.filter(matters), ...all.filter((at) => !matters(at))];
}
