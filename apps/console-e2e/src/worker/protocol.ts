import type { Locale } from '@ponte/contracts';

/**
 * What the console's page and its table worker say to each other, as much of it as the tests look at. Declared anew: the
 * worker that is tested is the built one, and whether it keeps to the contract is part of the test.
 */
export interface TableChoice {
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheet?: number;
  readonly headerLine?: number;
}

export interface TableDetection {
  readonly format: string;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly sheets: readonly { readonly name: string; readonly visibility: string }[];
  readonly sheet: number | null;
  readonly headerLine: number;
}

export interface OpenedView {
  readonly detection: TableDetection;
  readonly rows: number;
  readonly hiddenRows: number;
  readonly malformedRows: number;
  readonly columns: readonly {
    readonly header: string;
    readonly samples: readonly string[];
    readonly guess: { readonly role: string | null; readonly reason: string };
  }[];
  readonly top: readonly { readonly line: number; readonly cells: readonly string[] }[];
  readonly encodings: readonly { readonly encoding: string; readonly samples: readonly string[] }[];
}

export interface Decisions {
  readonly mapping: { readonly roles: readonly (string | null)[]; readonly defaults: Record<string, string> };
  readonly repairs: readonly string[];
  readonly areaCode: string | null;
  readonly edits: readonly unknown[];
  readonly duplicates: 'each' | 'first' | 'last' | 'join';
  readonly duplicatesOf: Readonly<Record<string, string>>;
}

export interface Review {
  readonly rows: {
    readonly total: number;
    readonly ready: number;
    readonly problems: number;
    readonly leftOut: number;
    readonly merged: number;
  };
  readonly repairs: readonly {
    readonly code: string;
    readonly rows: number;
    readonly examples: readonly { readonly before: string; readonly after: string }[];
  }[];
  readonly problems: readonly {
    readonly code: string;
    readonly field: string | null;
    readonly rows: number;
  }[];
}

export interface FieldView {
  readonly before: string;
  readonly after: string;
  readonly issue: string | null;
}

export const FIELDS = ['name', 'phone_number', 'email'] as const;
export type Field = (typeof FIELDS)[number];

export interface RowView {
  /** From 0. */
  readonly row: number;
  readonly line: number;
  readonly state: 'ready' | 'problem' | 'left_out' | 'merged';
  readonly fields: Readonly<Record<Field, FieldView>>;
  readonly issue: string | null;
  readonly cells: readonly string[];
}

export interface Page<Item> {
  readonly count: number;
  readonly items: readonly Item[];
}

export interface TableProblem {
  readonly code: string;
  readonly line: number | null;
  readonly params: Readonly<Record<string, string | number>>;
}

/** A call's end: an answer, or the worker's no, and how long the page waited for it. */
export type Answer<Value> = { readonly milliseconds: number } & (
  { readonly value: Value } | { readonly problem: TableProblem }
);

export interface Calls {
  open(request: { readonly choice: TableChoice; readonly locale: Locale }): OpenedView;
  review(decisions: Decisions): Review;
  rows(request: {
    readonly offset: number;
    readonly limit: number;
    readonly filter: { readonly kind: 'all' | 'problems' };
  }): Page<RowView>;
}

/** Nothing is accepted: what the API would say of the same rows. */
export function decisionsFor(opened: OpenedView, change: Partial<Decisions> = {}): Decisions {
  return {
    mapping: { roles: opened.columns.map(({ guess }) => guess.role), defaults: {} },
    repairs: [],
    areaCode: null,
    edits: [],
    duplicates: 'each',
    duplicatesOf: {},
    ...change,
  };
}
