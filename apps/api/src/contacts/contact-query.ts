import { phoneQuery } from '@ponte/contacts';
import type { FilterCondition } from '@ponte/contracts';
import { RequestProblem } from '../platform/http/request-problem';

/** Which contacts: the list, the search, the filter and the export all ask in this form. */
export interface ContactQuery {
  accountId: number;
  /** What somebody typed into the search box; empty for everything. */
  q?: string | undefined;
  conditions?: readonly FilterCondition[] | undefined;
  importId?: number | undefined;
}

/** A `where` with its parameters; the account is always its first condition. */
export interface Where {
  sql: string;
  params: unknown[];
}

export type Bind = (value: unknown) => string;

/** How a table writes what searches compare. */
export interface SearchedColumns {
  /** Folded. */
  name: string;
  /** As it is, where folding it costs more than to look at it first. */
  plainName?: string;
  /** Lower case; null for none. */
  email: string;
  /** Null for none, and known to the indexes as that. */
  anyEmail: string;
  /** E.164. */
  phone: string;
  createdAt: string;
}

/** The table of contacts, as its indexes write it. */
export const OF_CONTACTS: SearchedColumns = {
  name: 'ponte_fold(name)',
  email: 'lower(email)',
  anyEmail: 'email',
  phone: 'phone_number',
  createdAt: 'created_at',
};

/** Throws `filter_invalid` for a condition that has no meaning, such as a date that is none. */
export function contactWhere({ accountId, q = '', conditions = [], importId }: ContactQuery): Where {
  const params: unknown[] = [];
  const bind: Bind = (value) => `$${params.push(value)}`;
  const parts = [`account_id = ${bind(accountId)}`];
  if (importId !== undefined) parts.push(`last_import_id = ${bind(importId)}`);
  parts.push(...matchSql({ q, conditions }, OF_CONTACTS, bind));
  return { sql: parts.join(' AND '), params };
}

/** What of a query looks at the contact itself, for any table that has the columns; nothing for everything. */
export function matchSql(
  { q = '', conditions = [] }: Pick<ContactQuery, 'q' | 'conditions'>,
  columns: SearchedColumns,
  bind: Bind,
): string[] {
  const parts: string[] = [];
  if (q.trim() !== '') parts.push(searchSql(q.trim(), columns, bind));
  if (conditions.length > 0) parts.push(conditionsSql(conditions, columns, bind));
  return parts;
}

function searchSql(typed: string, columns: SearchedColumns, bind: Bind): string {
  // Names are stored composed; some systems type é as e and an accent.
  const q = typed.normalize('NFC');
  const digits = phoneQuery(q);
  const isNamed = `${columns.name} LIKE ponte_fold(${bind(`%${escapeLike(q)}%`)})`;
  const parts = [
    columns.plainName === undefined
      ? isNamed
      : `lower(${columns.plainName} COLLATE "C") LIKE ${bind(unfoldedPattern(q))} AND ${isNamed}`,
    `${columns.email} LIKE lower(${bind(`%${escapeLike(q)}%`)})`,
  ];
  for (const twin of digits === null ? [] : ninthDigitTwins(digits))
    parts.push(`${columns.phone} LIKE ${bind(`%${twin}%`)}`);
  return `(${parts.join(' OR ')})`;
}

/**
 * What the name of every match fulfils before it is folded: folding leaves other letters than these alone. `k` is the lower
 * case of the sign for kelvin, too; lower case of what is not ASCII may have another length.
 */
function unfoldedPattern(q: string): string {
  const letters = Array.from(q.toLowerCase(), (letter) => {
    if (letter > '\x7f') return '%';
    return /[aceiknouy]/.test(letter) ? '_' : escapeLike(letter);
  });
  return `%${letters.join('')}%`;
}

/** Left to right, each joined to the next by its own `query_operator`. */
function conditionsSql(conditions: readonly FilterCondition[], columns: SearchedColumns, bind: Bind): string {
  let sql = '';
  let join = 'AND';
  for (const condition of conditions) {
    const next = conditionSql(condition, columns, bind);
    sql = sql === '' ? next : `(${sql} ${join} ${next})`;
    join = condition.query_operator?.toUpperCase() === 'OR' ? 'OR' : 'AND';
  }
  return `(${sql})`;
}

