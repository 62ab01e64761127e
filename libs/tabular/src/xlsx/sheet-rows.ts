import { isBlankRecord, type CsvLimits } from '../csv-row';
import type { TableRow } from '../table';
import { TableRefusal } from '../table-refusal';
import { readColumn, readWhole } from './cell-place';
import { cellText, type CellContext } from './cell-text';
import { tooLargeUnpacked } from './refuse-workbook';
import type { XmlHandler } from './scan-xml';
import type { SkimmedRows } from './skim-rows';
import { MAX_SHEET_WEIGHT } from './unpack-limits';
import type { XmlTag } from './xml-tag';

/** A row of many cells may be larger than one cell, but not without end (as in a CSV). */
const ROW_CELLS = 4;

/** Rows of a sheet while it is read: a handler for the part, and the rows that are finished. */
export interface SheetRows {
  readonly handler: XmlHandler;
  /** The same for rows and cells that are read without their markup, while `isBetweenCells`. */
  readonly skimmed: SkimmedRows;
  readonly isBetweenCells: boolean;
  /** Finished rows, which the caller takes out. */
  readonly rows: TableRow[];
  /** Cells and characters of the finished rows together, since the caller set it to 0. */
  weight: number;
  /** The data are over; what follows them (merges, links, conditional formats) says nothing about cells. */
  readonly isDone: boolean;
}

/**
 * Collects the rows of a sheet in the order of the file. A cell without reference stands behind the one before, a row
 * without number below the one before. The value of a merged range is stored in its first cell alone. Throws
 * `TableRefusal` with the row's number for what is over the limits.
 */
export function createSheetRows(limits: CsvLimits, context: CellContext): SheetRows {
  const rows: TableRow[] = [];
  let line = 0;
  let given = 0;
  let total = 0;
  let column = -1;
  /** Of the row, as far as `width`: one array for all rows, copied to its length when a row ends. */
  const cells: string[] = [];
  let width = 0;
  let rowLength = 0;
  let isHidden = false;
  let isInData = false;
  let phonetics = 0;
  let isInCell = false;
  const cell = { type: '', style: 0, value: '', inline: '' };
  let target: 'value' | 'inline' = 'value';

  const handler = { wantsText: false, open, close, text };
  const skimmed = { beginRow: startRow, addCell, endRow };
  const state = {
    handler,
    skimmed,
    get isBetweenCells() {
      return isInData && !isInCell;
    },
    rows,
    weight: 0,
    isDone: false,
  };

  function open(tag: XmlTag): void {
    const { name } = tag;
    if (name === 'sheetData') isInData = true;
    if (!isInData) return;
    if (name === 'c') beginCell(tag);
    else if (name === 'v') listen('value');
    else if (name === 't' && phonetics === 0) listen('inline');
    else if (name === 'row') beginRow(tag);
    else if (name === 'rPh') phonetics++;
  }

  function close(name: string): void {
    if (!isInData) return;
    if (name === 'c') endCell();
    else if (name === 'v' || name === 't') handler.wantsText = false;
    else if (name === 'row') endRow();
    else if (name === 'rPh') phonetics--;
    else if (name === 'sheetData') {
      isInData = false;
      state.isDone = true;
    }
  }

  function listen(to: 'value' | 'inline'): void {
    target = to;
    handler.wantsText = true;
  }

  function text(part: string): void {
    cell[target] = cell[target] === '' ? part : cell[target] + part;
    // A UTF-16 unit is at least one byte: beyond this the cell is too large however it goes on. Escapes take seven.
    if (cell[target].length > limits.maxCellBytes * 7) throw tooLarge('cell', limits.maxCellBytes);
  }

  function beginRow(tag: XmlTag): void {
    const hidden = tag.attribute('hidden');
    startRow(readWhole(tag.source, tag.place('r')) || line + 1, hidden === '1' || hidden === 'true');
  }

  function startRow(number: number, isRowHidden: boolean): void {
    line = number;
    isHidden = isRowHidden;
    column = -1;
    width = 0;
    rowLength = 0;
  }

  function beginCell(tag: XmlTag): void {
    const referred = readColumn(tag.source, tag.place('r'));
    column = referred < 0 ? column + 1 : referred;
    cell.type = tag.attribute('t') ?? '';
    cell.style = readWhole(tag.source, tag.place('s'));
    cell.value = '';
    cell.inline = '';
    isInCell = true;
  }

  function endCell(): void {
    isInCell = false;
    addContent(cellText(cell, context));
  }

  function addCell(at: number, style: number, value: number | string): void {
    column = at;
    if (typeof value === 'number') return addContent(context.sharedStrings.get(value));
    cell.type = '';
    cell.style = style;
    cell.value = value;
    cell.inline = '';
    endCell();
  }

  function addContent(content: string): void {
    if (content === '') return;
    if (column >= limits.maxColumns) refuse('too_many_columns', limits.maxColumns);
    if (content.length * 3 > limits.maxCellBytes && utf8Length(content) > limits.maxCellBytes) {
      throw tooLarge('cell', limits.maxCellBytes);
    }
    rowLength += content.length;
    if (rowLength > limits.maxCellBytes * ROW_CELLS) throw tooLarge('row', limits.maxCellBytes * ROW_CELLS);
    while (width <= column) cells[width++] = '';
    cells[column] = content;
  }

  function endRow(): void {
    const row = cells.slice(0, width);
    if (isBlankRecord(row)) return;
    if (given > limits.maxRows) refuse('too_many_rows', limits.maxRows);
    given++;
    rows.push({ line, cells: row, isMalformed: false, isHidden });
    const weight = width + rowLength;
    state.weight += weight;
    total += weight;
    if (total > MAX_SHEET_WEIGHT) throw tooLargeUnpacked(MAX_SHEET_WEIGHT);
  }

  function refuse(code: 'too_many_rows' | 'too_many_columns', limit: number): never {
    throw new TableRefusal(code, { line, params: { limit } });
  }

  function tooLarge(of: 'cell' | 'row', limit: number): TableRefusal {
    return new TableRefusal('cell_too_large', { line, params: { limit, of } });
  }

  return state;
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
