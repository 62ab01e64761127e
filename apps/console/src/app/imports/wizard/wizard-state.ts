import type { ColumnMapping, ContactFieldName } from '@ponte/contacts';
import type { IconName } from '../../ui/icon';
import type { Decisions, OpenedView, Review, TableProblem, TableSource } from './wizard-types';

/** The steps of the wizard in their order; the import's own page is the last one. */
export const WIZARD_STEPS = ['file', 'columns', 'values', 'review'] as const;
export type WizardStep = (typeof WIZARD_STEPS)[number];

/**
 * Where the table is. Everything behind the file needs a table that was read. `before` is how the same source was
 * understood under the choice before this one: it stays on screen while the source is read again.
 */
export type TableState =
  | { readonly phase: 'none' }
  | {
      readonly phase: 'opening';
      readonly source: TableSource;
      readonly share: number;
      readonly before: OpenedView | null;
    }
  | {
      readonly phase: 'refused';
      readonly source: TableSource;
      readonly problem: TableProblem;
      readonly before: OpenedView | null;
    }
  | { readonly phase: 'open'; readonly source: TableSource; readonly opened: OpenedView };

/** What the decisions make of the table. While the next review is made, the last one stays on screen. */
export interface ReviewState {
  readonly value: Review | null;
  readonly isRunning: boolean;
  /** How far the review that is being made is, from 0 to 1. */
  readonly share: number;
  readonly problem: TableProblem | null;
}

export const NO_REVIEW: ReviewState = { value: null, isRunning: false, share: 0, problem: null };

/**
 * How the present step is left forwards. A step sets it while it is on screen; the wizard's bar shows it, and Ctrl+Enter
 * runs it. Without one the button says "Continuar" and the next step comes.
 */
export interface StepAction {
  readonly text?: string;
  readonly icon?: IconName;
  readonly isDisabled?: boolean;
  /** Whether the next step may come: false after showing what stands in the way, or after doing the last step itself. */
  readonly run: () => boolean;
}

/** The mapping with which a file of the same header was imported last, and when. */
export interface Remembered {
  readonly mapping: ColumnMapping;
  readonly usedAt: string | null;
}

/** What is known about a source before it is read again: a draft's decisions about it. */
export interface Kept {
  readonly decisions: Decisions;
  readonly remembered: Remembered | null;
}

export function freshDecisions(mapping: ColumnMapping): Decisions {
  return { mapping, repairs: [], areaCode: null, edits: [], duplicates: 'each', duplicatesOf: {} };
}

/** Whether somebody worked on the values: that is what reading the file in another way would lose. */
export function hasWork(decisions: Decisions | null): boolean {
  if (decisions === null) return false;
  const { edits, repairs, duplicatesOf } = decisions;
  return edits.length > 0 || repairs.length > 0 || Object.keys(duplicatesOf).length > 0;
}

const REQUIRED = ['name', 'phone_number'] as const;

/** Required fields that neither a column nor a constant gives. */
export function missingFields({ roles, defaults }: ColumnMapping): readonly ContactFieldName[] {
  return REQUIRED.filter((field) => !roles.includes(field) && !defaults[field]?.trim());
}

export function isSameHeader(one: OpenedView, other: OpenedView): boolean {
  return (
    one.columns.length === other.columns.length &&
    one.columns.every(({ header }, index) => header === other.columns[index]?.header)
  );
}
