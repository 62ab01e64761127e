import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import type { RowCounts } from '@ponte/contracts';
import { Formats } from '../../../i18n/formats';
import { Texts } from '../../../i18n/texts';
import { ROW_OUTCOMES, type RowOutcome } from '../../import-figures';

/** What the import is going to do with each row, as the one sum that closes. Without figures its room is kept. */
@Component({
  selector: 'ponte-send-sum',
  template: `
    <section class="card" aria-labelledby="send-sum" [attr.aria-busy]="rows() === null">
      <h3 id="send-sum" class="visually-hidden">{{ t('wizard_review.sum.title') }}</h3>
      <dl class="figures">
        <div class="total">
          <dt>{{ t('wizard_review.sum.total') }}</dt>
          <dd>{{ shown(rows()?.total) }}</dd>
        </div>
        @for (outcome of outcomes; track outcome; let isFirst = $first) {
          <div [class]="outcome" [class.zero]="!rows()?.[outcome]">
            <span class="sign" aria-hidden="true">{{ isFirst ? '=' : '+' }}</span>
            <dt>
              {{ name(outcome) }}
              <span class="small">{{ explained(outcome) }}</span>
            </dt>
            <dd>{{ shown(rows()?.[outcome]) }}</dd>
          </div>
        }
      </dl>
    </section>
  `,
  styleUrl: './send-sum.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SendSum {
  readonly rows = input.required<RowCounts | null>();
  protected readonly t = inject(Texts).t;
  private readonly number = inject(Formats).number;
  protected readonly outcomes = ROW_OUTCOMES;
  protected readonly name = (outcome: RowOutcome) => this.t(`wizard_review.sum.${outcome}`);
  protected readonly explained = (outcome: RowOutcome) => this.t(`wizard_review.sum.${outcome}_text`);
  protected readonly shown = (count: number | undefined) => (count === undefined ? '—' : this.number(count));
}
