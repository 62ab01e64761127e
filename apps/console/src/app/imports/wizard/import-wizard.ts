import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  Injector,
  input,
  numberAttribute,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { Router } from '@angular/router';
import { Texts } from '../../i18n/texts';
import { BackLink } from '../../ui/back-link';
import { Confirm } from '../../ui/confirm';
import { Icon } from '../../ui/icon';
import { Note } from '../../ui/note';
import { ColumnsStep } from './columns/columns-step';
import { DraftKeeper } from './draft/draft-keeper';
import { DraftNote } from './draft/draft-note';
import { Drafts } from './draft/drafts';
import { FileStep } from './file/file-step';
import { ReadingProgress } from './reading-progress';
import { ReviewStep } from './review/review-step';
import { sourceName } from './source-name';
import { TableClient } from './table-client';
import { ValuesStep } from './values/values-step';
import { hasWork, WIZARD_STEPS, type WizardStep } from './wizard-state';
import { WizardStepper } from './wizard-stepper';
import { WizardStore } from './wizard-store';

/** From any spreadsheet to an import: one step at a time, each under its own address. */
@Component({
  selector: 'ponte-import-wizard',
  imports: [
    BackLink,
    ColumnsStep,
    DraftNote,
    FileStep,
    Icon,
    MatButtonModule,
    Note,
    ReadingProgress,
    ReviewStep,
    ValuesStep,
    WizardStepper,
  ],
  providers: [TableClient, Drafts, WizardStore, DraftKeeper],
  templateUrl: './import-wizard.html',
  styleUrl: './import-wizard.scss',
  host: {
    '(document:keydown)': 'press($event)',
    '(window:beforeunload)': 'warn($event)',
    // A file that misses the frame must not replace the page.
    '(window:dragover)': 'keepPage($event)',
    '(window:drop)': 'keepPage($event)',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ImportWizard {
  private readonly router = inject(Router);
  private readonly confirm = inject(Confirm);
  private readonly dialogs = inject(MatDialog);
  private readonly injector = inject(Injector);
  private readonly drafts = inject(Drafts);
  private readonly keeper = inject(DraftKeeper);
  private readonly texts = inject(Texts);
  protected readonly store = inject(WizardStore);
  protected readonly t = this.texts.t;

  /** From the address. */
  readonly account_id = input.required<number, string>({ transform: numberAttribute });
  readonly step = input<string>();

  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');
  /** Until it is known whether a draft goes on by itself, and while it is read. */
  protected readonly isReturning = signal(true);
  protected readonly fileName = computed(() => {
    const source = this.store.source();
    return source === null ? null : sourceName(source, this.t);
  });
  protected readonly title = computed(() => {
    const step = this.store.step();
    const isRead = step === 'file' && this.store.opened() !== null;
    return this.t(isRead ? 'wizard.headings.file_read' : `wizard.headings.${step}`);
  });
  protected readonly isReading = computed(() => this.store.table().phase === 'opening');
  protected readonly action = computed(() => this.store.action() ?? { run: () => true });

  constructor() {
    effect(() => {
      this.account_id();
      untracked(() => void this.begin());
    });
    effect(() => {
      const wanted = WIZARD_STEPS.find((each) => each === this.step()) ?? 'file';
      const reach = this.store.reach();
      if (!this.isReturning() && !this.isReading()) untracked(() => this.follow(wanted, reach));
    });
    // While somebody looks at what was understood, the next steps come along.
    const fetched = effect(() => {
      if (this.store.opened() === null) return;
      void Promise.allSettled([
        import('./columns/columns-step'),
        import('./values/values-step'),
        import('./review/review-step'),
      ]);
      fetched.destroy();
    });
  }

  protected press(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    if (event.defaultPrevented || event.repeat || this.dialogs.openDialogs.length > 0) return;
    event.preventDefault();
    // What is being typed counts: fields take their value when they lose the focus.
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
    this.goOn();
  }

  protected goOn(): void {
    const next = WIZARD_STEPS[WIZARD_STEPS.indexOf(this.store.step()) + 1];
    const { isDisabled, run } = this.action();
    if (!isDisabled && run() && next !== undefined) this.goTo(next);
  }

  protected goBack(): void {
    const before = WIZARD_STEPS[WIZARD_STEPS.indexOf(this.store.step()) - 1];
    if (before !== undefined) this.goTo(before);
  }

  /** Forwards only past what the present step has to say; backwards always. */
  protected choose(step: WizardStep): void {
    const isLater = WIZARD_STEPS.indexOf(step) > WIZARD_STEPS.indexOf(this.store.step());
    if (!isLater || this.action().run()) this.goTo(step);
  }

  protected goTo(step: WizardStep, replaceUrl = false): void {
    void this.navigate(step, replaceUrl);
  }

  /** Takes up the work of an earlier visit, in the step where it was left. */
  protected async resume(): Promise<void> {
    this.isReturning.set(true);
    const step = await this.keeper.accept();
    if (step !== null) await this.navigate(step, false);
    this.isReturning.set(false);
  }

  protected async startOver(): Promise<void> {
    const decisions = this.store.decisions();
    if (hasWork(decisions) && !(await this.confirm.ask(this.question('start_over')))) return;
    this.store.close();
    await this.keeper.decline();
    this.goTo('file');
  }

  /** Asks only where something would be lost: a draft that is kept loses nothing. */
  canLeave(): boolean | Promise<boolean> {
    if (this.store.isSending()) return this.confirm.ask(this.question('leave_sending'));
    return this.losesWork() ? this.confirm.ask(this.question('leave')) : true;
  }

  /** The browser asks in its own words before the page is closed. */
  protected warn(event: BeforeUnloadEvent): void {
    if (this.store.isSending() || this.losesWork()) event.preventDefault();
  }

  /** Frames and fields for files take what falls into them. */
  protected keepPage(event: DragEvent): void {
    if (!(event.target instanceof HTMLInputElement)) event.preventDefault();
  }

  private losesWork(): boolean {
    if (this.store.isFinished() || this.store.opened() === null) return false;
    return this.drafts.trouble() !== null;
  }

  private question(kind: 'leave' | 'leave_sending' | 'start_over') {
    const t = this.t;
    return {
      title: t(`wizard.${kind}.title`),
      text: t(`wizard.${kind}.text`),
      yes: t(`wizard.${kind}.yes`),
      no: t(`wizard.${kind}.no`),
    };
  }

  private navigate(step: WizardStep, replaceUrl: boolean): Promise<boolean> {
    const queryParams = { step: step === 'file' ? null : step };
    return this.router.navigate([], { queryParams, replaceUrl });
  }

  /** Another account has its own draft. */
  private async begin(): Promise<void> {
    this.isReturning.set(true);
    this.store.close();
    await this.keeper.find();
    this.isReturning.set(false);
  }

  private follow(wanted: WizardStep, reach: WizardStep): void {
    const isReachable = WIZARD_STEPS.indexOf(wanted) <= WIZARD_STEPS.indexOf(reach);
    if (!isReachable) return this.goTo(reach, true);
    if (this.store.step() === wanted) return;
    this.store.show(wanted);
    afterNextRender(() => this.heading()?.nativeElement.focus({ preventScroll: true }), {
      injector: this.injector,
    });
  }
}
