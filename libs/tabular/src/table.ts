import type { CsvLimits } from './csv-row';
import type { CellBatch } from './packed/cell-batch';
import type { CreateInflater } from './xlsx/inflater';

/** How the bytes of a text file are read. `mixed` is UTF-8 where a line is valid UTF-8 and Windows-1252 where it is not. */
export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'ibm850',
  'macintosh',
  'mixed',
] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** What separates the cells of a text file. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** One sheet of a workbook, in the order of its tabs. */
export interface SheetInfo {
  readonly name: string;
  readonly visibility: 'visible' | 'hidden' | 'very_hidden';
}

/** One row as people see it. `line` is the physical line of a text file or the row number of a sheet, from 1. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** A text row with something after a closing quote: its cells are shown and not trusted. */
  readonly isMalformed: boolean;
  /** A row that the workbook hides (a filter, a folded group). It counts like the others. */
  readonly isHidden: boolean;
}

/** The language in which values without a text of their own are written: dates of the locale's format, booleans. */
export type TableLocale = 'pt-BR' | 'en' | 'es';

/** What somebody decided about reading a file; whatever is missing is detected. */
export interface TableChoice {
  readonly encoding?: Encoding;
  readonly delimiter?: Delimiter;
  /** Index into `sheets`. */
  readonly sheet?: number;
  /** Line of the header; 0 when there is none and the first row is data. */
  readonly headerLine?: number;
}

/** How a file was understood: what was detected, overruled by what was chosen. */
export interface TableDetection {
  readonly format: 'csv' | 'xlsx';
  /** `null` for a workbook. */
  readonly encoding: Encoding | null;
  /** `null` for a workbook, and for a text file of one column. */
  readonly delimiter: Delimiter | null;
  /** Empty for a text file. */
  readonly sheets: readonly SheetInfo[];
  /** Index into `sheets`; `null` for a text file. */
  readonly sheet: number | null;
  /** Line of the header, 0 when there is none. */
  readonly headerLine: number;
}

export interface OpenTableOptions {
  readonly limits: CsvLimits;
  readonly locale: TableLocale;
  readonly choice?: TableChoice;
  readonly signal?: AbortSignal;
  /**
   * `start`: the source is read only once. Its encoding is guessed from its beginning and found out while the rows are read;
   * `rows` throws `EncodingMistaken` where the guess was wrong, and opening the source again knows better.
   */
  readonly encodingFrom?: 'whole' | 'start';
  /** Called now and then while the source is read, with the share of it from 0 to 1; may repeat or fall back. */
  readonly onProgress?: (share: number) => void;
  /**
   * What unpacks a workbook; `DecompressionStream` when it is not given. In Node that makes a way to another thread for
   * every 16 KiB, and `() => Duplex.toWeb(createGunzip({ chunkSize: 128 * 1024 }))` is faster.
   */
  readonly createInflater?: CreateInflater;
}

/** A table whose form is known and whose rows can be read, once. */
export interface OpenedTable {
  readonly detection: TableDetection;
  /** Trimmed titles; empty when there is no header. */
  readonly header: readonly string[];
  /** The first rows from the very top, titles and header included, at most 20: for somebody who corrects the header. */
  readonly top: readonly TableRow[];
  /** Data rows below the header, blank ones left out, in batches. Throws `TableRefusal`. */
  rows(): AsyncGenerator<readonly TableRow[]>;
  /**
   * The same as packed columns, for somebody who keeps all rows: no cell becomes a string on the way. Only where the table
   * is a text whose bytes below 0x80 are ASCII. Read either this or `rows`.
   */
  readonly packed?: () => AsyncGenerator<CellBatch>;
}
