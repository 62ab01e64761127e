import type { ContactColumns } from '@ponte/contacts';
import { readIdentity, type ErasedPeople } from '../erasures';
import type { JudgedRow } from './judge-rows';

/**
 * The row as it is, or rejected without its cells when it is about an erased person: what was erased must not come back with
 * the list of rejected rows. That counts for rows that are rejected for another reason, too.
 */
export function leaveOutErased(people: ErasedPeople, row: JudgedRow, columns: ContactColumns): JudgedRow {
  if (people.isEmpty || !people.has(row.contact ?? identityOfCells(row.cells, columns))) return row;
  const { row: number, line, cells } = row;
  return {
    row: number,
    line,
    cells: cells.map(() => ''),
    contact: null,
    codes: ['person_erased'],
    fields: [],
  };
}

function identityOfCells(cells: readonly string[], { phone_number, email }: ContactColumns) {
  return readIdentity(cells[phone_number] ?? '', email === null ? '' : (cells[email] ?? ''));
}
