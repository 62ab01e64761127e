import { joinContacts, type ContactCells } from '@ponte/contacts';
import type { RowFault } from './mapped-rows';
import type { ReviewedTable } from './reviewed-table';
import { MERGED, PROBLEM, READY } from './row-standings';
import { isJoined, sentValues } from './row-values';
import { EMAIL_AS_TYPED, NAME_AS_TYPED, PHONE_AS_TYPED } from './row-facts';
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
  const { states, phones, policyOf } = standings;
  // A joined group is sent with its last row; what the others said is remembered until then.
  const joined = new Map<number, ContactCells>();
  const join = (row: number, values: ContactCells): ContactCells => {
    const group = phones.groupOf(row);
    const before = joined.get(group);
    const after = before === undefined ? values : joinContacts([before, values]);
    joined.set(group, after);
    return after;
  };
  mapped.forEach(
    (row, mappedTexts, fault) => {
      const state = states[row];
      if (state === PROBLEM && fault !== null) return onSent(row, null, { texts: mappedTexts, fault });
      if (
        state !== READY &&
        state !== PROBLEM &&
        (state !== MERGED || policyOf(phones.groupOf(row)) !== 'join')
      )
        return onSent(row, null, null);
      const texts = program.applyAll(row, mappedTexts);
      const values = state === PROBLEM ? sentValues(table, texts) : passingValues(table, row, texts);
      if (state === PROBLEM) return onSent(row, null, { texts: values, fault });
      if (state === MERGED) {
        join(row, values);
        return onSent(row, null, null);
      }
      if (!isJoined(table, row)) return onSent(row, values, null);
      onSent(row, join(row, values), null);
      joined.delete(phones.groupOf(row));
    },
    (done) => onProgress(done / facts.rows),
  );
}

const NAME_AND_EMAIL = NAME_AS_TYPED | EMAIL_AS_TYPED;

/** What `sentValues` gives for a row that passes; its phone is known already, and nothing is proposed for most rows. */
function passingValues(table: ReviewedTable, row: number, texts: ContactCells): ContactCells {
  const { asTyped, phones, phoneKeys } = table.facts;
  const typed = asTyped[row] ?? 0;
  if ((typed & NAME_AND_EMAIL) !== NAME_AND_EMAIL) return sentValues(table, texts);
  if ((typed & PHONE_AS_TYPED) !== 0) return texts;
  return [texts[0], phoneKeys.phone(phones[row] ?? 0), texts[2]];
}
