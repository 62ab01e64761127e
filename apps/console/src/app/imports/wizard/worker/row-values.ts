import {
  joinContacts,
  valueOf,
  type CellProposal,
  type ContactCells,
  type RepairMask,
} from '@ponte/contacts';
import { proposalOf, textsOf, type ReviewedTable } from './reviewed-table';
import { passingRows, READY } from './row-standings';

/**
 * What is sent for a cell: its value under the repairs that were accepted, or the text as it is where they are not
 * enough, so that the server refuses it for the reason that is shown.
 */
export function sentValue(cell: CellProposal, text: string, accepted: RepairMask): string {
  return cell.ok && (cell.mask & ~accepted) === 0 ? (valueOf(cell, accepted) ?? '') : text;
}

/** What is sent for a row that stands for itself. */
export function sentValues(table: ReviewedTable, texts: ContactCells): ContactCells {
  const { accepted } = table.standings;
  const { name, phone, email } = proposalOf(table, texts);
  return [
    sentValue(name, texts[0], accepted),
    sentValue(phone, texts[1], accepted),
    sentValue(email, texts[2], accepted),
  ];
}

/** Whether the row stands for others that were joined to it. */
export function isJoined({ standings }: ReviewedTable, row: number): boolean {
  const { states, phones, policyOf } = standings;
  const group = phones.groupOf(row);
  if (group < 0 || states[row] !== READY || policyOf(group) !== 'join') return false;
  return passingRows(states, phones, group).length > 1;
}

/** What is sent for a joined group, read row by row. */
export function joinedValues(table: ReviewedTable, row: number): ContactCells {
  const { states, phones } = table.standings;
  const rows = passingRows(states, phones, phones.groupOf(row));
  return joinContacts(rows.map((member) => sentValues(table, textsOf(table, member))));
}
