import type {
  AssistedCode,
  ColumnGuess,
  ColumnMapping,
  ContactFieldName,
  RepairCode,
  WarningCode,
} from '@ponte/contacts';
import type { Locale } from '@ponte/contracts';
import type { Encoding, TableChoice, TableDetection, TableRefusalCode } from '@ponte/tabular';

/** What somebody brought: a file, or cells pasted from a spreadsheet. */
export type TableSource = { readonly file: File } | { readonly text: string };

export interface OpenRequest {
  readonly source: TableSource;
  readonly choice: TableChoice;
  readonly locale: Locale;
}

/** One column of the file with what helps to recognise it. */
export interface ColumnView {
  readonly header: string;
  /** Three values that are not blank, from the first rows. */
  readonly samples: readonly string[];
  /** Share of the rows in which the column is not blank, from 0 to 1. */
  readonly fillRate: number;
  readonly guess: ColumnGuess;
}

/** What an encoding would make of the same cells with letters beyond ASCII. */
export interface EncodingPreview {
  readonly encoding: Encoding;
  readonly samples: readonly string[];
}

/** A table that was read whole. Everything about its rows is asked for in pages. */
export interface OpenedView {
  readonly detection: TableDetection;
  readonly rows: number;
  readonly hiddenRows: number;
  readonly malformedRows: number;
  readonly columns: readonly ColumnView[];
  /** The first rows from the top of the file, for choosing the header. */
  readonly top: readonly { readonly line: number; readonly cells: readonly string[] }[];
  /** Only for a text file with letters beyond ASCII. */
  readonly encodings: readonly EncodingPreview[];
}

/** The mapping that was guessed, from the guesses of the columns. */
export function guessedMapping(columns: readonly ColumnView[]): ColumnMapping {
  return { roles: columns.map(({ guess }) => guess.role), defaults: {} };
}

/** One change of values. Changes are replayed in their order; each can be taken back by itself. Rows count from 0. */
export type Edit =
  | { readonly kind: 'cell'; readonly row: number; readonly field: ContactFieldName; readonly value: string }
  | {
      readonly kind: 'value';
      readonly field: ContactFieldName;
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly kind: 'replace';
      readonly field: ContactFieldName;
      readonly find: string;
      readonly replace: string;
      readonly matchCase: boolean;
    }
  | { readonly kind: 'leave_out'; readonly rows: readonly number[] };

/**
 * What becomes of rows with one phone number. `each`: all are sent, and each updates the one before; `first`, `last`: one
 * is sent; `join`: one is sent, made of the last value of each field that is not blank.
 */
export const DUPLICATE_POLICIES = ['each', 'first', 'last', 'join'] as const;
export type DuplicatePolicy = (typeof DUPLICATE_POLICIES)[number];

/** Everything that a person decided about the values. The same decisions about the same table give the same rows. */
export interface Decisions {
  readonly mapping: ColumnMapping;
  readonly repairs: readonly RepairCode[];
  /** Two digits that the person confirmed for numbers without an area code. */
  readonly areaCode: string | null;
  readonly edits: readonly Edit[];
  readonly duplicates: DuplicatePolicy;
  /** Another policy for single groups, by phone number. */
  readonly duplicatesOf: Readonly<Record<string, DuplicatePolicy>>;
}

export interface RepairExample {
  readonly row: number;
  readonly line: number;
  readonly field: ContactFieldName;
  readonly before: string;
  /** With every repair that the cell needs; empty for a value that is left out. */
  readonly after: string;
}

export interface RepairGroup {
  readonly code: RepairCode;
  readonly rows: number;
  readonly examples: readonly RepairExample[];
}

export interface ProblemGroup {
  readonly code: AssistedCode;
  readonly field: ContactFieldName | null;
  readonly rows: number;
}

/** What the decisions make of the table. `total = ready + problems + leftOut + merged`, always. */
export interface Review {
  readonly rows: {
    readonly total: number;
    /** Rows that will be sent and pass. */
    readonly ready: number;
    readonly problems: number;
    /** Left out by an edit. */
    readonly leftOut: number;
    /** Not sent because another row with the same phone stands for them. */
    readonly merged: number;
  };
  /** Of every repair that some row needs, whether accepted or not. */
  readonly repairs: readonly RepairGroup[];
  /** Under what is accepted now, most frequent first; a row with two reasons counts in both. */
  readonly problems: readonly ProblemGroup[];
  readonly warnings: readonly { readonly code: WarningCode; readonly rows: number }[];
  readonly duplicates: { readonly groups: number; readonly rows: number };
  /** How many rows each edit touches, in the order of the edits. */
  readonly editRows: readonly number[];
}

