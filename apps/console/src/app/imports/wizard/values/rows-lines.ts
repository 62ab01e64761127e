import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { TableFailure } from '../table-client';
import { WizardStore } from '../wizard-store';
import type { Edit } from '../wizard-types';

/** Of so many edits the words are on screen at most, beginning with the last. */
const MOST = 200;

/** The one row that an edit names in words. */
function rowOf(edit: Edit): number | null {
  if (edit.kind === 'cell') return edit.row;
  return edit.kind === 'leave_out' && edit.rows.length === 1 ? (edit.rows[0] ?? null) : null;
}

/** Edits know rows, people know lines: asks the worker once for each row that an edit names. */
@Injectable()
export class RowLines {
  private readonly store = inject(WizardStore);
  private readonly known = signal<ReadonlyMap<number, number>>(new Map());
  private readonly asked = new Set<number>();
  private readonly named = computed(() =>
    (this.store.decisions()?.edits ?? [])
      .slice(-MOST)
      .map(rowOf)
      .filter((row) => row !== null),
  );

  readonly of = (row: number): number | undefined => this.known().get(row);

  constructor() {
    effect(() => {
      const { value, isRunning } = this.store.review();
      const rows = this.named().filter((row) => !this.asked.has(row));
      if (value !== null && !isRunning) untracked(() => rows.forEach((row) => void this.ask(row)));
    });
  }

  /** All rows stand in their order, so that the page of one row beginning at it is the row itself. */
  private async ask(row: number): Promise<void> {
    this.asked.add(row);
    try {
      const { items } = await this.store.call('rows', { filter: { kind: 'all' }, offset: row, limit: 1 });
      const [found] = items;
      if (found !== undefined) this.known.update((known) => new Map(known).set(row, found.line));
    } catch (error) {
      // The step says that the worker is gone, from the review's own problem.
      if (!(error instanceof TableFailure)) throw error;
      this.asked.delete(row);
    }
  }
}
