import type { ContactFieldName } from '@ponte/contacts';
import type { ImportColumns } from './import.entity';
import type { RejectedRow } from './judge-rows';

/** A column in which rejected rows are shown, and the contact's field that is read from it. */
export interface ShownColumn {
  title: string;
  field: ContactFieldName | null;
}

const FIELDS = ['name', 'phone_number', 'email'] as const;

/**
 * The columns in which the person wrote the rows: the file's own, or those that the file carries at its end for rows
 * that are rejected. The line is told beside the cells and not among them.
 */
export function shownColumns({ header, fields, own = [] }: ImportColumns): ShownColumn[] {
  if (own.length === 0) {
    return header.map((title, index) => ({
      title,
      field: FIELDS.find((name) => fields[name] === index) ?? null,
    }));
  }
  const titles = header.slice(header.length - own.length);
  return own.flatMap((field, index) => (field === 'line' ? [] : [{ title: titles[index] ?? '', field }]));
}

/** The rejected row as the person wrote it: its own cells, and its line in the file that the cells came from. */
export function inOwnColumns(row: RejectedRow, columns: ImportColumns): RejectedRow {
  const { header, own = [] } = columns;
  if (own.length === 0) return row;
  const carried = row.cells.slice(header.length - own.length);
  const line = own.indexOf('line');
  const cells = own.flatMap((kind, index) => (kind === 'line' ? [] : [carried[index] ?? '']));
  // Cells beyond the header have no column, but they are the reason why such a row is rejected.
  const beyond = carried.slice(own.length);
  return {
    ...row,
    line: lineNumber(carried[line]) ?? row.line,
    cells: cells.some((cell) => cell.trim() !== '') ? [...cells, ...beyond] : fromContact(row, columns),
  };
}

/**
 * A row that was expected to pass carries no cells of its own. When the server refuses it after all, the contact's cells
 * go to the columns that they came from. Of several columns that were joined to a name the first one takes it, of those
 * that were joined to a phone the last one, behind the area code: joined again they give the same.
 */
function fromContact({ cells }: RejectedRow, columns: ImportColumns): string[] {
  const shown = shownColumns(columns);
  const fieldsOf = shown.map(({ field }) => field);
  return fieldsOf.map((field, index) => {
    if (field === null) return '';
    const taker = field === 'phone_number' ? fieldsOf.lastIndexOf(field) : fieldsOf.indexOf(field);
    const from = columns.fields[field];
    return taker === index && from !== null ? (cells[from] ?? '') : '';
  });
}

/** PostgreSQL's `int` ends at 2,147,483,647; nine digits are always below. */
function lineNumber(cell: string | undefined): number | null {
  const text = cell?.trim() ?? '';
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}
