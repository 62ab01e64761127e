import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import type { RepairCode } from '@ponte/contacts';
import { formatPhone } from '../../../contacts/format-phone';
import { Formats } from '../../../i18n/formats';
import { Texts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { leftBehind } from './repair-left-behind';
import type { RepairExample } from '../wizard-types';

/** Up to three values of the file as they are and as they would be, each with its line. */
@Component({
  selector: 'ponte-repair-examples',
  imports: [Icon],
  template: `
    <ul class="figures" [attr.aria-label]="t('wizard_values.repairs.examples')">
      @for (example of examples(); track $index) {
        <li>
          <span class="line small quiet">{{ t('wizard_values.line', { line: number(example.line) }) }}</span>
          <span class="values">
            <bdi class="before">{{ example.before || t('wizard_values.blank') }}</bdi>
            <ponte-icon name="next" />
            <span class="visually-hidden">{{ t('wizard_values.becomes') }}</span>
            <bdi class="after">{{ after(example) }}</bdi>
            @if (numbers(example); as numbers) {
              <span class="small quiet">{{ t('wizard_values.repairs.left_behind', { numbers }) }}</span>
            }
          </span>
        </li>
      }
    </ul>
  `,
  styles: `
    ul {
      display: grid;
      gap: 0.25rem;
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: 5.5rem minmax(0, 1fr);
      align-items: baseline;
      gap: 0.5rem;
    }
    .values {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0.125rem 0.5rem;
    }
    .before {
      color: var(--mat-sys-on-surface-variant);
    }
    .after {
      font-weight: 600;
    }
    ponte-icon {
      inline-size: 0.875rem;
      block-size: 0.875rem;
      align-self: center;
      color: var(--mat-sys-primary);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RepairExamples {
  readonly examples = input.required<readonly RepairExample[]>();
  readonly code = input<RepairCode | null>(null);
  protected readonly t = inject(Texts).t;
  protected readonly number = inject(Formats).number;

  protected after({ field, after }: RepairExample): string {
    if (after === '') return this.t('wizard_values.blank');
    return field === 'phone_number' ? formatPhone(after) : after;
  }

  protected numbers({ before, after }: RepairExample): string | null {
    if (this.code() !== 'phone_take_first') return null;
    return leftBehind(before, after).join(', ') || null;
  }
}