export type RowFilter =
  | { readonly kind: 'all' }
  | { readonly kind: 'problems' }
  | { readonly kind: 'problem'; readonly code: AssistedCode }
  | { readonly kind: 'repair'; readonly code: RepairCode }
  | { readonly kind: 'warning'; readonly code: WarningCode }
  | { readonly kind: 'edited' };

export interface FieldView {
  /** After mapping and edits, before repairs. */
  readonly before: string;
  /** What will be sent. */
  readonly after: string;
  readonly issue: AssistedCode | null;
  readonly warning: WarningCode | null;
  /** Repairs that changed the value, or that would. */
  readonly repairs: readonly RepairCode[];
}

export interface RowView {
  /** From 0, for edits. */
  readonly row: number;
  readonly line: number;
  readonly state: 'ready' | 'problem' | 'left_out' | 'merged';
  readonly fields: Readonly<Record<ContactFieldName, FieldView>>;
  /** A reason about the row as a whole. */
  readonly issue: AssistedCode | null;
  /** The row's own cells. */
  readonly cells: readonly string[];
}

export interface Page<Item> {
  readonly count: number;
  readonly items: readonly Item[];
}

export interface PageRequest {
  readonly offset: number;
  readonly limit: number;
}

/** A distinct value behind a problem, most frequent first. */
export interface ValueView {
  readonly field: ContactFieldName;
  readonly value: string;
  readonly rows: number;
}

export interface ValuePage extends Page<ValueView> {
  /** Beyond a hundred thousand distinct values the rest is not told apart. */
  readonly isComplete: boolean;
}

export interface DuplicateView {
  readonly phone: string;
  readonly policy: DuplicatePolicy;
  readonly count: number;
  /** At most ten of them. */
  readonly rows: readonly RowView[];
}

/**
 * `send`: what the API gets: the canonical columns, and beside a row that will be rejected its line and its own cells.
 * `clean`: the canonical CSV of the rows that pass, for any other importer. `problems`: the rows that do not pass, in the
 * person's own columns with the reasons in a last column.
 */
export type OutputKind = 'send' | 'clean' | 'problems';

export interface OutputRequest {
  readonly kind: OutputKind;
  /** A sentence for each reason, for the last column of `problems`. */
  readonly reasons: Readonly<Record<string, string>>;
  /** Titles for columns without one, and for the column of reasons. */
  readonly titles: { readonly column: string; readonly errors: string };
}

export interface Output {
  readonly blob: Blob;
  readonly rows: number;
  /** For `send`: what each column behind the canonical three is, as `own_columns` of the import's options. */
  readonly ownColumns: readonly ('line' | ContactFieldName | null)[];
}

/** Everything the worker is asked for. Each call of `open` and `review` replaces what the one before it made. */
export interface TableCalls {
  open(request: OpenRequest): OpenedView;
  review(decisions: Decisions): Review;
  rows(request: PageRequest & { readonly filter: RowFilter }): Page<RowView>;
  values(request: PageRequest & { readonly code: AssistedCode }): ValuePage;
  /** How many cells a find-and-replace would change, and three of them. */
  countReplace(edit: Extract<Edit, { kind: 'replace' }>): {
    readonly rows: number;
    readonly examples: readonly RepairExample[];
  };
  duplicates(request: PageRequest): Page<DuplicateView>;
  output(request: OutputRequest): Output;
}

export type TableCall = keyof TableCalls;

/** Why the worker could not do it. `stalled`: no progress for thirty seconds, so that it was ended. */
export interface TableProblem {
  readonly code: TableRefusalCode | 'stalled' | 'worker_failed' | 'file_unreadable';
  readonly line: number | null;
  readonly params: Readonly<Record<string, string | number>>;
}

export type WorkerRequest = {
  readonly [Call in TableCall]: {
    readonly id: number;
    readonly call: Call;
    readonly argument: Parameters<TableCalls[Call]>[0];
  };
}[TableCall];

export type WorkerAnswer =
  | { readonly id: number; readonly kind: 'progress'; readonly share: number }
  | { readonly id: number; readonly kind: 'done'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'refused'; readonly problem: TableProblem };
