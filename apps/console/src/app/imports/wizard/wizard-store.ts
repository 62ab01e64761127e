import { computed, inject, Injectable, signal } from '@angular/core';
import type { ImportOptions } from '@ponte/contracts';
import type { TableChoice } from '@ponte/tabular';
import { Texts } from '../../i18n/texts';
import { Drafts } from './draft/drafts';
import { MappingMemory } from './mapping-memory';
import { TableClient, TableFailure } from './table-client';
import {
  freshDecisions,
  isSameHeader,
  type Kept,
  missingFields,
  NO_REVIEW,
  type Remembered,
  type ReviewState,
  type StepAction,
  type TableState,
  type WizardStep,
} from './wizard-state';
import { guessedMapping, type Decisions, type Edit, type OpenedView, type TableSource } from './wizard-types';

export {
  WIZARD_STEPS,
  type ReviewState,
  type StepAction,
  type TableState,
  type WizardStep,
} from './wizard-state';

/** Steps that show what the decisions make of the rows. */
const REVIEWED_STEPS: readonly WizardStep[] = ['values', 'review'];

/** The wizard's one state: which table, which decisions about it, which step. Provided by the wizard's page. */
@Injectable()
export class WizardStore {
  private readonly client = inject(TableClient);
  private readonly texts = inject(Texts);
  private readonly memory = inject(MappingMemory);
  private readonly drafts = inject(Drafts);
  private readonly tableState = signal<TableState>({ phase: 'none' });
  private readonly decided = signal<Decisions | null>(null);
  private readonly past = signal<readonly Decisions[]>([]);
  private readonly reviewed = signal<ReviewState>(NO_REVIEW);
  private readonly recalled = signal<Remembered | null>(null);
  private reviewedDecisions: Decisions | null = null;
  private turn = 0;

  readonly step = signal<WizardStep>('file');
  readonly choice = signal<TableChoice>({});
  readonly existing = signal<ImportOptions['existing']>('update');
  readonly table = this.tableState.asReadonly();
  readonly source = computed(() => {
    const table = this.tableState();
    return table.phase === 'none' ? null : table.source;
  });
  readonly opened = computed(() => {
    const table = this.tableState();
    return table.phase === 'open' ? table.opened : null;
  });
  readonly decisions = this.decided.asReadonly();
  readonly review = this.reviewed.asReadonly();
  readonly canUndo = computed(() => this.past().length > 0);
  /** Set while a file of the same header was imported before. */
  readonly remembered = this.recalled.asReadonly();

  /** How the present step goes on, when it is not just "Continuar". Set by the step, taken away when it leaves. */
  readonly action = signal<StepAction | null>(null);
  /** Set by the last step while the file is under way to the server: leaving the page is asked about then. */
  readonly isSending = signal(false);
  private readonly finished = signal(false);
  /** The server has the import: from here on nothing is left to lose. */
  readonly isFinished = this.finished.asReadonly();

  /** The last step that can be shown now. */
  readonly reach = computed((): WizardStep => {
    const decisions = this.decided();
    if (this.opened() === null || decisions === null) return 'file';
    return missingFields(decisions.mapping).length > 0 ? 'columns' : 'review';
  });

  /** Reads a source from the start, or the same one again under another choice. `kept` comes from a draft. */
  async open(source: TableSource, choice: TableChoice = {}, kept: Kept | null = null): Promise<void> {
    const turn = ++this.turn;
    const before = this.beforeReading(source);
    this.choice.set(choice);
    this.reviewed.set(NO_REVIEW);
    this.tableState.set({ phase: 'opening', source, share: 0, before });
    const onProgress = (share: number) =>
      turn === this.turn && this.tableState.set({ phase: 'opening', source, share, before });
    try {
      const request = { source, choice, locale: this.texts.locale() };
      const opened = await this.client.call('open', request, { onProgress });
      if (turn !== this.turn) return;
      this.start(opened, before, kept);
      this.tableState.set({ phase: 'open', source, opened });
      if (kept === null) void this.recall(opened);
      if (this.needsReview()) void this.refresh();
    } catch (error) {
      if (!(error instanceof TableFailure)) throw error;
      if (turn === this.turn) {
        this.tableState.set({ phase: 'refused', source, problem: error.problem, before });
      }
    }
  }

  /** Reads the same source again and keeps every decision: after the worker was lost. */
  async reread(): Promise<void> {
    const [source, decisions] = [this.source(), this.decided()];
    if (source === null) return;
    const kept = decisions && { decisions, remembered: this.recalled() };
    await this.open(source, this.choice(), kept);
  }

