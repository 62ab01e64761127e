import { CONTACT_FIELDS, type ContactFieldName } from './contact-fields';
import { checkCells, type ContactVerdict } from './check-contact';
import type { RejectionCode } from './issue-codes';

/** Where the fields stand in each row (0-based), and how many cells the header has. */
export interface ContactColumns {
  readonly name: number;
  readonly phone_number: number;
  readonly email: number | null;
  readonly width: number;
}

/** The columns of a file, or what stands in the way: required fields without a column, fields with several. */
export type HeaderVerdict =
  | { readonly ok: true; readonly columns: ContactColumns; readonly ignored: readonly string[] }
  | {
      readonly ok: false;
      readonly missing: readonly ContactFieldName[];
      readonly duplicated: readonly ContactFieldName[];
    };

/** By a Map and not by an object: a header named `constructor` is a header like another. */
const FIELD_NAMES: ReadonlyMap<string, ContactFieldName> = new Map(
  CONTACT_FIELDS.map(({ name }) => [name, name]),
);

/**
 * Finds the contact's columns in a header row, strictly: the English field names, trimmed (a byte order mark counts
 * as white space), in any case. Columns with another name are listed in `ignored`, nameless ones are not mentioned.
 * A field given twice is refused, the optional one too: picking one would store the wrong value in silence.
 */
export function resolveHeader(cells: readonly string[]): HeaderVerdict {
  const found = new Map<ContactFieldName, number>();
  const duplicated = new Set<ContactFieldName>();
  const ignored: string[] = [];
  cells.forEach((cell, index) => {
    const title = cell.trim();
    const field = FIELD_NAMES.get(title.toLowerCase());
    if (field === undefined) {
      if (title !== '') ignored.push(title);
    } else if (found.has(field)) duplicated.add(field);
    else found.set(field, index);
  });
  const name = found.get('name');
  const phone = found.get('phone_number');
  if (name === undefined || phone === undefined || duplicated.size > 0) {
    const missing = CONTACT_FIELDS.filter((field) => field.isRequired && !found.has(field.name));
    return { ok: false, missing: missing.map((field) => field.name), duplicated: [...duplicated] };
  }
  const columns = { name, phone_number: phone, email: found.get('email') ?? null, width: cells.length };
  return { ok: true, columns, ignored };
}

/**
 * Checks one row of cells. A row that is longer than the header with something in the extra cells is rejected for
 * that alone: its cells have shifted, and further reasons would describe the wrong columns. A cell that a short row
 * lacks is an empty cell.
 */
export function checkRow(cells: readonly string[], columns: ContactColumns): ContactVerdict {
  for (let i = columns.width; i < cells.length; i++) {
    if (cells[i]?.trim()) return rejectRow('wrong_cell_count');
  }
  const email = columns.email === null ? undefined : cells[columns.email];
  return checkCells(cells[columns.name], cells[columns.phone_number], email);
}

/** The verdict on a row that is wrong as a whole: quotes that do not close where they should, a database's no. */
export function rejectRow(code: RejectionCode): ContactVerdict {
  return { ok: false, issues: [{ code, field: null }], warnings: [] };
}
