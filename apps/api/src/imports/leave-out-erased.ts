import { checkEmail, proposePhone, type ContactColumns } from '@ponte/contacts';
import type { ErasedPeople, Identity } from '../erasures';
import type { JudgedRow } from './judge-rows';

const NO_AREA_CODE = { areaCode: null } as const;

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

/** Who a rejected row is about: its phone in any notation, and its e-mail address; null for what cannot be read. */
function identityOfCells(cells: readonly string[], columns: ContactColumns): Identity {
  const phone = proposePhone(cells[columns.phone_number] ?? '', NO_AREA_CODE);
  const email = columns.email === null ? null : checkEmail(cells[columns.email] ?? '');
  return {
    phone_number: phone.ok ? phone.value : null,
    email: email?.ok === true ? email.value : null,
  };
}
