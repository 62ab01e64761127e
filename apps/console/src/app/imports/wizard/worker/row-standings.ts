import { repairMask, type RepairMask } from '@ponte/contacts';
import type { Decisions, DuplicatePolicy } from '../wizard-types';
import type { KindVerdicts } from './cell-kinds';
import type { EditProgram } from './edit-program';
import type { RowFacts } from './row-facts';
import type { RowGroups } from './row-groups';
import { RowSet } from './row-set';

/** Where a row stands, as small numbers. */
export const READY = 0;
export const PROBLEM = 1;
export const LEFT_OUT = 2;
export const MERGED = 3;

/** What the decisions make of every row. */
export interface RowStandings {
  readonly accepted: RepairMask;
  readonly kinds: KindVerdicts;
  readonly states: Uint8Array;
  readonly phones: RowGroups;
  /** Phones that several rows have which pass, as groups of `phones`. */
  readonly repeated: readonly number[];
  /** The policy for a group of phones. */
  readonly policyOf: (group: number) => DuplicatePolicy;
  /** Rows that are sent with an e-mail address that another contact has too. */
  readonly sharingEmail: RowSet;
}

/** Decides from the facts alone where every row stands. */
export function standRows(facts: RowFacts, program: EditProgram, decisions: Decisions): RowStandings {
  const accepted = repairMask(decisions.repairs);
  const kinds = facts.kinds.judge(accepted);
  const states = judgeRows(facts, kinds, program);
  const phones = facts.phoneGroups();
  const policies = new Map(Object.entries(decisions.duplicatesOf));
  const policyOf = (group: number): DuplicatePolicy =>
    policies.get(phoneOf(facts, phones, group)) ?? decisions.duplicates;
  const repeated: number[] = [];
  for (let group = 0; group < phones.size; group++) {
    const rows = passingRows(states, phones, group);
    if (rows.length < 2) continue;
    repeated.push(group);
    mergeRows(states, rows, policies.size === 0 ? decisions.duplicates : policyOf(group));
  }
  const sharingEmail = findSharedEmails(facts, states, accepted);
  return { accepted, kinds, states, phones, repeated, policyOf, sharingEmail };
}

/** The rows of a group that pass, whether they are sent or merged into one that is. */
export function passingRows(states: Uint8Array, groups: RowGroups, group: number): readonly number[] {
  const rows: number[] = [];
  for (const row of groups.rows(group)) {
    const state = states[row];
    if (state === READY || state === MERGED) rows.push(row);
  }
  return rows;
}

/** The phone that the rows of a group have. */
export function phoneOf({ phones, phoneKeys }: RowFacts, groups: RowGroups, group: number): string {
  return phoneKeys.phone(phones[groups.rows(group)[0] ?? -1] ?? 0);
}

function judgeRows(
  { rows, fields, rowIssues }: RowFacts,
  kinds: KindVerdicts,
  program: EditProgram,
): Uint8Array {
  const states = new Uint8Array(rows);
  const { name, phone_number: phone, email } = fields;
  const { issues } = kinds;
  for (let row = 0; row < rows; row++) {
    const isProblem =
      rowIssues[row] !== 0 ||
      issues[phone[row] ?? 0] !== 0 ||
      issues[name[row] ?? 0] !== 0 ||
      issues[email[row] ?? 0] !== 0;
    states[row] = program.isLeftOut(row) ? LEFT_OUT : isProblem ? PROBLEM : READY;
  }
  return states;
}

/** The last row stands for a joined group: it is the one whose values count first. */
function mergeRows(states: Uint8Array, rows: readonly number[], policy: DuplicatePolicy): void {
  if (policy === 'each') return;
  for (const row of rows) states[row] = MERGED;
  states[(policy === 'first' ? rows[0] : rows.at(-1)) ?? 0] = READY;
}

const FIX_TYPO = repairMask(['email_fix_typo']);

/** One contact that comes several times shares its address with nobody: another phone must have it too. */
function findSharedEmails(facts: RowFacts, states: Uint8Array, accepted: RepairMask): RowSet {
  const { phones } = facts;
  const groups = facts.emailGroups((accepted & FIX_TYPO) !== 0);
  const sharing = new RowSet();
  for (let group = 0; group < groups.size; group++) {
    const rows = groups.rows(group).filter((row) => states[row] === READY);
    const first = rows[0] ?? 0;
    if (rows.some((row) => phones[row] !== phones[first])) rows.forEach((row) => sharing.add(row));
  }
  return sharing;
}
