import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { Formats } from '../../../i18n/formats';
import { Texts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import type { Review } from '../wizard-types';

const PARTS = ['ready', 'problems', 'left_out', 'merged'] as const;

/** The file's rows as one sum that closes: total = ready + with problems + left out + merged. Stays in sight. */
@Component({
  selector: 'ponte-rows-sum',
  imports: [Icon, MatButtonModule, MatProgressBarModule],
  template: `
    <section class="card" aria-labelledby="rows-sum" [attr.aria-busy]="isBusy()">
      <h3 id="rows-sum" class="visually-hidden">{{ t('wizard_values.sum.title') }}</h3>
      <div class="line">
        <dl class="figures">
          <div>
            <dt>{{ t('wizard_values.sum.total') }}</dt>
            <dd>{{ shown(total()) }}</dd>
          </div>
          @for (part of parts(); track part.name; let isFirst = $first) {
            <div [class]="part.name" [class.zero]="!part.rows">
              <span class="sign" aria-hidden="true">{{ isFirst ? '=' : '+' }}</span>
              <dt>{{ part.text }}</dt>
              <dd>{{ shown(part.rows) }}</dd>
            </div>
          }
        </dl>
        <button
          matButton="outlined"
          disabledInteractive
          aria-keyshortcuts="Control+Z"
          [disabled]="!canUndo()"
          (click)="undone.emit()"
        >
          <ponte-icon matButtonIcon name="undo" />
          {{ t('wizard_values.undo') }}
        </button>
      </div>
      <mat-progress-bar
        [class.idle]="!isBusy()"
        [mode]="share() > 0 ? 'determinate' : 'indeterminate'"
        [value]="share() * 100"
        [attr.aria-label]="t('wizard_values.sum.busy')"
        [attr.aria-hidden]="!isBusy()"
      />
    </section>
  `,
  styleUrl: './rows-sum.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RowsSum {
  readonly rows = input.required<Review['rows'] | null>();
  readonly isBusy = input(false);
  /** Of the review that is being made. */
  readonly share = input(0);
  readonly canUndo = input(false);
  readonly undone = output();

  protected readonly t = inject(Texts).t;
  private readonly number = inject(Formats).number;
  protected readonly total = computed(() => this.rows()?.total);
  protected readonly parts = computed(() => {
    const rows = this.rows();
    const counts = {
      ready: rows?.ready,
      problems: rows?.problems,
      left_out: rows?.leftOut,
      merged: rows?.merged,
    };
    return PARTS.map((name) => ({ name, text: this.t(`wizard_values.sum.${name}`), rows: counts[name] }));
  });
  protected readonly shown = (count: number | undefined) => (count === undefined ? '—' : this.number(count));
}
