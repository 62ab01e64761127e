import { computed, inject, Injectable, signal } from '@angular/core';
import type { ImportOptions } from '@ponte/contracts';
import { Texts } from '../../i18n/texts';
import { TableClient, TableFailure } from './table-client';
import {
  guessedMapping,
  type Decisions,
  type Edit,
  type OpenedView,
  type Review,
  type TableProblem,
  type TableSource,
} from './wizard-types';
import type { TableChoice } from '@ponte/tabular';

/** The steps of the wizard in their order; the import's own page is the last one. */
export const WIZARD_STEPS = ['file', 'columns', 'values', 'review'] as const;
export type WizardStep = (typeof WIZARD_STEPS)[number];

/** Where the table is. Everything behind the file needs a table that was read. */
export type TableState =
  | { readonly phase: 'none' }
  | { readonly phase: 'opening'; readonly source: TableSource; readonly share: number }
  | { readonly phase: 'refused'; readonly source: TableSource; readonly problem: TableProblem }
  | { readonly phase: 'open'; readonly source: TableSource; readonly opened: OpenedView };

/** What the decisions make of the table. While the next review is made, the last one stays on screen. */
export interface ReviewState {
  readonly value: Review | null;
  readonly isRunning: boolean;
  readonly problem: TableProblem | null;
}

/** The wizard's one state: which table, which decisions about it, which step. Provided by the wizard's page. */
@Injectable()
export class WizardStore {
  private readonly client = inject(TableClient);
  private readonly texts = inject(Texts);
  private readonly tableState = signal<TableState>({ phase: 'none' });
  private readonly decided = signal<Decisions | null>(null);
  private readonly past = signal<readonly Decisions[]>([]);
  private readonly reviewed = signal<ReviewState>({ value: null, isRunning: false, problem: null });
  private turn = 0;

  readonly step = signal<WizardStep>('file');
  readonly choice = signal<TableChoice>({});
  readonly existing = signal<ImportOptions['existing']>('update');
  readonly table = this.tableState.asReadonly();
  readonly opened = computed(() => {
    const table = this.tableState();
    return table.phase === 'open' ? table.opened : null;
  });
  readonly decisions = this.decided.asReadonly();
  readonly review = this.reviewed.asReadonly();
  readonly canUndo = computed(() => this.past().length > 0);

  /** Reads a source from the start, or the same one again under another choice. */
  async open(source: TableSource, choice: TableChoice = {}): Promise<void> {
    const turn = ++this.turn;
    this.choice.set(choice);
    this.tableState.set({ phase: 'opening', source, share: 0 });
    try {
      const opened = await this.client.call(
        'open',
        { source, choice, locale: this.texts.locale() },
        {
          onProgress: (share) =>
            turn === this.turn && this.tableState.set({ phase: 'opening', source, share }),
        },
      );
      if (turn !== this.turn) return;
      this.tableState.set({ phase: 'open', source, opened });
      this.start(opened);
    } catch (error) {
      if (!(error instanceof TableFailure)) throw error;
      if (turn === this.turn) this.tableState.set({ phase: 'refused', source, problem: error.problem });
    }
  }

  /** Takes a decision; the one before can be come back to. */
  decide(change: Partial<Decisions>): void {
    const decisions = this.decided();
    if (decisions === null) return;
    this.past.update((past) => [...past, decisions]);
    this.decided.set({ ...decisions, ...change });
    void this.refresh();
  }

  addEdit(edit: Edit): void {
    const edits = this.decided()?.edits ?? [];
    this.decide({ edits: [...edits, edit] });
  }

  /** Takes one edit back, wherever it stands; the others stay. */
  takeBack(index: number): void {
    const edits = this.decided()?.edits ?? [];
    this.decide({ edits: edits.filter((_, at) => at !== index) });
  }

  /** Back to the decisions before the last one. */
  undo(): void {
    const before = this.past().at(-1);
    if (before === undefined) return;
    this.past.update((past) => past.slice(0, -1));
    this.decided.set(before);
    void this.refresh();
  }

  /** Asks the worker for something about the rows as they are decided now: pages, values, outputs. */
  readonly call: TableClient['call'] = (name, argument, options) => this.client.call(name, argument, options);

  /** Makes the review anew; of several in a row only the last one counts. */
  async refresh(): Promise<void> {
    const decisions = this.decided();
    if (decisions === null) return;
    const turn = ++this.turn;
    this.reviewed.update(({ value }) => ({ value, isRunning: true, problem: null }));
    try {
      const value = await this.client.call('review', decisions);
      if (turn === this.turn) this.reviewed.set({ value, isRunning: false, problem: null });
    } catch (error) {
      if (!(error instanceof TableFailure)) throw error;
      if (turn === this.turn) this.reviewed.set({ value: null, isRunning: false, problem: error.problem });
    }
  }

  private start(opened: OpenedView): void {
    this.past.set([]);
    this.reviewed.set({ value: null, isRunning: false, problem: null });
    this.decided.set({
      mapping: guessedMapping(opened.columns),
      repairs: [],
      areaCode: null,
      edits: [],
      duplicates: 'each',
      duplicatesOf: {},
    });
  }
}
