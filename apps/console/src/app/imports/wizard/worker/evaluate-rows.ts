import { proposeRow, type RepairContext } from '@ponte/contacts';
import type { Edit } from '../wizard-types';
import type { EditProgram } from './edit-program';
import type { MappedRows, OnRow } from './mapped-rows';
import { PlainRows } from './plain-rows';
import type { RowFacts } from './row-facts';
import { RowSet } from './row-set';
import type { OnProgress } from './serve-table-calls';

/** What edits did: how many rows each one touched, and which rows were touched by any. */
export interface EditTraces {
  readonly counts: Uint32Array;
  readonly rows: RowSet;
}

/**
 * Finds out everything about the rows: mapped, edited, proposed. With the program of an earlier evaluation of the same
 * facts only the rows are judged anew whose texts differ under the two. Where every edit names its rows nothing else is
 * read.
 */
export function evaluateRows(
  facts: RowFacts,
  mapped: MappedRows,
  program: EditProgram,
  context: RepairContext,
  previous: EditProgram | null,
  onProgress: OnProgress,
): EditTraces {
  const traces: EditTraces = { counts: new Uint32Array(program.edits.length), rows: new RowSet() };
  traceLeftOut(program.edits, facts.rows, traces);
  let current = 0;
  const onTouch = (edit: number): void => touch(traces, edit, current);
  const evaluate: OnRow = (row, texts, fault) => {
    if (fault !== null) {
      if (previous === null) facts.reject(row, fault);
      return;
    }
    current = row;
    const edited = program.applyAll(row, texts, onTouch);
    if (previous !== null && isSame(edited, previous.applyAll(row, texts))) return;
    const [name, phone, email] = edited;
    facts.write(row, edited, proposeRow(name, phone, email, context));
  };
  const named = previous === null ? null : namedRows([...program.edits, ...previous.edits], facts.rows);
  // Edits may change any cell, and what is judged anew is compared with what it was.
  const plain = previous === null && program.isIdle ? PlainRows.of(facts, mapped.mapping) : null;
  if (named === null) mapped.forEach(evaluate, (done) => onProgress(done / facts.rows), plain);
  else for (const row of named) evaluate(row, mapped.texts(row), mapped.fault(row));
  facts.forgetGroups();
  return traces;
}

function touch({ counts, rows }: EditTraces, edit: number, row: number): void {
  counts[edit] = (counts[edit] ?? 0) + 1;
  rows.add(row);
}

function traceLeftOut(edits: readonly Edit[], total: number, traces: EditTraces): void {
  edits.forEach((edit, index) => {
    if (edit.kind !== 'leave_out') return;
    for (const row of new Set(edit.rows)) if (row >= 0 && row < total) touch(traces, index, row);
  });
}

/** The rows whose values the edits name, or `null` when an edit looks for values in all of them. */
function namedRows(edits: readonly Edit[], total: number): Set<number> | null {
  const rows = new Set<number>();
  for (const edit of edits) {
    if (edit.kind === 'value' || edit.kind === 'replace') return null;
    if (edit.kind === 'cell' && edit.row >= 0 && edit.row < total) rows.add(edit.row);
  }
  return rows;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one[0] === other[0] && one[1] === other[1] && one[2] === other[2]);
}
