import type { AssistedCode } from '@ponte/contacts';
import type { ValueView } from '../wizard-types';
import { issueNumber } from './cell-kinds';
import type { ReviewedTable } from './reviewed-table';
import { FIELDS } from './row-facts';
import { PROBLEM } from './row-standings';
import type { OnProgress } from './serve-table-calls';

/** Beyond this many distinct values nobody goes through them one by one, and they would not fit. */
const MOST_VALUES = 100_000;

/** Every value behind a problem once. */
export interface ProblemValues {
  readonly values: readonly ValueView[];
  readonly isComplete: boolean;
}

/** Counts the distinct texts of the cells that have the problem, most frequent first. A problem of the row has none. */
export function countProblemValues(
  { facts, standings, mapped, program }: ReviewedTable,
  code: AssistedCode,
  onProgress: OnProgress,
): ProblemValues {
  const issue = issueNumber(code);
  const { issues } = standings.kinds;
  const counts = FIELDS.map(() => new Map<string, number>());
  let distinct = 0;
  let isComplete = true;
  mapped.forEach(
    (row, mappedTexts, fault) => {
      if (fault !== null || standings.states[row] !== PROBLEM) return;
      const isFound = FIELDS.map((field) => issues[facts.fields[field][row] ?? 0] === issue);
      if (!isFound.includes(true)) return;
      const texts = program.applyAll(row, mappedTexts);
      counts.forEach((values, at) => {
        if (isFound[at] !== true) return;
        const text = texts[at] ?? '';
        const count = values.get(text) ?? 0;
        if (count === 0 && distinct === MOST_VALUES) isComplete = false;
        else values.set(text, count + 1);
        if (count === 0 && distinct < MOST_VALUES) distinct++;
      });
    },
    (done) => onProgress(done / facts.rows),
  );
  const values = FIELDS.flatMap((field, at) =>
    [...(counts[at] ?? [])].map(([value, rows]): ValueView => ({ field, value, rows })),
  );
  return { values: values.sort(byFrequency), isComplete };
}

function byFrequency(one: ValueView, other: ValueView): number {
  return other.rows - one.rows || (one.value < other.value ? -1 : one.value > other.value ? 1 : 0);
}