function conditionSql(condition: FilterCondition, columns: SearchedColumns, bind: Bind): string {
  const { attribute_key: attribute, filter_operator: operator } = condition;
  if (operator === 'is_present') return attribute === 'email' ? `${columns.anyEmail} IS NOT NULL` : 'TRUE';
  if (operator === 'is_not_present') return attribute === 'email' ? `${columns.anyEmail} IS NULL` : 'FALSE';
  const values = (Array.isArray(condition.values) ? condition.values : [condition.values]).map((value) =>
    String(value ?? ''),
  );
  if (values.length === 0 || values.includes('')) throw invalid(condition);
  if (attribute === 'created_at') return dateSql(condition, values, columns, bind);

  const [column, normalise] = comparison(attribute, columns);
  const any = (test: (value: string) => string) =>
    `(${values.map((value) => test(normalise(value))).join(' OR ')})`;
  switch (operator) {
    case 'equal_to':
      return any((value) => equalSql(attribute, column, value, bind));
    case 'not_equal_to':
      return `NOT coalesce(${any((value) => equalSql(attribute, column, value, bind))}, false)`;
    case 'contains':
      return any((value) => `${column} LIKE ${fold(attribute, bind(`%${escapeLike(value)}%`))}`);
    case 'does_not_contain':
      return `NOT coalesce(${any((value) => `${column} LIKE ${fold(attribute, bind(`%${escapeLike(value)}%`))}`)}, false)`;
    case 'starts_with':
      return any((value) => `${column} LIKE ${fold(attribute, bind(`${escapeLike(value)}%`))}`);
    default:
      throw invalid(condition);
  }
}

type Attribute = 'name' | 'email' | 'phone_number';

function comparison(
  attribute: Attribute,
  columns: SearchedColumns,
): [column: string, normalise: (value: string) => string] {
  if (attribute === 'name') return [columns.name, (value) => value.trim().normalize('NFC')];
  if (attribute === 'email') return [columns.email, (value) => value.trim()];
  // Digits alone are compared, so that a number finds its contact however it was typed.
  return [
    `replace(${columns.phone}, '+', '')`,
    (value) => phoneQuery(value) ?? value.trim().replace(/^\+/, ''),
  ];
}

function fold(attribute: Attribute, parameter: string): string {
  if (attribute === 'name') return `ponte_fold(${parameter})`;
  return attribute === 'email' ? `lower(${parameter})` : parameter;
}

/** A number typed without its country is looked for as a Brazilian one too. */
function equalSql(attribute: Attribute, column: string, value: string, bind: Bind): string {
  if (attribute !== 'phone_number') return `${column} = ${fold(attribute, bind(value))}`;
  const numbers = ninthDigitTwins(value).flatMap((digits) => [digits, `55${digits}`]);
  return `${column} IN (${numbers.map(bind).join(', ')})`;
}

/** A whole Brazilian mobile with or without its ninth digit, which were given to numbers beginning with 6 to 9. */
const MOBILE = /^((?:55)?[1-9][1-9])9?([6-9]\d{7})$/;

/** The digits, and for a whole Brazilian mobile the same number as it is written with and without its ninth digit. */
export function ninthDigitTwins(digits: string): string[] {
  const [, area, number] = MOBILE.exec(digits) ?? [];
  return area === undefined || number === undefined ? [digits] : [`${area}9${number}`, `${area}${number}`];
}

function dateSql(
  condition: FilterCondition,
  [value = '']: string[],
  { createdAt }: SearchedColumns,
  bind: Bind,
): string {
  const days = Number(value);
  const isDays =
    condition.filter_operator === 'days_before' && Number.isInteger(days) && days >= 0 && days < 100_000;
  if (isDays) return `${createdAt} < now() - make_interval(days => ${bind(days)})`;
  const date = dateOf(value);
  if (date === null) throw invalid(condition);
  switch (condition.filter_operator) {
    case 'is_greater_than':
      return `${createdAt} > ${bind(date)}`;
    case 'is_less_than':
      return `${createdAt} < ${bind(date)}`;
    default:
      throw invalid(condition);
  }
}

/** A day, or a day and a time, as ISO 8601 writes them; null for a text that is none, such as February 30. */
function dateOf(text: string): string | null {
  const [, day, time, zone] =
    /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
  // A time without a zone is UTC, as a day is; `Date` would take the server's.
  const date = new Date(time === undefined || zone !== undefined ? text : `${text}Z`);
  if (day === undefined || Number.isNaN(date.getTime()) || day.startsWith('0000')) return null;
  // `Date` takes February 30 for a day of March.
  return new Date(day).toISOString().startsWith(day) ? date.toISOString() : null;
}

function invalid({ attribute_key, filter_operator }: FilterCondition): RequestProblem {
  return new RequestProblem('filter_invalid', { params: { attribute_key, filter_operator } });
}

export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
