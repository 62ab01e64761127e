import { hasManyDigits, judgeCell, type CellForm } from './cell-form';
import { describeColumns, type Columns, type JudgedRow } from './describe-columns';

/** Titles are looked for in this many of the first rows that are not blank. */
const CANDIDATES = 20;

/** Enough columns to know a header; the widest sheets have 16,384. */
const COLUMNS = 256;

/** So much of the used columns must have a title, and so much of the titles must be texts. */
const MOST = 0.6;

const YEAR = /^(?:19|20)\d\d$/;

/**
 * Which of the first rows (blank ones left out) is the header: its index, or -1 when the first row is data already.
 * Judged by form alone. The first row that is as wide as the table decides: titles are texts above columns of another
 * form; a row with a phone, an address or the columns' own kind of value is data, and then nothing is left out, not
 * even titles above it, because a lost contact is worse than a title too many. A table of nothing but texts has its
 * first wide row as header.
 */
export function findHeader(rows: readonly (readonly string[])[]): number {
  const judged = rows.map((row) => {
    const cells = row.slice(0, COLUMNS);
    return { cells, forms: cells.map(judgeCell) };
  });
  for (let index = 0; index < judged.length && index < CANDIDATES; index++) {
    const row = judged[index];
    if (row === undefined) break;
    const below = judged.slice(index + 1);
    const columns = describeColumns(below);
    if (!isWide(row, columns)) continue;
    if (looksLikeData(row, columns, below)) return -1;
    if (!looksLikeTitles(row)) continue;
    const areTexts = !columns.haveValues.includes(true);
    if (areTexts || row.forms.some((form, column) => form === 'text' && columns.haveValues[column]))
      return index;
  }
  return -1;
}

/** A title line above a table (`Relatório de clientes`) fills one cell or two; a row of the table fills most. */
function isWide(row: JudgedRow, { used }: Columns): boolean {
  const usedCount = used.filter(Boolean).length;
  if (usedCount === 0) return row.forms.some((form) => form !== 'blank');
  const filled = row.forms.filter((form, column) => form !== 'blank' && used[column] === true).length;
  return filled >= Math.max(Math.min(2, usedCount), Math.ceil(usedCount * MOST));
}

function looksLikeData({ cells, forms }: JudgedRow, columns: Columns, below: readonly JudgedRow[]): boolean {
  const isValue = (form: CellForm, column: number) => {
    const cell = cells[column] ?? '';
    if (form === 'email' || (form === 'figures' && hasManyDigits(cell))) return true;
    return (
      (form === 'figures' || form === 'date') && form === columns.forms[column] && !YEAR.test(cell.trim())
    );
  };
  return forms.some(isValue) || hasValueOfBelow(cells, below);
}

/** A text that comes again in its own column is a value (`não tem`), unless the whole row does (a page's header). */
function hasValueOfBelow(cells: readonly string[], below: readonly JudgedRow[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '').length;
  const again = new Set<number>();
  for (const row of below) {
    let same = 0;
    cells.forEach((cell, column) => {
      if (cell.trim() === '' || row.cells[column] !== cell) return;
      again.add(column);
      same++;
    });
    if (same === filled) return false;
  }
  return again.size > 0;
}

/** Texts, not one text again and again. Years may stand among them. */
function looksLikeTitles({ cells, forms }: JudgedRow): boolean {
  const texts = cells.filter((_, column) => forms[column] === 'text').map((cell) => cell.trim());
  const others = cells.filter(
    (cell, column) => !['text', 'blank'].includes(forms[column] ?? 'blank') && !YEAR.test(cell.trim()),
  );
  return (
    texts.length > 0 &&
    others.length * MOST <= texts.length * (1 - MOST) &&
    (texts.length === 1 || new Set(texts).size > 1)
  );
}
