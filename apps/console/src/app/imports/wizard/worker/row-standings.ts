import { repairMask, type RepairMask } from '@ponte/contacts';
import type { Decisions, DuplicatePolicy } from '../wizard-types';
import type { KindVerdicts } from './cell-kinds';
import type { EditProgram } from './edit-program';
import { groupPhones, RowTable, type PhoneGroups } from './phone-table';
import type { RowFacts } from './row-facts';

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
  /** Rows that are ready, or would be if no other row stood for them. */
  readonly groups: PhoneGroups;
  /** First rows of the phones that several of them have, in file order. */
  readonly leaders: readonly number[];
  /** For a row of a group with `join` that is sent: whether others were joined to it. */
  readonly policyOf: (row: number) => DuplicatePolicy;
  /** Whether another contact that is sent has the row's e-mail address. */
  readonly sharesEmail: (row: number) => boolean;
}

/** Decides from the facts alone where every row stands. */
export function standRows(facts: RowFacts, program: EditProgram, decisions: Decisions): RowStandings {
  const accepted = repairMask(decisions.repairs);
  const kinds = facts.kinds.judge(accepted);
  const states = judgeRows(facts, kinds, program);
  const groups = groupPhones(facts.phones, (row) => states[row] === READY);
  const leaders = findLeaders(groups);
  const policies = new Map(Object.entries(decisions.duplicatesOf));
  const policyOf = (row: number): DuplicatePolicy =>
    policies.get(facts.phoneKeys.phone(facts.phones[row] ?? 0)) ?? decisions.duplicates;
  if (decisions.duplicates !== 'each' || policies.size > 0) mergeGroups(states, groups, leaders, policyOf);
  const sharesEmail = findSharedEmails(facts, states, accepted);
  return { accepted, kinds, states, groups, leaders, policyOf, sharesEmail };
}

/** The rows of one phone, in file order, from its first one. */
export function* groupOf({ next }: PhoneGroups, leader: number): Generator<number> {
  for (let row = leader; row >= 0; row = next[row] ?? -1) yield row;
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

function findLeaders({ first, next }: PhoneGroups): number[] {
  const leaders: number[] = [];
  for (let row = 0; row < first.length; row++)
    if (first[row] === row && (next[row] ?? -1) >= 0) leaders.push(row);
  return leaders;
}

/** The last row stands for a joined group: it is the one whose values count first. */
function mergeGroups(
  states: Uint8Array,
  groups: PhoneGroups,
  leaders: readonly number[],
  policyOf: (row: number) => DuplicatePolicy,
): void {
  for (const leader of leaders) {
    const policy = policyOf(leader);
    if (policy === 'each') continue;
    let last = leader;
    for (const row of groupOf(groups, leader)) {
      states[row] = MERGED;
      last = row;
    }
    states[policy === 'first' ? leader : last] = READY;
  }
}

/** One contact that comes several times shares its address with nobody: another phone must have it too. */
function findSharedEmails(
  facts: RowFacts,
  states: Uint8Array,
  accepted: RepairMask,
): (row: number) => boolean {
  const { rows, phones } = facts;
  const emails = emailsUnder(facts, accepted);
  const table = new RowTable(rows);
  const firstOf = new Int32Array(rows).fill(-1);
  const isShared = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const email = emails[row] ?? 0;
    if (email === 0 || states[row] !== READY) continue;
    const first = table.findOrAdd(email, row, emails);
    firstOf[row] = first;
    if (phones[first] !== phones[row]) isShared[first] = 1;
  }
  return (row) => isShared[firstOf[row] ?? -1] === 1;
}

const FIX_TYPO = repairMask(['email_fix_typo']);

function emailsUnder({ emails, offeredEmails }: RowFacts, accepted: RepairMask): Float64Array {
  if ((accepted & FIX_TYPO) === 0 || offeredEmails.size === 0) return emails;
  const fixed = emails.slice();
  for (const [row, email] of offeredEmails) fixed[row] = email;
  return fixed;
}
