import type { ColumnMapping, ColumnRole, ContactFieldName } from '@ponte/contacts';
import { FILE_LIMITS } from '@ponte/contracts';
import type { OutputRequest } from '../wizard-types';
import type { RowFault } from './mapped-rows';
import { isBlankCell } from './packed-column';
import type { ReviewedTable } from './reviewed-table';

/** Columns of what is sent that are not the person's: the contact's three and the line. */
export const COLUMNS_BEFORE_OWN = 4;

/** The widest table that is sent whole: one column stays free for what makes a row too long or malformed. */
const MAX_OWN_COLUMNS = FILE_LIMITS.columns - COLUMNS_BEFORE_OWN - 1;

/** UTF-16 units of a cell that is sent for the record: no spreadsheet holds more in one. */
const MAX_CELL_UNITS = 32_767;

/** UTF-16 units of a row's own cells: the API refuses the whole file for a row of four megabytes. */
const MAX_ROW_UNITS = 1024 * 1024;

const FIELD_OF_ROLE: Readonly<Record<ColumnRole, ContactFieldName>> = {
  name: 'name',
  last_name: 'name',
  phone_number: 'phone_number',
  area_code: 'phone_number',
  email: 'email',
};

/** How many columns the person's table has; a surplus of single rows lies beyond. */
export function ownWidth({ mapped }: ReviewedTable): number {
  const { header, store } = mapped.table;
  const width = Number.isFinite(mapped.width) ? mapped.width : Math.max(header.length, store.width);
  return Math.min(width, MAX_OWN_COLUMNS);
}

/** The titles of the columns; those without one are called by their number. */
export function ownTitles(
  { mapped }: ReviewedTable,
  width: number,
  { titles }: Pick<OutputRequest, 'titles'>,
): string[] {
  const { header } = mapped;
  return Array.from({ length: width }, (_, column) => header[column] || `${titles.column} ${column + 1}`);
}

/** Which field each column was used for. */
export function ownFields({ roles }: ColumnMapping, width: number): (ContactFieldName | null)[] {
  return Array.from({ length: width }, (_, column) => {
    const role = roles[column] ?? null;
    return role === null ? null : FIELD_OF_ROLE[role];
  });
}

/**
 * A row's own cells for what is sent. A surplus is sent only where it is what is wrong with the row; what no spreadsheet
 * could hold in a cell is cut.
 */
export function fitOwnCells(cells: readonly string[], width: number, fault: RowFault | null): string[] {
  const kept = fault === 'wrong_cell_count' ? withSurplus(cells, width) : cells.slice(0, width);
  let units = 0;
  return kept.map((cell) => {
    const short = cell.length > MAX_CELL_UNITS ? cell.slice(0, MAX_CELL_UNITS) : cell;
    units += short.length;
    return units > MAX_ROW_UNITS ? '' : short;
  });
}

/** All cells, or as many as may be sent, with something beyond the width in any case. */
function withSurplus(cells: readonly string[], width: number): string[] {
  const kept = cells.slice(0, MAX_OWN_COLUMNS);
  const isShown = kept.some((cell, column) => column >= width && !isBlankCell(cell));
  return isShown
    ? kept
    : [...kept.slice(0, width), cells.slice(width).find((cell) => !isBlankCell(cell)) ?? ''];
}
