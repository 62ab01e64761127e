import {
  codesOf,
  repairsOf,
  type CellProposal,
  type ContactCells,
  type ContactFieldName,
} from '@ponte/contacts';
import type { FieldView, RepairExample, RowView } from '../wizard-types';
import { ISSUES, repairsOfCell, warningOf } from './cell-kinds';
import { proposalOf, textsOf, type ReviewedTable } from './reviewed-table';
import { READY } from './row-standings';
import { isJoined, joinedValues, sentValues } from './row-values';

const STATES = ['ready', 'problem', 'left_out', 'merged'] as const;

/** One row for the page. */
export function viewRow(table: ReviewedTable, row: number): RowView {
  const { standings, facts, mapped } = table;
  const { store } = mapped.table;
  const issue = ISSUES[facts.rowIssues[row] ?? 0] ?? null;
  return {
    row,
    line: store.line(row),
    state: STATES[standings.states[row] ?? READY] ?? 'ready',
    fields: issue === null ? viewFields(table, row) : untouchedFields(mapped.texts(row)),
    issue,
    cells: store.row(row),
  };
}

function viewFields(table: ReviewedTable, row: number): RowView['fields'] {
  const { standings } = table;
  const texts = textsOf(table, row);
  const { name, phone, email } = proposalOf(table, texts);
  const after = isJoined(table, row) ? joinedValues(table, row) : sentValues(table, texts);
  const view = (cell: CellProposal, at: 0 | 1 | 2): FieldView => ({
    before: texts[at],
    after: after[at],
    issue: codesOf(cell, standings.accepted)[0] ?? null,
    warning: warningOf(cell, standings.accepted),
    repairs: repairsOf(repairsOfCell(cell)),
  });
  const emailView = view(email, 2);
  const isShared = emailView.warning === null && standings.sharingEmail.has(row);
  return {
    name: view(name, 0),
    phone_number: view(phone, 1),
    email: isShared ? { ...emailView, warning: 'email_shared' } : emailView,
  };
}

/** A row that is wrong as a whole is shown as it is; its cells may stand in the wrong columns. */
function untouchedFields([name, phone, email]: ContactCells): RowView['fields'] {
  const view = (text: string): FieldView => ({
    before: text,
    after: text,
    issue: null,
    warning: null,
    repairs: [],
  });
  return { name: view(name), phone_number: view(phone), email: view(email) };
}

/** What a repair would do to the first cell of the row that needs it. */
export function exampleOf(table: ReviewedTable, row: number, repair: number): RepairExample | null {
  const texts = textsOf(table, row);
  const { name, phone, email } = proposalOf(table, texts);
  const cells: readonly [ContactFieldName, CellProposal, string][] = [
    ['name', name, texts[0]],
    ['phone_number', phone, texts[1]],
    ['email', email, texts[2]],
  ];
  const found = cells.find(([, cell]) => (repairsOfCell(cell) & repair) !== 0);
  if (found === undefined) return null;
  const [field, cell, before] = found;
  return { row, line: table.mapped.table.store.line(row), field, before, after: repairedValue(cell, repair) };
}

function repairedValue(cell: CellProposal, repair: number): string {
  if (!cell.ok) return '';
  const isOffered = (cell.mask & repair) === 0;
  return (isOffered ? cell.offer?.value : cell.value) ?? '';
}
