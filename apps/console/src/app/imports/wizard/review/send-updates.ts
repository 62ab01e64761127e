import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { DryRun } from '@ponte/contracts';
import { formatPhone } from '../../../contacts/format-phone';
import { Texts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';

type Update = DryRun['updates'][number];

const FIRST = 3;
const FIELDS = ['name', 'email'] as const;

/** Contacts that exist and would change: each with what is there and what would be. */
@Component({
  selector: 'ponte-send-updates',
  imports: [Icon, MatButtonModule],
  template: `
    <section class="card padded stack" aria-labelledby="updates">
      <h3 id="updates">{{ t('wizard_review.updates.title') }}</h3>
      <p class="quiet">
        {{ hasRepeated() ? t('wizard_review.updates.text_repeated') : t('wizard_review.updates.text') }}
      </p>
      <ul>
        @for (update of shown(); track update.row) {
          <li>
            <p>
              <strong
                ><bdi>{{ update.before.name }}</bdi></strong
              >
              <span class="quiet figures">{{ formatPhone(update.phone_number) }}</span>
            </p>
            <dl>
              @for (change of changes(update); track change.field) {
                <div>
                  <dt class="small quiet">{{ fieldName(change.field) }}</dt>
                  <dd>
                    <span class="visually-hidden">{{ t('wizard_review.updates.before') }}</span>
                    <bdi class="before">{{ change.before || t('wizard_values.blank') }}</bdi>
                    <ponte-icon name="next" />
                    <span class="visually-hidden">{{ t('wizard_review.updates.after') }}</span>
                    <bdi class="after">{{ change.after || t('wizard_values.blank') }}</bdi>
                  </dd>
                </div>
              }
            </dl>
          </li>
        }
      </ul>
      @if (hidden() > 0) {
        <div>
          <button matButton (click)="isAll.set(true)">{{ n('wizard_review.updates.more', hidden()) }}</button>
        </div>
      }
    </section>
  `,
  styles: `
    ul {
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
      gap: 0.25rem 1.5rem;
      padding-block: 0.625rem;
    }
    li + li {
      border-block-start: 1px solid var(--mat-sys-outline-variant);
    }
    li p {
      display: grid;
      align-content: start;
    }
    dl {
      display: grid;
      gap: 0.25rem;
    }
    dl > div {
      display: grid;
      grid-template-columns: 5rem minmax(0, 1fr);
      align-items: baseline;
    }
    dd {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0 0.5rem;
    }
    .before {
      color: var(--mat-sys-on-surface-variant);
    }
    .after {
      font-weight: 600;
    }
    ponte-icon {
      align-self: center;
      inline-size: 0.875rem;
      block-size: 0.875rem;
      color: var(--mat-sys-primary);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SendUpdates {
  private readonly texts = inject(Texts);
  protected readonly t = this.texts.t;
  protected readonly n = this.texts.n;
  protected readonly formatPhone = formatPhone;
  protected readonly fieldName = (field: (typeof FIELDS)[number]) => this.t(`fields.${field}`);
  readonly updates = input.required<readonly Update[]>();
  /** Rows of the file that change what an earlier row of it makes. */
  readonly hasRepeated = input(false);

  protected readonly isAll = signal(false);
  protected readonly shown = computed(() => this.updates().slice(0, this.isAll() ? undefined : FIRST));
  protected readonly hidden = computed(() => this.updates().length - this.shown().length);

  protected changes({ before, after }: Update) {
    return FIELDS.map((field) => ({ field, before: before[field], after: after[field] })).filter(
      (change) => change.before !== change.after,
    );
  }
}
