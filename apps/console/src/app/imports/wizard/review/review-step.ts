import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  untracked,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { Router } from '@angular/router';
import { type ImportOptions, IMPORT_REFUSAL_CODES } from '@ponte/contracts';
import { Formats } from '../../../i18n/formats';
import { Texts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { Note } from '../../../ui/note';
import { ProblemNote } from '../../../ui/problem-note';
import { FileRefusal } from '../../file-refusal';
import { RowsDownload } from '../values/rows-download';
import { RowsOutput } from '../values/rows-output';
import { goingIn, type SendRemark, sendRemark } from './send-counts';
import { SendImport } from './send-import';
import { SendPlan } from './send-plan';
import { SendRejected } from './send-rejected';
import { SendSum } from './send-sum';
import { SendUpdates } from './send-updates';
import { TableRefusalNote } from '../table-refusal';
import { WizardStore } from '../wizard-store';

/** Step *Conferir*: what will happen, from the server itself, before it happens; then the file goes. */
@Component({
  selector: 'ponte-review-step',
  imports: [
    FileRefusal,
    Icon,
    MatButtonModule,
    MatProgressBarModule,
    Note,
    ProblemNote,
    RowsDownload,
    SendRejected,
    SendSum,
    SendUpdates,
    TableRefusalNote,
  ],
  providers: [RowsOutput, SendPlan, SendImport],
  templateUrl: './review-step.html',
  styleUrl: './review-step.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ReviewStep {
  private readonly router = inject(Router);
  private readonly texts = inject(Texts);
  private readonly formats = inject(Formats);
  protected readonly store = inject(WizardStore);
  protected readonly plans = inject(SendPlan);
  protected readonly sending = inject(SendImport);
  protected readonly t = this.texts.t;
  protected readonly n = this.texts.n;
  readonly accountId = input.required<number>();

  protected readonly choices = ['update', 'skip'] as const;
  protected readonly plan = this.plans.plan;
  protected readonly dryRun = computed(() => this.plan()?.dryRun ?? null);
  protected readonly count = computed(() => {
    const dryRun = this.dryRun();
    return dryRun === null ? 0 : goingIn(dryRun.rows);
  });
  protected readonly remark = computed((): SendRemark | null => {
    if (this.plans.state().step === 'empty') return 'nothing';
    const dryRun = this.dryRun();
    return dryRun === null ? null : sendRemark(dryRun.rows);
  });
  protected readonly hasRepeated = computed(() => (this.store.review().value?.duplicates.groups ?? 0) > 0);
  /** What is going on until the figures are here. */
  protected readonly working = computed(() => {
    const { step } = this.plans.state();
    return step === 'waiting' || step === 'preparing' || step === 'uploading' || step === 'checking'
      ? this.t(`wizard_review.working.${step}`)
      : null;
  });
  protected readonly share = computed(() => {
    const state = this.plans.state();
    return 'share' in state && state.share > 0 ? state.share : null;
  });
  protected readonly refusal = computed(() => {
    const state = this.plans.state();
    return state.step === 'refused' ? state.problem : null;
  });
  protected readonly isFileRefused = computed(() =>
    IMPORT_REFUSAL_CODES.some((code) => code === this.refusal()?.code),
  );
  /** The worker is gone, or could not write the file. */
  protected readonly tableProblem = computed(() => {
    const state = this.plans.state();
    return state.step === 'not_made' ? state.failure.problem : this.store.review().problem;
  });
  protected readonly sendProblem = computed(() => {
    const state = this.sending.state();
    return state.step === 'refused' ? state.problem : null;
  });
  protected readonly sent = computed(() => {
    const state = this.sending.state();
    return state.step === 'sending' ? state.share : state.step === 'sent' ? 1 : null;
  });
  protected readonly spoken = computed(() => {
    const dryRun = this.dryRun();
    if (this.sent() !== null)
      return this.t(this.sent() === 1 ? 'wizard_review.send.checking' : 'wizard_review.send.sending');
    if (dryRun === null) return this.working() ?? '';
    const failed = this.formats.number(dryRun.rows.failed);
    return this.n('wizard_review.done', this.count(), { failed });
  });

  constructor() {
    // Whatever a person decides, the figures on screen are about exactly that, or there are none.
    effect(() => {
      const [decisions, existing, accountId] = [
        this.store.decisions(),
        this.store.existing(),
        this.accountId(),
      ];
      const { value, isRunning } = this.store.review();
      untracked(() => {
        this.sending.reset();
        if (decisions === null || value === null || isRunning) this.plans.forget();
        else void this.plans.make(accountId, decisions, existing);
      });
    });
    effect(() => this.store.action.set(this.action()));
  }

  /** The wizard's button, and Ctrl+Enter. */
  private readonly action = computed(() => {
    const isReady = this.plan() !== null && this.sending.canSend();
    return {
      text:
        this.plan() === null || this.count() === 0
          ? this.t('wizard_review.send.import_blank')
          : this.n('wizard_review.send.import', this.count()),
      icon: 'upload' as const,
      isDisabled: !isReady || this.count() === 0,
      run: () => this.send(),
    };
  });

  protected remarkText(remark: SendRemark): string {
    return this.t(`wizard_review.send.${remark}`);
  }

  protected choiceText(choice: ImportOptions['existing']): string {
    return this.t(`wizard_review.existing.${choice}`);
  }

  protected percent(share: number): string {
    return this.formats.percent(share);
  }

  protected askAgain(): void {
    const decisions = this.store.decisions();
    if (decisions !== null) void this.plans.make(this.accountId(), decisions, this.store.existing());
  }

  protected reread(): void {
    void this.store.reread();
  }

  protected toValues(): void {
    void this.router.navigate([], { queryParams: { step: 'values' } });
  }

  protected send(): false {
    const plan = this.plan();
    if (plan !== null && this.count() > 0) this.sending.send(this.accountId(), plan);
    return false;
  }
}
