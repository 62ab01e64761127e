import type { Edit } from '../wizard-types';

type CellEdit = Extract<Edit, { kind: 'cell' }>;

/** The edits with one more cell; typing twice in a row into the same cell is one edit. */
export function withCell(edits: readonly Edit[], cell: CellEdit): readonly Edit[] {
  const last = edits.at(-1);
  const isSame = last?.kind === 'cell' && last.row === cell.row && last.field === cell.field;
  return [...(isSame ? edits.slice(0, -1) : edits), cell];
}

/** The edits with one row left out; rows left out one after the other are one edit. */
export function withRowLeftOut(edits: readonly Edit[], row: number): readonly Edit[] {
  const last = edits.at(-1);
  if (last?.kind !== 'leave_out') return [...edits, { kind: 'leave_out', rows: [row] }];
  return [...edits.slice(0, -1), { kind: 'leave_out', rows: [...last.rows, row] }];
}

/** The edits with one row back in, whichever of them left it out. */
export function withRowBack(edits: readonly Edit[], row: number): readonly Edit[] {
  return edits.flatMap((edit): Edit[] => {
    if (edit.kind !== 'leave_out' || !edit.rows.includes(row)) return [edit];
    const rows = edit.rows.filter((each) => each !== row);
    return rows.length === 0 ? [] : [{ kind: 'leave_out', rows }];
  });
}
