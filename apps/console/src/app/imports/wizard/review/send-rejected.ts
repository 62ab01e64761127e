import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { DryRun } from '@ponte/contracts';
import { Formats } from '../../../i18n/formats';
import { ProblemTexts } from '../../../i18n/problem-texts';
import { Texts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { reasonsByCount } from '../../import-figures';
import { RowsDownload } from '../values/rows-download';
import type { Review } from '../wizard-types';

/** Rows that the server would reject, by reason, and the two ways to deal with them. */
@Component({
  selector: 'ponte-send-rejected',
  imports: [Icon, MatButtonModule, RowsDownload],
  template: `
    <section class="card padded stack" aria-labelledby="send-rejected">
      <h3 id="send-rejected">{{ n('wizard_review.rejected.title', dryRun().rows.failed) }}</h3>
      <ul>
        @for (reason of reasons(); track $index) {
          <li>
            <span class="count figures">{{ number(reason.count) }}</span>
            <span>{{ reasonText(reason.code) }}</span>
          </li>
        }
      </ul>
      <p class="quiet">{{ t('wizard_review.rejected.text') }}</p>
      <div class="row">
        <button matButton="outlined" (click)="toValues.emit()">
          <ponte-icon matButtonIcon name="edit" />
          {{ t('wizard_review.rejected.to_values') }}
        </button>
        <ponte-rows-download kind="problems" />
      </div>
    </section>
  `,
  styles: `
    ul {
      display: grid;
      gap: 0.25rem;
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: minmax(3rem, max-content) minmax(0, 1fr);
      gap: 0.75rem;
      align-items: baseline;
    }
    .count {
      font-weight: 700;
      text-align: end;
    }
    .row {
      align-items: flex-start;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SendRejected {
  private readonly texts = inject(Texts);
  private readonly problemTexts = inject(ProblemTexts);
  protected readonly t = this.texts.t;
  protected readonly n = this.texts.n;
  protected readonly number = inject(Formats).number;
  readonly dryRun = input.required<DryRun>();
  /** What the wizard itself found: its reasons say more, where they are about as many rows. */
  readonly review = input.required<Review | null>();
  readonly toValues = output();

  protected readonly reasons = computed(() => {
    const { rows, rejected_by_code } = this.dryRun();
    const review = this.review();
    if (review?.rows.problems !== rows.failed) return reasonsByCount(rejected_by_code);
    return review.problems.map(({ code, rows }) => ({ code, count: rows }));
  });
  protected readonly reasonText = (code: string) => this.problemTexts.ofRejection(code);
}
