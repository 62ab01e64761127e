import type { ContactCells, ContactFieldName } from '@ponte/contacts';
import type { Edit } from '../wizard-types';
import { replaceIn } from './replace-in';
import { RowSet } from './row-set';

/** What a value becomes, and by which edits (positions in the list). */
interface Change {
  readonly to: string;
  readonly edits: readonly number[];
}

type Step =
  | { readonly kind: 'values'; readonly changes: Map<string, Change> }
  | { readonly kind: 'replace'; readonly edit: number; readonly replace: (text: string) => string }
  | { readonly kind: 'cell'; readonly row: number; readonly edit: number; readonly value: string };

/** Edits of one field: for all rows, and with the cells' own for the rows that have any. */
interface FieldProgram {
  readonly steps: readonly Step[];
  readonly rows: RowSet;
  readonly stepsWithCells: readonly Step[];
}

/** Hears which edit changed a value. */
export type OnTouch = (edit: number) => void;

const NOBODY: OnTouch = () => undefined;

/**
 * Edits made ready for a million rows. They are replayed in their order, but values that are set one by one are looked up
 * together, and rows that were never edited by hand do not pass the single cells.
 */
export class EditProgram {
  private readonly fields: ReadonlyMap<ContactFieldName, FieldProgram>;
  private readonly out = new RowSet();
  /** No edit changes a value. */
  readonly isIdle: boolean;

  constructor(readonly edits: readonly Edit[]) {
    const names: readonly ContactFieldName[] = ['name', 'phone_number', 'email'];
    this.fields = new Map(names.map((name) => [name, compileField(name, edits)]));
    this.isIdle = edits.every(({ kind }) => kind === 'leave_out');
    for (const edit of edits) if (edit.kind === 'leave_out') for (const row of edit.rows) this.out.add(row);
  }

  isLeftOut(row: number): boolean {
    return this.out.has(row);
  }

  /** A row's texts after all edits; the same array when none of them changes anything. */
  applyAll(row: number, texts: ContactCells, onTouch: OnTouch = NOBODY): ContactCells {
    if (this.isIdle) return texts;
    const [name, phone, email] = texts;
    const edited = [
      this.apply('name', row, name, onTouch),
      this.apply('phone_number', row, phone, onTouch),
      this.apply('email', row, email, onTouch),
    ] as const;
    return edited[0] === name && edited[1] === phone && edited[2] === email ? texts : edited;
  }

  /** The field's text after all edits. `onTouch` hears each edit that changed it. */
  apply(field: ContactFieldName, row: number, text: string, onTouch: OnTouch = NOBODY): string {
    const program = this.fields.get(field);
    if (program === undefined) return text;
    let current = text;
    for (const step of program.rows.has(row) ? program.stepsWithCells : program.steps)
      current = applyStep(step, row, current, onTouch);
    return current;
  }
}

function applyStep(step: Step, row: number, text: string, onTouch: OnTouch): string {
  if (step.kind === 'values') {
    const change = step.changes.get(text);
    if (change === undefined) return text;
    change.edits.forEach(onTouch);
    return change.to;
  }
  if (step.kind === 'cell' && step.row !== row) return text;
  const changed = step.kind === 'cell' ? step.value : step.replace(text);
  if (changed !== text) onTouch(step.edit);
  return changed;
}

function compileField(field: ContactFieldName, edits: readonly Edit[]): FieldProgram {
  const rows = new RowSet();
  for (const edit of edits) if (edit.kind === 'cell' && edit.field === field) rows.add(edit.row);
  return {
    rows,
    steps: compileSteps(field, edits, false),
    stepsWithCells: compileSteps(field, edits, true),
  };
}

function compileSteps(field: ContactFieldName, edits: readonly Edit[], withCells: boolean): Step[] {
  const steps: Step[] = [];
  edits.forEach((edit, index) => {
    if (edit.kind === 'leave_out' || edit.field !== field) return;
    if (edit.kind === 'replace') {
      steps.push({ kind: 'replace', edit: index, replace: replaceIn(edit) });
    } else if (edit.kind === 'value') {
      const last = steps.at(-1);
      const changes = last?.kind === 'values' ? last.changes : new Map<string, Change>();
      if (last?.kind !== 'values') steps.push({ kind: 'values', changes });
      addChange(changes, edit.from, edit.to, index);
    } else if (withCells) {
      steps.push({ kind: 'cell', row: edit.row, edit: index, value: edit.value });
    }
  });
  return steps;
}

/** Values that became `from` before become `to` now. */
function addChange(changes: Map<string, Change>, from: string, to: string, edit: number): void {
  if (from === to) return;
  const isTaken = changes.has(from);
  for (const [value, change] of changes) {
    if (change.to === from) changes.set(value, { to, edits: [...change.edits, edit] });
  }
  if (!isTaken) changes.set(from, { to, edits: [edit] });
}
