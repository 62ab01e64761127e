import { ChangeDetectionStrategy, Component, computed, inject, linkedSignal } from '@angular/core';
import { ProblemTexts } from '../../../i18n/problem-texts';
import { Texts } from '../../../i18n/texts';
import { ProblemGroupView } from './problem-group';
import { inKnownOrder } from './problem-groups';
import { RowsDownload } from './rows-download';
import { WizardStore } from '../wizard-store';
import type { ProblemGroup } from '../wizard-types';

const keyOf = ({ code, field }: ProblemGroup): string => `${code} ${field}`;

/** Why rows cannot be imported as they are now, by reason; each opens to its values and its rows. */
@Component({
  selector: 'ponte-problem-list',
  imports: [ProblemGroupView, RowsDownload],
  template: `
    <section class="card" aria-labelledby="problems">
      <div class="row head">
        <h3 id="problems" tabindex="-1">{{ t('wizard_values.problems.title') }}</h3>
        @if (hasProblems()) {
          <ponte-rows-download kind="problems" />
        }
      </div>
      <p class="text quiet">
        {{ hasProblems() ? t('wizard_values.problems.text') : t('wizard_values.problems.none') }}
      </p>
      @if (groups().length > 0) {
        <ul>
          @for (group of groups(); track keyOf(group)) {
            <li><ponte-problem-group [group]="group" [text]="text(group)" /></li>
          }
        </ul>
      }
    </section>
  `,
  styles: `
    section {
      padding-block: 1.25rem 0.5rem;
    }
    .head {
      justify-content: space-between;
      min-block-size: 2.75rem;
      padding-inline: 1.25rem;
    }
    .text {
      padding: 0.25rem 1.25rem 0.75rem;
      max-inline-size: 52rem;
    }
    ul {
      list-style: none;
    }
    li {
      border-block-start: 1px solid var(--mat-sys-outline-variant);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProblemList {
  private readonly store = inject(WizardStore);
  private readonly texts = inject(Texts);
  private readonly problemTexts = inject(ProblemTexts);
  protected readonly t = this.texts.t;
  protected readonly keyOf = keyOf;

  protected readonly groups = linkedSignal<readonly ProblemGroup[], readonly ProblemGroup[]>({
    source: () => this.store.review().value?.problems ?? [],
    computation: (present, before) =>
      inKnownOrder(before?.value ?? [], present, keyOf, (group) => ({ ...group, rows: 0 })),
  });
  protected readonly hasProblems = computed(() => (this.store.review().value?.rows.problems ?? 0) > 0);

  /** The reason; where two fields share it, the field too. */
  protected text({ code, field }: ProblemGroup): string {
    const reason = this.problemTexts.ofRejection(code);
    const isShared = this.groups().filter((group) => group.code === code).length > 1;
    return isShared && field !== null ? `${this.t(`fields.${field}`)}: ${reason}` : reason;
  }
}
