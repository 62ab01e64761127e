import { joinContacts, type ContactCells } from '@ponte/contacts';
import type { RowFault } from './mapped-rows';
import type { ReviewedTable } from './reviewed-table';
import { MERGED, PROBLEM, READY } from './row-standings';
import { isJoined, sentValues } from './row-values';
import type { OnProgress } from './serve-table-calls';

/** What is sent of a row that does not pass. */
export interface SentProblem {
  readonly texts: ContactCells;
  readonly fault: RowFault | null;
}

/** Every row in order: the contact that is sent for it, or what is sent of a row that does not pass, or neither. */
export type OnSent = (row: number, contact: ContactCells | null, problem: SentProblem | null) => void;

/** Goes through the rows in order and says what is sent for each. */
export function forEachSent(table: ReviewedTable, onProgress: OnProgress, onSent: OnSent): void {
  const { mapped, program, facts, standings } = table;
  const { states, groups, policyOf } = standings;
  // A joined group is sent with its last row; what the others said is remembered until then.
  const joined = new Map<number, ContactCells>();
  const join = (row: number, values: ContactCells): ContactCells => {
    const leader = groups.first[row] ?? row;
    const before = joined.get(leader);
    const after = before === undefined ? values : joinContacts([before, values]);
    joined.set(leader, after);
    return after;
  };
  mapped.forEach(
    (row, mappedTexts, fault) => {
      const state = states[row];
      if (state === PROBLEM && fault !== null) return onSent(row, null, { texts: mappedTexts, fault });
      if (state !== READY && state !== PROBLEM && (state !== MERGED || policyOf(row) !== 'join'))
        return onSent(row, null, null);
      const texts = program.applyAll(row, mappedTexts);
      const values = facts.asItIs[row] === 1 ? texts : sentValues(table, texts);
      if (state === PROBLEM) return onSent(row, null, { texts: values, fault });
      if (state === MERGED) {
        join(row, values);
        return onSent(row, null, null);
      }
      if (!isJoined(table, row)) return onSent(row, values, null);
      onSent(row, join(row, values), null);
      joined.delete(groups.first[row] ?? row);
    },
    (done) => onProgress(done / facts.rows),
  );
}
