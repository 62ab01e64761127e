import { compileMapping, type ColumnMapping, type ContactCells, type MapCells } from '@ponte/contacts';
import { isEscaped, unescapeFormula, type TableDetection } from '@ponte/tabular';
import type { PlainRows } from './plain-rows';
import type { RowBatch } from './row-batch';
import type { RowStore } from './row-store';

/** Why a row is rejected as a whole. */
export type RowFault = 'malformed_row' | 'wrong_cell_count';

/** Called for each row in file order: its three texts, or what is wrong with it as a whole. */
export type OnRow = (row: number, texts: ContactCells, fault: RowFault | null) => void;

const BLANK: ContactCells = ['', '', ''];

/** A table that is open: its rows, its titles, and how it was understood. */
export interface StoredTable {
  readonly store: RowStore;
  readonly header: readonly string[];
  readonly detection: TableDetection;
}

/**
 * The rows of a table as name, phone and e-mail by a mapping, before edits. Only the mapped columns are decoded.
 */
export class MappedRows {
  /**
   * Cells beyond it are a surplus: in a text file they come from a separator too many, so that the row has shifted. A
   * workbook says in which column every cell is, and a column that somebody mapped is no surplus.
   */
  readonly width: number;
  private readonly map: MapCells;
  private readonly columns: readonly number[];
  /** Whether the apostrophes of our formula-safe writer are undone, by the server's rule. */
  private readonly isEscaped: boolean;
  private readonly names: readonly number[];

  constructor(
    readonly table: StoredTable,
    readonly mapping: ColumnMapping,
  ) {
    this.map = compileMapping(mapping);
    this.columns = mapping.roles.flatMap((role, column) => (role === null ? [] : [column]));
    this.names = mapping.roles.flatMap((role, at) => (role === 'name' || role === 'last_name' ? [at] : []));
    const { header, detection } = table;
    this.isEscaped = detection.format === 'csv' && isEscapedBy(table.store, this.names);
    const hasTitles = detection.format === 'csv' && header.length > 0;
    this.width = hasTitles ? Math.max(header.length, ...this.columns.map((column) => column + 1)) : Infinity;
  }

  /** `plain` looks at each batch first; the rows that it is done with are left out. */
  forEach(onRow: OnRow, onBatch?: (rows: number) => void, plain: PlainRows | null = null): void {
    for (const batch of this.table.store.packed) {
      this.readBatch(batch, onRow, plain);
      onBatch?.(batch.start + batch.rows);
    }
  }

  /** Changes the cells. */
  private mapCells(cells: string[]): ContactCells {
    if (this.isEscaped) for (const at of this.names) cells[at] = unescapeFormula(cells[at] ?? '');
    return this.map(cells);
  }

  private readBatch(batch: RowBatch, onRow: OnRow, plain: PlainRows | null): void {
    const { store } = this.table;
    const { start, rows } = batch;
    const surplus = batch.surplus(this.width);
    const faultOf = (n: number): RowFault | null =>
      store.isMalformed(start + n) ? 'malformed_row' : surplus.has(n) ? 'wrong_cell_count' : null;
    const done = plain?.take(batch, (n) => faultOf(n) !== null);
    const left = done === undefined ? null : rowsLeft(done, rows);
    const columns = this.columns.map((column) => batch.read(column, left));
    const cells: string[] = [];
    for (let i = 0; i < (left?.length ?? rows); i++) {
      const n = left?.[i] ?? i;
      const fault = faultOf(n);
      for (let at = 0; at < columns.length; at++) cells[this.columns[at] ?? 0] = columns[at]?.[i] ?? '';
      onRow(start + n, fault === null ? this.mapCells(cells) : BLANK, fault);
    }
  }

  texts(row: number): ContactCells {
    return this.mapCells([...this.table.store.row(row)]);
  }

  /** All cells of the row, as they were before our writer escaped them. */
  ownCells(row: number): readonly string[] {
    return this.plain(this.table.store.row(row));
  }

  get header(): readonly string[] {
    return this.plain(this.table.header);
  }

  private plain(cells: readonly string[]): readonly string[] {
    return this.isEscaped ? cells.map(unescapeFormula) : cells;
  }

  fault(row: number): RowFault | null {
    const { store } = this.table;
    if (store.isMalformed(row)) return 'malformed_row';
    const isSurplus = store.row(row).some((cell, column) => column >= this.width && cell.trim() !== '');
    return isSurplus ? 'wrong_cell_count' : null;
  }
}

/** Whether some cell has an apostrophe and every name could have been written by our formula-safe writer. */
function isEscapedBy(store: RowStore, names: readonly number[]): boolean {
  const hasApostrophe = store.packed.some((batch) => batch.includes("'"));
  if (!hasApostrophe) return false;
  for (const { columns } of store.read(names))
    if (!columns.every((cells) => cells.every(isEscaped))) return false;
  return true;
}

function rowsLeft(done: Uint8Array, rows: number): number[] {
  const left: number[] = [];
  for (let n = 0; n < rows; n++) if (done[n] === 0) left.push(n);
  return left;
}
