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

interface AcceptedRow extends Place {
  contact: Contact;
}

interface RefusedRow extends Place {
  contact: null;
  codes: string[];
  fields: string[];
}

/**
 * Judges rows in their order. `firstRow` is the number of the first one, counted in data rows from 1. Plain literals in a
 * plain loop: copying a row's place into its verdict took as long as judging it.
 */
export function judgeRows(rows: readonly CsvRow[], firstRow: number, columns: ContactColumns): JudgedRow[] {
  const judged: JudgedRow[] = [];
  let row = firstRow;
  for (const { line, cells, isMalformed } of rows) {
    const verdict = isMalformed ? MALFORMED : checkRow(cells, columns);
    if (verdict.ok) judged.push({ row, line, cells, contact: verdict.contact });
    else judged.push({ row, line, cells, contact: null, ...reasonsOf(verdict.issues) });
    row += 1;
  }
  return judged;
}

const MALFORMED = { ok: false, issues: [{ code: 'malformed_row', field: null }] } as const;

function reasonsOf(issues: readonly { code: string; field: string | null }[]) {
  const codes = [...new Set(issues.map(({ code }) => code))];
  const fields = [...new Set(issues.flatMap(({ field }) => (field === null ? [] : [field])))];
  return { codes, fields };
}

/** The row as rejected, for reasons of its own or, when it had none, because the database refused it. */
export function rejected(row: JudgedRow): RejectedRow {
  const { row: number, line, cells } = row;
  const reasons = row.contact === null ? row : { codes: ['row_refused'], fields: [] };
  return { row: number, line, codes: reasons.codes, fields: reasons.fields, cells };
}
