import type { ColumnMapping, ColumnRole } from './column-roles';
import type { ContactCells } from './join-contacts';

/** Takes the three cells of a contact out of a row of the file. */
export type MapCells = (cells: readonly string[]) => ContactCells;

/** Digits of a number without its area code: eight, or nine for a mobile. */
const MIN_LOCAL = 8;
const MAX_LOCAL = 9;

/**
 * Makes a function of a mapping, to be called once for each row. Last names are joined behind the name with single blanks, the
 * area code is put before a phone that has none (eight or nine digits), and defaults stand in for what is blank. A
 * cell that a short row lacks is blank. Nothing else is changed: trimming and repairs come later.
 */
export function compileMapping(mapping: ColumnMapping): MapCells {
  const [name] = columnsOf(mapping, 'name');
  const [phone] = columnsOf(mapping, 'phone_number');
  const [email] = columnsOf(mapping, 'email');
  const [area] = columnsOf(mapping, 'area_code');
  const lastNames = columnsOf(mapping, 'last_name');
  const { defaults } = mapping;
  const readName = lastNames.length === 0 ? cellReader(name) : nameReader(name, lastNames);
  const readPhone = area === undefined ? cellReader(phone) : phoneReader(phone, area);
  const readEmail = cellReader(email);
  return (cells) => [
    orDefault(readName(cells), defaults.name),
    orDefault(readPhone(cells), defaults.phone_number),
    orDefault(readEmail(cells), defaults.email),
  ];
}

type ReadCell = (cells: readonly string[]) => string;

function columnsOf(mapping: ColumnMapping, role: ColumnRole): readonly number[] {
  return mapping.roles.flatMap((found, index) => (found === role ? [index] : []));
}

function cellReader(column: number | undefined): ReadCell {
  return column === undefined ? () => '' : (cells) => cells[column] ?? '';
}

function nameReader(name: number | undefined, lastNames: readonly number[]): ReadCell {
  const columns = name === undefined ? lastNames : [name, ...lastNames];
  return (cells) => {
    let joined = '';
    for (const column of columns) {
      const part = cells[column]?.trim();
      if (part) joined = joined === '' ? part : `${joined} ${part}`;
    }
    return joined;
  };
}

function phoneReader(phone: number | undefined, area: number): ReadCell {
  const read = cellReader(phone);
  return (cells) => {
    const number = read(cells);
    const code = cells[area]?.trim();
    return code && isLocal(number) ? `${code} ${number.trim()}` : number;
  };
}

/** Whether the cell is one number without area code: a plus or other digits before it say that it has one. */
function isLocal(number: string): boolean {
  if (number.includes('+')) return false;
  const digits = number.replace(/\D/g, '').length;
  return digits >= MIN_LOCAL && digits <= MAX_LOCAL;
}

function orDefault(cell: string, fallback: string | undefined): string {
  return fallback === undefined || cell.trim() !== '' ? cell : fallback;
}
