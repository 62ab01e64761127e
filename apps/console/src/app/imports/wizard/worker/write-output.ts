import { isReasonTitle } from '@ponte/contacts';
import { csvLine } from '@ponte/tabular';
import type { Output, OutputRequest } from '../wizard-types';
import { BlobText } from './blob-text';
import { ISSUES } from './cell-kinds';
import type { RowFault } from './mapped-rows';
import { COLUMNS_BEFORE_OWN, fitOwnCells, ownFields, ownTitles, ownWidth } from './own-cells';
import type { ReviewedTable } from './reviewed-table';
import { FIELDS } from './row-facts';
import { PROBLEM } from './row-standings';
import { forEachSent } from './sent-rows';
import type { OnProgress } from './serve-table-calls';

/** A line of one cell, and then text behind a closing quote: what makes a row malformed for every reader. */
const MALFORMED = ',"" \r\n';

/** No cell that is sent may be larger than a megabyte of UTF-8, or the whole file is refused. */
const MAX_CELL_UNITS = 300_000;

/** Makes one of the files that the wizard gives: see `OutputKind`. */
export function writeOutput(table: ReviewedTable, request: OutputRequest, onProgress: OnProgress): Output {
  if (request.kind === 'problems') return writeProblems(table, request, onProgress);
  return request.kind === 'send' ? writeSend(table, request, onProgress) : writeClean(table, onProgress);
}

/**
 * What passes, as a canonical CSV for any importer. Without a byte order mark, which some importers take for a part of the
 * first title; with formulas escaped, because such a file is opened in spreadsheets too. Our own import undoes both.
 */
function writeClean(table: ReviewedTable, onProgress: OnProgress): Output {
  const text = new BlobText();
  text.add(csvLine(FIELDS));
  let rows = 0;
  forEachSent(table, onProgress, (_row, contact) => {
    if (contact === null) return;
    text.add(csvLine(contact));
    rows++;
  });
  return { blob: text.finish(), rows, ownColumns: [] };
}

/**
 * What the API gets: it gives every row the verdict that is shown here. Formulas are escaped, so that the API, which undoes
 * the apostrophes of a file whose names are all escaped, gets every name as it is here. Rows that pass are three cells; a row that does not pass brings its line and its own cells.
 */
function writeSend(table: ReviewedTable, request: OutputRequest, onProgress: OnProgress): Output {
  const width = ownWidth(table);
  const text = new BlobText();
  text.add(csvLine([...FIELDS, 'line', ...ownTitles(table, width, request)]));
  const { store } = table.mapped.table;
  let rows = 0;
  forEachSent(table, onProgress, (row, contact, problem) => {
    if (contact !== null) text.add(csvLine(contact));
    else if (problem === null) return;
    else {
      const own = fitOwnCells(table.mapped.ownCells(row), width, problem.fault);
      const line = `${store.line(row)}`;
      text.add(problemLine([...problem.texts.map(cutCell), line, ...own], problem.fault, width));
    }
    rows++;
  });
  return { blob: text.finish(), rows, ownColumns: ['line', ...ownFields(table.decisions.mapping, width)] };
}

/** The rows that do not pass, as the person wrote them, with the reasons in a last column. For Excel: with a mark. */
function writeProblems(table: ReviewedTable, request: OutputRequest, onProgress: OnProgress): Output {
  const { store } = table.mapped.table;
  const { states } = table.standings;
  let width = ownWidth(table);
  for (let row = 0; row < states.length; row++)
    if (states[row] === PROBLEM) width = Math.max(width, store.widthOf(row));
  const earlier = earlierReasons(table);
  const pad = (cells: readonly string[]) =>
    Array.from({ length: width }, (_, at) => cells[at] ?? '').filter((_, at) => at !== earlier);
  const text = new BlobText();
  text.add(`\ufeff${csvLine([...pad(ownTitles(table, width, request)), request.titles.errors])}`);
  let rows = 0;
  for (let row = 0; row < states.length; row++) {
    onProgress(row / states.length);
    if (states[row] !== PROBLEM) continue;
    text.add(csvLine([...pad(table.mapped.ownCells(row)), reasonsOf(table, row, request.reasons)]));
    rows++;
  }
  return { blob: text.finish(), rows, ownColumns: [] };
}

/** The last column of a file of rejected rows that was opened: its reasons are replaced. */
function earlierReasons({ mapped, decisions }: ReviewedTable): number | null {
  const last = mapped.header.length - 1;
  const isUnused = (decisions.mapping.roles[last] ?? null) === null;
  return isUnused && isReasonTitle(mapped.header[last] ?? '') ? last : null;
}

/** A row that the server refuses for the same reason, with something behind its last cell where the file had that. */
function problemLine(cells: readonly string[], fault: RowFault | null, width: number): string {
  const line = csvLine(cells);
  if (fault !== 'malformed_row') return line;
  const missing = Math.max(0, COLUMNS_BEFORE_OWN + width - cells.length);
  return `${line.slice(0, -2)}${','.repeat(missing)}${MALFORMED}`;
}

/** A cut text must stay as wrong as the whole was: a control character sees to it. */
function cutCell(text: string): string {
  return text.length > MAX_CELL_UNITS ? `${text.slice(0, MAX_CELL_UNITS)}\u0001` : text;
}

function reasonsOf(table: ReviewedTable, row: number, sentences: OutputRequest['reasons']): string {
  const { facts, standings } = table;
  const issues = FIELDS.map((field) => standings.kinds.issues[facts.fields[field][row] ?? 0] ?? 0);
  const codes = [...new Set([facts.rowIssues[row] ?? 0, ...issues])].flatMap((issue) => ISSUES[issue] ?? []);
  return codes.map((code) => (code in sentences ? `${code}: ${sentences[code]}` : code)).join(' | ');
}
