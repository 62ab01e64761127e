import { REPAIR_CODES, WARNING_CODES, type RepairCode } from '@ponte/contacts';
import type { ProblemGroup, Review } from '../wizard-types';
import { ISSUES, WARNING_BITS } from './cell-kinds';
import { FIELDS, type RowFacts } from './row-facts';
import { LEFT_OUT, MERGED, passingRows, PROBLEM, READY, type RowStandings } from './row-standings';

/** Examples of each repair. */
const EXAMPLES = 3;

/** A repair with the first rows that need it. */
export interface RepairTally {
  readonly code: RepairCode;
  readonly rows: number;
  readonly examples: readonly number[];
}

/** Counts of everything, from the arrays alone; the examples are still to be read. */
export interface Tally extends Omit<Review, 'repairs' | 'editRows'> {
  readonly repairs: readonly RepairTally[];
}

interface Counters {
  readonly states: Uint32Array;
  readonly repairs: Uint32Array;
  readonly examples: readonly number[][];
  /** By reason, for each field and last for the row as a whole. */
  readonly problems: readonly Uint32Array[];
  readonly warnings: Uint32Array;
}

export function tallyRows(facts: RowFacts, standings: RowStandings): Tally {
  const counters: Counters = {
    states: new Uint32Array(4),
    repairs: new Uint32Array(REPAIR_CODES.length),
    examples: REPAIR_CODES.map(() => []),
    problems: [...FIELDS, null].map(() => new Uint32Array(ISSUES.length)),
    warnings: new Uint32Array(WARNING_CODES.length),
  };
  for (let row = 0; row < facts.rows; row++) countRow(counters, facts, standings, row);
  const { states } = counters;
  return {
    rows: {
      total: facts.rows,
      ready: states[READY] ?? 0,
      problems: states[PROBLEM] ?? 0,
      leftOut: states[LEFT_OUT] ?? 0,
      merged: states[MERGED] ?? 0,
    },
    repairs: withRows(REPAIR_CODES, counters.repairs).map((repair) => ({
      ...repair,
      examples: counters.examples[REPAIR_CODES.indexOf(repair.code)] ?? [],
    })),
    problems: listProblems(counters.problems),
    warnings: withRows(WARNING_CODES, counters.warnings),
    duplicates: countDuplicates(standings),
  };
}

/** The remarks on a row that is sent, as a mask. */
export function warningsOfRow(
  { fields }: RowFacts,
  { kinds, sharingEmail }: RowStandings,
  row: number,
): number {
  const { warnings } = kinds;
  return (
    (warnings[fields.name[row] ?? 0] ?? 0) |
    (warnings[fields.phone_number[row] ?? 0] ?? 0) |
    (warnings[fields.email[row] ?? 0] ?? 0) |
    (sharingEmail.has(row) ? WARNING_BITS.email_shared : 0)
  );
}

/** What the row needs or is offered, as a mask. */
export function repairsOfRow({ fields }: RowFacts, { kinds }: RowStandings, row: number): number {
  const { repairs } = kinds;
  return (
    (repairs[fields.name[row] ?? 0] ?? 0) |
    (repairs[fields.phone_number[row] ?? 0] ?? 0) |
    (repairs[fields.email[row] ?? 0] ?? 0)
  );
}

function countRow(counters: Counters, facts: RowFacts, standings: RowStandings, row: number): void {
  const state = standings.states[row] ?? READY;
  add(counters.states, state);
  if (state === LEFT_OUT || isPlain(facts, standings, row)) return;
  const repairs = repairsOfRow(facts, standings, row);
  if (repairs !== 0) {
    for (let bit = 0; bit < REPAIR_CODES.length; bit++) {
      if ((repairs & (1 << bit)) === 0) continue;
      add(counters.repairs, bit);
      const examples = counters.examples[bit];
      if (examples !== undefined && examples.length < EXAMPLES) examples.push(row);
    }
  }
  if (state === PROBLEM) countProblems(counters.problems, facts, standings, row);
  const warnings = state === READY ? warningsOfRow(facts, standings, row) : 0;
  for (let bit = 0; warnings >> bit !== 0; bit++)
    if ((warnings & (1 << bit)) !== 0) add(counters.warnings, bit);
}

/** Nothing to say about the row, as about most. */
function isPlain({ fields, rowIssues }: RowFacts, { sharingEmail }: RowStandings, row: number): boolean {
  return (
    fields.phone_number[row] === 0 &&
    fields.name[row] === 0 &&
    fields.email[row] === 0 &&
    rowIssues[row] === 0 &&
    !sharingEmail.has(row)
  );
}

function countProblems(
  problems: readonly Uint32Array[],
  facts: RowFacts,
  standings: RowStandings,
  row: number,
): void {
  FIELDS.forEach((field, at) => {
    const issue = standings.kinds.issues[facts.fields[field][row] ?? 0] ?? 0;
    const counts = problems[at];
    if (issue !== 0 && counts !== undefined) add(counts, issue);
  });
  const rowIssue = facts.rowIssues[row] ?? 0;
  const counts = problems[FIELDS.length];
  if (rowIssue !== 0 && counts !== undefined) add(counts, rowIssue);
}

function add(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}

function withRows<Code>(codes: readonly Code[], counts: Uint32Array): { code: Code; rows: number }[] {
  return codes.map((code, index) => ({ code, rows: counts[index] ?? 0 })).filter(({ rows }) => rows > 0);
}

function listProblems(problems: readonly Uint32Array[]): ProblemGroup[] {
  const groups = problems.flatMap((counts, at) =>
    ISSUES.flatMap((code, issue) => {
      const rows = counts[issue] ?? 0;
      return code === null || rows === 0 ? [] : [{ code, field: FIELDS[at] ?? null, rows }];
    }),
  );
  return groups.sort((one, other) => other.rows - one.rows);
}

function countDuplicates({ states, phones, repeated }: RowStandings): Review['duplicates'] {
  const rows = repeated.reduce((sum, group) => sum + passingRows(states, phones, group).length, 0);
  return { groups: repeated.length, rows };
}
