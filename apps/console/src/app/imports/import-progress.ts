import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import type { ImportView } from '@ponte/contracts';
import { Formats } from '../i18n/formats';
import { Texts } from '../i18n/texts';
import { Icon } from '../ui/icon';
import { doneShare, spokenShare } from './import-figures';

/** How far an import is, how fast it goes and when it will be done, or its place in the queue. */
@Component({
  selector: 'ponte-import-progress',
  imports: [Icon, MatProgressBarModule],
  template: `
    <section class="card padded stack" [attr.aria-label]="t('import.progress')">
      @if (run().state === 'queued') {
        <p class="headline">{{ queueText() }}</p>
        <mat-progress-bar mode="indeterminate" [attr.aria-label]="t('import.progress')" />
      } @else {
        <p class="headline figures">
          <span class="percent">{{ percent() }}</span>
          <span>{{ rowsText() }}</span>
        </p>
        <mat-progress-bar
          mode="determinate"
          [value]="share() * 100"
          [attr.aria-label]="t('import.progress')"
        />
        <dl class="figures">
          <div>
            <dt>{{ t('import.speed') }}</dt>
            <dd>{{ speed() }}</dd>
          </div>
          <div>
            <dt>{{ t('import.time_left') }}</dt>
            <dd>{{ timeLeft() }}</dd>
          </div>
        </dl>
      }
      @if (!isConnected()) {
        <p class="note quiet" role="status"><ponte-icon name="refresh" />{{ t('import.reconnecting') }}</p>
      } @else {
        <p class="note quiet"><ponte-icon name="mail" />{{ t('import.may_close') }}</p>
      }
      <p class="visually-hidden" aria-live="polite">{{ spoken() }}</p>
    </section>
  `,
  styles: `
    .headline {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0.25rem 0.75rem;
      font-size: 1.0625rem;
    }
    .percent {
      min-inline-size: 4.5ch;
      font-size: 2rem;
      font-weight: 700;
      letter-spacing: -0.02em;
      line-height: 1.1;
    }
    mat-progress-bar {
      --mat-progress-bar-active-indicator-height: 10px;
      --mat-progress-bar-track-height: 10px;
      --mat-progress-bar-track-shape: 99px;
      border-radius: 99px;
    }
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(10rem, 16rem));
      gap: 0.75rem 1.5rem;
    }
    dt {
      color: var(--mat-sys-on-surface-variant);
      font-size: 0.8125rem;
    }
    dd {
      font-weight: 600;
    }
    .note {
      display: flex;
      align-items: center;
      gap: 0.625rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ImportProgress {
  readonly run = input.required<ImportView>();
  readonly isConnected = input(true);

  private readonly texts = inject(Texts);
  private readonly formats = inject(Formats);
  protected readonly t = this.texts.t;

  protected readonly share = computed(() => doneShare(this.run()));
  protected readonly percent = computed(() => this.formats.percent(this.share()));
  protected readonly rowsText = computed(() => {
    const { done, total } = this.run().rows;
    const { number } = this.formats;
    return this.texts.n('import.rows_done', total, { done: number(done), count: number(total) });
  });
  protected readonly speed = computed(() => {
    const speed = this.run().rows_per_second;
    return speed === null ? '—' : this.texts.n('import.rows_per_second', Math.round(speed));
  });
  protected readonly timeLeft = computed(() => {
    const seconds = this.run().seconds_left;
    return seconds === null ? '—' : this.formats.duration(Math.ceil(seconds));
  });
  protected readonly queueText = computed(() => {
    const position = this.run().queue_position;
    if (position === null || position <= 1) return this.texts.t('import.queue_next');
    return this.texts.n('import.queue_before', position - 1);
  });
  /** Changes every ten per cent: that is when a screen reader speaks. */
  protected readonly spoken = computed(() =>
    this.run().state === 'queued'
      ? this.queueText()
      : this.texts.t('import.spoken', { percent: this.formats.percent(spokenShare(this.share())) }),
  );
}
