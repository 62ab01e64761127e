import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  output,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Texts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { EditWords } from './edit-words';
import type { ValueView } from '../wizard-types';

/** One value that does not pass, and what it is to be replaced by. Enter applies. */
@Component({
  selector: 'ponte-problem-value',
  imports: [Icon, MatButtonModule],
  template: `
    <form (submit)="$event.preventDefault(); apply()">
      <span class="count figures quiet small">{{ n('wizard_values.edits.rows', value().rows) }}</span>
      <bdi [class.quiet]="isBlank()">{{ isBlank() ? t('wizard_values.blank') : value().value }}</bdi>
      <ponte-icon name="next" />
      <input
        #input
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        [attr.inputmode]="value().field === 'phone_number' ? 'tel' : 'text'"
        [placeholder]="t('wizard_values.problems.replace_by') + '…'"
        [attr.aria-label]="t('wizard_values.problems.replace_value', { value: words.quote(value().value) })"
        [value]="typed()"
        (input)="typed.set(input.value)"
      />
      @if (isChanged()) {
        <button matButton="tonal" type="submit" [attr.aria-label]="applyName()">
          {{ t('wizard_values.problems.apply') }}
        </button>
      }
    </form>
  `,
  styles: `
    form {
      display: grid;
      grid-template-columns: 6.5rem minmax(6rem, 22rem) auto minmax(8rem, 22rem) minmax(6rem, auto);
      align-items: center;
      gap: 0.5rem 0.75rem;
      padding: 0.375rem 1.25rem;
    }
    .count {
      text-align: end;
    }
    bdi {
      font-weight: 600;
      white-space: pre-wrap;
    }
    ponte-icon {
      inline-size: 1rem;
      block-size: 1rem;
      color: var(--mat-sys-on-surface-variant);
    }
    input {
      inline-size: 100%;
      min-inline-size: 0;
      min-block-size: 2.75rem;
      padding: 0.25rem 0.75rem;
      border: 1px solid var(--mat-sys-outline);
      border-radius: 10px;
      background: var(--mat-sys-surface-container-lowest);
      color: inherit;
      font: inherit;
    }
    @media (max-width: 47.99rem) {
      form {
        grid-template-columns: minmax(0, 1fr) auto;
        padding-block: 0.75rem;
      }
      input:last-child {
        grid-column: 1 / -1;
      }
      .count {
        order: -1;
        grid-column: 2;
      }
      bdi {
        order: -2;
      }
      ponte-icon {
        display: none;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProblemValue {
  private readonly texts = inject(Texts);
  protected readonly words = inject(EditWords);
  protected readonly t = this.texts.t;
  protected readonly n = this.texts.n;

  readonly value = input.required<ValueView>();
  readonly replaced = output<string>();

  private readonly text = computed(() => this.value().value);
  /** Begins with the value itself: most often a part of it is right. */
  protected readonly typed = linkedSignal(() => this.text());
  protected readonly isBlank = computed(() => this.text().trim() === '');
  protected readonly isChanged = computed(() => this.typed() !== this.text());
  protected readonly applyName = computed(() =>
    this.texts.n('wizard_values.problems.apply_value', this.value().rows, {
      value: this.words.quote(this.text()),
    }),
  );

  protected apply(): void {
    if (this.isChanged()) this.replaced.emit(this.typed());
  }
}
