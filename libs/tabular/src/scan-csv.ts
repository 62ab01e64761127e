import { countUtf8Bytes } from './count-utf8-bytes';
import { CsvRefusal } from './csv-refusal';
import { isBlankRecord, type CsvLimits, type CsvRow } from './csv-row';
import { createFinder } from './find-character';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** A row of many cells may be larger than one cell, but not without end. */
const ROW_CELLS = 4;

/**
 * `plain`: at or in an unquoted cell. `quoted`: after an opening quote. `closed`: after a quote inside a quoted cell,
 * which is the end of the cell or the first half of an escaped quote. `broken`: text followed a closing quote; the
 * rest of the line is taken as it stands.
 */
type ScanState = 'plain' | 'quoted' | 'closed' | 'broken';

/** A scanner of decoded text. `push` and `end` throw `CsvRefusal`; rows are appended to `rows`, which the caller empties. */
export interface CsvScanner<Row = CsvRow> {
  readonly rows: Row[];
  /** Physical line, from 1, of the next character. */
  line(): number;
  /** Whether the next character begins a row. */
  isAtRow(): boolean;
  /** Counts lines and rows that somebody else has read where a row begins. */
  skip(lines: number, rows: number): void;
  push(text: string): void;
  end(): void;
}

/** What a row is for the caller: a million rows are made once, and not copied into another form. */
export type MakeRow<Row> = (line: number, cells: readonly string[], isMalformed: boolean) => Row;

const makeCsvRow: MakeRow<CsvRow> = (line, cells, isMalformed) => ({ line, cells, isMalformed });

/** A CSV scanner for text that arrives in pieces, cut anywhere, to rows of the usual form. */
export function createCsvScanner(delimiter: string, limits: CsvLimits): CsvScanner {
  return createRowScanner(delimiter, limits, makeCsvRow);
}

/**
 * A CSV scanner to rows of any form. It looks for the next delimiter, line end and quote with `indexOf`, each
 * remembered until it is passed, so that the time is linear whatever the input, and keeps between pieces only the
 * unfinished row.
 */
