import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { formatPhone } from '../../../contacts/format-phone';
import { Formats } from '../../../i18n/formats';
import { Texts } from '../../../i18n/texts';
import { DUPLICATE_POLICIES, type DuplicatePolicy, type DuplicateView, type RowView } from '../wizard-types';

/** The rows of one phone number, which of them are sent, and another choice for this number alone. */
@Component({
  selector: 'ponte-duplicates-group',
  template: `
    <div class="head">
      <p>
        <strong class="figures">{{ phone() }}</strong>
        <span class="small quiet">{{ n('wizard_values.duplicates.rows', group().count) }}</span>
      </p>
      <select
        #select
        [attr.aria-label]="t('wizard_values.duplicates.policy_of', { phone: phone() })"
        [value]="own() ?? ''"
        (change)="decide(select.value)"
      >
        <option value="" [selected]="own() === null">{{ t('wizard_values.duplicates.as_all') }}</option>
        @for (each of policies; track each) {
          <option [value]="each" [selected]="own() === each">
            {{ policyText(each) }}
          </option>
        }
      </select>
    </div>
    <ul>
      @for (row of group().rows; track row.row) {
        <li [class]="row.state">
          <span class="line small quiet figures">{{
            t('wizard_values.line', { line: number(row.line) })
          }}</span>
          <span>
            <bdi>{{ row.fields.name.after || '—' }}</bdi>
            @if (row.fields.email.after; as email) {
              <bdi class="quiet"> · {{ email }}</bdi>
            }
            @if (row.state !== 'ready') {
              <span class="small quiet"> · {{ stateText(row.state) }}</span>
            }
          </span>
        </li>
      }
    </ul>
    @if (hidden() > 0) {
      <p class="small quiet">{{ n('wizard_values.duplicates.more_rows', hidden()) }}</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.375rem;
      padding: 0.75rem 1.25rem;
    }
    .head {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: 0.5rem 1rem;
    }
    .head p {
      display: flex;
      gap: 0.75rem;
      align-items: baseline;
    }
    select {
      min-block-size: 2.5rem;
      inline-size: 26rem;
      max-inline-size: 100%;
      padding: 0.25rem 0.75rem;
      border: 1px solid var(--mat-sys-outline);
      border-radius: 10px;
      background: var(--mat-sys-surface-container-lowest);
      color: inherit;
      font: inherit;
    }
    ul {
      display: grid;
      gap: 0.125rem;
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: 5.5rem minmax(0, 1fr);
      gap: 0.5rem;
      align-items: baseline;
    }
    .merged bdi,
    .left_out bdi {
      text-decoration: line-through;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DuplicatesGroup {
  private readonly texts = inject(Texts);
  protected readonly t = this.texts.t;
  protected readonly n = this.texts.n;
  protected readonly number = inject(Formats).number;
  protected readonly policies = DUPLICATE_POLICIES;
  protected readonly policyText = (policy: DuplicatePolicy) =>
    this.t(`wizard_values.duplicates.policies.${policy}`);
  protected readonly stateText = (state: RowView['state']) => this.t(`wizard_values.rows.states.${state}`);

  readonly group = input.required<DuplicateView>();
  /** The choice for this number, where it differs from the one for all. */
  readonly own = input<DuplicatePolicy | null>(null);
  readonly decided = output<DuplicatePolicy | null>();

  protected readonly phone = computed(() => formatPhone(this.group().phone));
  protected readonly hidden = computed(() => this.group().count - this.group().rows.length);

  protected decide(value: string): void {
    this.decided.emit(DUPLICATE_POLICIES.find((policy) => policy === value) ?? null);
  }
}
