import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { ImportView } from '@ponte/contracts';
import { Formats } from '../i18n/formats';
import { Texts } from '../i18n/texts';
import { ROW_OUTCOMES, type RowOutcome, rowSum } from './import-figures';
import { isEnded } from '../runs/is-ended';

/** The one sum that closes: rows = created + updated + unchanged + skipped + rejected. */
@Component({
  selector: 'ponte-import-sum',
  template: `
    <section class="card" aria-labelledby="sum">
      <h2 id="sum" class="visually-hidden">{{ t('sum.title') }}</h2>
      <dl class="figures" [style.--digits]="digits()">
        <div class="total">
          <dt>{{ ended() ? t('sum.rows') : t('sum.rows_so_far') }}</dt>
          <dd>{{ number(total()) }}</dd>
        </div>
        @for (outcome of outcomes; track outcome; let isFirst = $first) {
          <div [class]="outcome" [class.zero]="run().rows[outcome] === 0">
            <span class="sign" aria-hidden="true">{{ isFirst ? '=' : '+' }}</span>
            <dt>{{ name(outcome) }}</dt>
            <dd>{{ number(run().rows[outcome]) }}</dd>
          </div>
        }
      </dl>
    </section>
  `,
  styles: `
    dl {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      padding: 0.5rem 1.25rem;
    }
    dl > div {
      position: relative;
      display: grid;
      grid-template-columns: 1.25rem 1fr auto;
      align-items: baseline;
      padding-block: 0.5rem;
    }
    dl > div + div {
      border-block-start: 1px solid var(--mat-sys-outline-variant);
    }
    dt {
      grid-column: 2;
      grid-row: 1;
      color: var(--mat-sys-on-surface-variant);
    }
    dd {
      grid-column: 3;
      grid-row: 1;
      font-size: 1.125rem;
      font-weight: 700;
    }
    .sign {
      grid-column: 1;
      grid-row: 1;
      color: var(--mat-sys-on-surface-variant);
      font-weight: 600;
    }
    .created:not(.zero) dd {
      color: var(--ponte-good);
    }
    .failed:not(.zero) dd {
      color: var(--mat-sys-error);
    }
    .zero dd {
      color: var(--mat-sys-on-surface-variant);
      font-weight: 500;
    }
    @media (min-width: 56rem) {
      dl {
        grid-template-columns: repeat(6, minmax(0, 1fr));
        padding: 1.25rem 1.5rem;
      }
      dl > div {
        grid-template-columns: minmax(0, 1fr);
        padding: 0 0 0 2rem;
      }
      dl > div + div {
        border: 0;
      }
      .total {
        padding: 0 !important;
      }
      dt,
      dd {
        grid-column: 1;
        grid-row: auto;
      }
      dd {
        font-size: clamp(1.25rem, 1.9vw, 1.875rem);
        letter-spacing: -0.02em;
        line-height: 1.2;
      }
      .sign {
        grid-area: auto;
        position: absolute;
        inset-block-end: 0.125rem;
        inset-inline-start: 0.5rem;
        font-size: 1.25rem;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ImportSum {
  readonly run = input.required<ImportView>();
  protected readonly t = inject(Texts).t;
  protected readonly number = inject(Formats).number;
  protected readonly outcomes = ROW_OUTCOMES;
  protected readonly name = (outcome: RowOutcome) => this.t(`outcomes.${outcome}`);
  protected readonly ended = computed(() => isEnded(this.run().state));
  protected readonly total = computed(() => (this.ended() ? this.run().rows.total : rowSum(this.run().rows)));
  protected readonly digits = computed(() => this.number(this.run().rows.total).length);
}