export function createRowScanner<Row>(
  delimiter: string,
  limits: CsvLimits,
  makeRow: MakeRow<Row>,
): CsvScanner<Row> {
  const rows: Row[] = [];
  const delimiterCode = delimiter.charCodeAt(0);
  const delimiters = createFinder(delimiter);
  const feeds = createFinder('\n');
  const returns = createFinder('\r');
  const quotes = createFinder('"');
  const maxRowUnits = limits.maxCellBytes * ROW_CELLS;

  let state: ScanState = 'plain';
  let line = 1;
  let rowLine = 1;
  let quoteLine = 1;
  let records = 0;
  let cells: string[] = [];
  let width = 0; // of the last row that was whole in its piece
  let cell = ''; // what earlier pieces or earlier parts of this cell gave
  let rowUnits = 0;
  let isCellBegun = false; // something of the current cell was seen, be it an empty pair of quotes
  let isMalformed = false;
  let wasCr = false; // the last character of the previous piece was CR: an LF that follows belongs to it

  function refuse(code: 'too_many_rows' | 'too_many_columns', limit: number): never {
    throw new CsvRefusal(code, { line: rowLine, params: { limit } });
  }

  function addToCell(part: string): void {
    if (part.length > 0) cell = cell === '' ? part : cell + part;
    // A UTF-16 unit is at least one byte: beyond this the cell is too large however it goes on.
    if (cell.length > limits.maxCellBytes) throw cellTooLarge('cell', limits.maxCellBytes);
  }

  function cellTooLarge(of: 'cell' | 'row', limit: number): CsvRefusal {
    return new CsvRefusal('cell_too_large', { line: rowLine, params: { limit, of } });
  }

  function endCell(text: string): void {
    if (text.length * 3 > limits.maxCellBytes && countUtf8Bytes(text) > limits.maxCellBytes) {
      throw cellTooLarge('cell', limits.maxCellBytes);
    }
    rowUnits += text.length;
    if (rowUnits > maxRowUnits) throw cellTooLarge('row', maxRowUnits);
    if (cells.length >= limits.maxColumns) refuse('too_many_columns', limits.maxColumns);
    cells.push(text);
    cell = '';
    isCellBegun = false;
    if (state !== 'broken') state = 'plain';
  }

  function endRow(): void {
    if (isMalformed || !isBlankRecord(cells)) {
      if (records > limits.maxRows) refuse('too_many_rows', limits.maxRows);
      records++;
      rows.push(makeRow(rowLine, cells, isMalformed));
    }
    cells = [];
    rowUnits = 0;
    isMalformed = false;
    state = 'plain';
  }

  /** Text after a closing quote. What the quotes held is put back between them. */
  function breakRow(): void {
    // A quote that swallowed line ends took other rows with it: no telling where they begin.
    if (quoteLine !== line) throw new CsvRefusal('malformed_csv', { line: quoteLine });
    isMalformed = true;
    state = 'broken';
    cell = `"${cell}"`;
  }

  function countLines(text: string, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const code = text.charCodeAt(i);
      if (code === CR || (code === LF && !(i === 0 ? wasCr : text.charCodeAt(i - 1) === CR))) line++;
    }
  }

  /**
   * Takes the row that begins here if it is like nearly all rows: whole in this text, without a quote, short, and ended
   * by LF or CRLF. Answers where the next one begins, or `from` for a row that has to be looked at more closely.
   */
  function takePlainRow(text: string, from: number): number {
    const feed = feeds.next(from);
    const cr = returns.next(from);
    const to = cr === feed - 1 ? cr : feed;
    const isPlain = feed < text.length && cr >= to && quotes.next(from) >= to;
    // No cell and no row can be too large then.
    if (!isPlain || (to - from) * 3 > limits.maxCellBytes) return from;
    if (to > from) {
      // Most rows are as wide as the one before: an array of that size does not grow.
      cells = new Array<string>(width);
      let count = 0;
      let at = from;
      for (let end = delimiters.next(at); end < to; end = delimiters.next(at)) {
        cells[count++] = text.slice(at, end);
        at = end + 1;
      }
      cells[count++] = text.slice(at, to);
      if (count < width) cells.length = count;
      width = count;
      rowLine = line;
      if (cells.length > limits.maxColumns) refuse('too_many_columns', limits.maxColumns);
      endRow();
    }
    line++;
    return feed + 1;
  }

  function push(text: string): void {
    const length = text.length;
    if (length === 0) return;
    // The second half of a CRLF that was cut in two; inside quotes it is content, and countLines knows.
    let at = wasCr && state !== 'quoted' && text.charCodeAt(0) === LF ? 1 : 0;
    for (const finder of [delimiters, feeds, returns, quotes]) finder.read(text);

    while (at < length) {
      if (state === 'quoted') {
        const close = quotes.next(at);
        countLines(text, at, close);
        addToCell(text.slice(at, close));
        at = close;
        if (close === length) break;
        at++;
        state = 'closed';
        continue;
      }
      if (state === 'closed') {
        const code = text.charCodeAt(at);
        if (code === QUOTE) {
          addToCell('"');
          at++;
          state = 'quoted';
          continue;
        }
        if (code !== delimiterCode && code !== LF && code !== CR) breakRow();
      } else if (state === 'plain' && !isCellBegun && text.charCodeAt(at) === QUOTE) {
        state = 'quoted';
        if (cells.length === 0) rowLine = line;
        quoteLine = line;
        isCellBegun = true;
        at++;
        continue;
      }
      if (!isCellBegun && cells.length === 0) {
        const next = takePlainRow(text, at);
        if (next > at) {
          at = next;
          continue;
        }
        rowLine = line;
      }

      const nextDelimiter = delimiters.next(at);
      const nextLf = feeds.next(at);
      const nextCr = returns.next(at);
      const lineEnd = nextLf < nextCr ? nextLf : nextCr;
      const to = nextDelimiter < lineEnd ? nextDelimiter : lineEnd;
      if (to === length) {
        isCellBegun = true;
        addToCell(text.slice(at));
        break;
      }
      // Files may end in millions of empty lines: they are counted and cost nothing else.
      const isEmptyLine = to === at && to === lineEnd && cells.length === 0 && !isCellBegun;
      if (!isEmptyLine) endCell(cell === '' ? text.slice(at, to) : cell + text.slice(at, to));
      at = to + 1;
      if (to === lineEnd) {
        if (!isEmptyLine) endRow();
        line++;
        if (to === nextCr && text.charCodeAt(at) === LF) at++;
      }
    }
    wasCr = text.charCodeAt(length - 1) === CR;
  }

  function end(): void {
    if (state === 'quoted') throw new CsvRefusal('malformed_csv', { line: quoteLine });
    if (isCellBegun || cells.length > 0) {
      endCell(cell);
      endRow();
    }
    if (records === 0) throw new CsvRefusal('empty_file');
  }

  return {
    rows,
    line: () => line,
    isAtRow: () => state === 'plain' && !isCellBegun && cells.length === 0,
    skip(skippedLines, skippedRows) {
      line += skippedLines;
      records += skippedRows;
    },
    push,
    end,
  };
}