  /** Back to the very beginning: no file, no decisions. What is being read is not waited for. */
  close(): void {
    this.turn++;
    this.client.terminate();
    this.tableState.set({ phase: 'none' });
    this.choice.set({});
    this.decided.set(null);
    this.past.set([]);
    this.recalled.set(null);
    this.reviewed.set(NO_REVIEW);
    this.existing.set('update');
  }

  /** Shows a step; those that show rows get a review of the present decisions. */
  show(step: WizardStep): void {
    this.step.set(step);
    this.action.set(null);
    if (this.needsReview()) void this.refresh();
  }

  /** Takes a decision; the one before can be come back to. */
  decide(change: Partial<Decisions>): void {
    const decisions = this.decided();
    if (decisions === null) return;
    this.past.update((past) => [...past, decisions]);
    this.settle({ ...decisions, ...change });
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
    this.settle(before);
  }

  /** Asks the worker for something about the rows as they are decided now: pages, values, outputs. */
  readonly call: TableClient['call'] = (name, argument, options) => this.client.call(name, argument, options);

  /** Makes the review anew; of several in a row only the last one counts. */
  async refresh(): Promise<void> {
    const decisions = this.decided();
    if (decisions === null || this.opened() === null) return;
    const turn = ++this.turn;
    this.reviewedDecisions = decisions;
    this.reviewed.update(({ value }) => ({ value, isRunning: true, share: 0, problem: null }));
    const onProgress = (share: number) =>
      turn === this.turn && this.reviewed.update((state) => ({ ...state, share }));
    try {
      const value = await this.client.call('review', decisions, { onProgress });
      if (turn === this.turn) this.reviewed.set({ ...NO_REVIEW, value, share: 1 });
    } catch (error) {
      if (!(error instanceof TableFailure)) throw error;
      if (turn === this.turn) this.reviewed.set({ ...NO_REVIEW, problem: error.problem });
    }
  }

  /** The server accepted the import: the mapping is remembered for the next file, the draft is not needed any more. */
  async finish(): Promise<void> {
    this.finished.set(true);
    // The way to the import's page does not wait for a help with the next file.
    void this.rememberMapping();
    await this.drafts.discard();
  }

  /** For the account's next file with this header. Part of `finish`. */
  async rememberMapping(): Promise<void> {
    const [opened, decisions] = [this.opened(), this.decided()];
    if (opened !== null && decisions !== null) await this.memory.save(opened, decisions.mapping);
  }

  private settle(decisions: Decisions): void {
    this.decided.set(decisions);
    if (this.needsReview()) void this.refresh();
  }

  /** A change of columns is reviewed when the values are looked at, not at every choice. */
  private needsReview(): boolean {
    if (!REVIEWED_STEPS.includes(this.step())) return false;
    const { value, isRunning } = this.reviewed();
    return this.decided() !== this.reviewedDecisions || (value === null && !isRunning);
  }

  private beforeReading(source: TableSource): OpenedView | null {
    const table = this.tableState();
    if (table.phase === 'none' || table.source !== source) return null;
    return table.phase === 'open' ? table.opened : table.before;
  }

  /** Under another choice the cells may be others: edits go, the columns and the switches stay where they still fit. */
  private start(opened: OpenedView, before: OpenedView | null, kept: Kept | null): void {
    const present = this.decided();
    const guessed = freshDecisions(guessedMapping(opened.columns));
    this.past.set([]);
    if (kept !== null && kept.decisions.mapping.roles.length === opened.columns.length) {
      this.decided.set(kept.decisions);
      this.recalled.set(kept.remembered);
    } else if (before !== null && present !== null && isSameHeader(before, opened)) {
      this.decided.set({ ...present, edits: [], duplicatesOf: {} });
    } else {
      this.decided.set(guessed);
      this.recalled.set(null);
      // What was chosen for another file is no choice for this one.
      this.existing.set('update');
    }
  }

  /** A mapping that comes late changes nothing that somebody has decided meanwhile. */
  private async recall(opened: OpenedView): Promise<void> {
    const guessed = this.decided();
    const remembered = await this.memory.find(opened);
    if (remembered === null || this.opened() !== opened) return;
    this.recalled.set(remembered);
    if (guessed !== null && this.decided() === guessed) {
      this.decided.set({ ...guessed, mapping: remembered.mapping });
    }
  }
}
