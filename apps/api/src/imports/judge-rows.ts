import { checkRow, type Contact, type ContactColumns } from '@ponte/contacts';
import type { CsvRow } from '@ponte/tabular';

/** A row that does not become a contact, with its original cells. */
export interface RejectedRow {
  row: number;
  line: number;
  codes: string[];
  fields: string[];
  cells: readonly string[];
}

/** A row with its verdict: a contact to write, or the reasons why not. */
export type JudgedRow = AcceptedRow | RefusedRow;

interface Place {
  row: number;
  line: number;
  cells: readonly string[];
}

export interface AcceptedRow extends Place {
  contact: Contact;
}

export interface RefusedRow extends Place {
  contact: null;
  codes: string[];
  fields: string[];
}

/** Judges rows in their order. `firstRow` is the number of the first one, counted in data rows from 1. */
export function judgeRows(rows: readonly CsvRow[], firstRow: number, columns: ContactColumns): JudgedRow[] {
  return rows.map(({ line, cells, isMalformed }, index) => {
    const place = { row: firstRow + index, line, cells };
    if (isMalformed) return { ...place, contact: null, codes: ['malformed_row'], fields: [] };
    const verdict = checkRow(cells, columns);
    if (verdict.ok) return { ...place, contact: verdict.contact };
    const codes = [...new Set(verdict.issues.map(({ code }) => code))];
    const fields = [...new Set(verdict.issues.flatMap(({ field }) => (field === null ? [] : [field])))];
    return { ...place, contact: null, codes, fields };
  });
}

/** The row as rejected, for reasons of its own or, when it had none, because the database refused it. */
export function rejected(row: JudgedRow): RejectedRow {
  const { row: number, line, cells } = row;
  const reasons = row.contact === null ? row : { codes: ['row_refused'], fields: [] };
  return { row: number, line, codes: reasons.codes, fields: reasons.fields, cells };
}
