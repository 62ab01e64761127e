import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Formats } from '../../../i18n/formats';
import { Texts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { Note } from '../../../ui/note';
import { DuplicatesPanel } from './duplicates-panel';
import { EditList } from './edit-list';
import { EditReplace } from './edit-replace';
import { ProblemList } from './problem-list';
import { ProblemWarnings } from './problem-warnings';
import { RepairList } from './repair-list';
import { RowsOutput } from './rows-output';
import { RowsPanel } from './rows-panel';
import { RowsSum } from './rows-sum';
import { TableRefusalNote } from '../table-refusal';
import { WizardStore } from '../wizard-store';

/** Where Ctrl+Z belongs to what is being typed. */
const TYPING = 'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]';

/** Step *Valores*: problems first and by kind, fixed once for all their rows, every fix undone as easily. */
@Component({
  selector: 'ponte-values-step',
  imports: [
    DuplicatesPanel,
    EditList,
    EditReplace,
    Icon,
    MatButtonModule,
    Note,
    ProblemList,
    ProblemWarnings,
    RepairList,
    RowsPanel,
    RowsSum,
    TableRefusalNote,
  ],
  providers: [RowsOutput],
  templateUrl: './values-step.html',
  styleUrl: './values-step.scss',
  host: { '(document:keydown)': 'press($event)' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ValuesStep {
  protected readonly store = inject(WizardStore);
  private readonly texts = inject(Texts);
  private readonly number = inject(Formats).number;
  protected readonly t = this.texts.t;
  protected readonly n = this.texts.n;
  readonly accountId = input.required<number>();

  protected readonly review = computed(() => this.store.review().value);
  /** Said once: the next decision is another story. */
  protected readonly happened = linkedSignal({ source: () => this.store.decisions(), computation: () => '' });
  protected readonly hasRepairs = computed(() => (this.review()?.repairs.length ?? 0) > 0);
  protected readonly hasEdits = computed(() => (this.store.decisions()?.edits.length ?? 0) > 0);
  /** Once there was a problem, its place stays until the step is left: what was solved is said there. */
  protected readonly hadProblems = linkedSignal<boolean, boolean>({
    source: () => (this.review()?.problems.length ?? 0) > 0,
    computation: (hasProblems, before) => hasProblems || (before?.value ?? false),
  });
  protected readonly isAllGood = computed(() => {
    const review = this.review();
    return review !== null && review.rows.ready > 0 && !this.hasRepairs() && !this.hadProblems();
  });
  protected readonly hasNothingLeft = computed(() => {
    const rows = this.review()?.rows;
    return rows !== undefined && rows.ready + rows.problems === 0;
  });
  /** After every review: the figures that changed. */
  protected readonly spoken = computed(() => {
    const { value, isRunning } = this.store.review();
    if (value === null || isRunning) return '';
    const problems = this.number(value.rows.problems);
    return this.texts.n('wizard_values.spoken', value.rows.ready, { problems });
  });

  protected retry(): void {
    void this.store.reread();
  }

  protected undo(): void {
    if (!this.store.canUndo()) return;
    this.store.undo();
    this.happened.set(this.t('wizard_values.undone'));
  }

  protected press(event: KeyboardEvent): void {
    const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    const isTyping = event.target instanceof Element && event.target.closest(TYPING) !== null;
    if (!isUndo || isTyping) return;
    event.preventDefault();
    this.undo();
  }

  protected say(edit: string): void {
    this.happened.set(this.t('wizard_values.edits.taken_back', { edit }));
  }
}
