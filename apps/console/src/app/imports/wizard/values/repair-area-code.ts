import {
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { Texts } from '../../../i18n/texts';
import { readAreaCode } from './repair-read-area-code';

/** The area code of the numbers that came without one: typed and confirmed, never guessed. */
@Component({
  selector: 'ponte-repair-area-code',
  imports: [MatButtonModule, MatFormFieldModule, MatInputModule],
  template: `
    <form (submit)="$event.preventDefault(); confirm()" novalidate>
      <mat-form-field appearance="outline" subscriptSizing="dynamic">
        <mat-label>{{ t('wizard_values.area_code.label') }}</mat-label>
        <input
          #input
          matInput
          inputmode="numeric"
          maxlength="4"
          autocomplete="off"
          placeholder="11"
          [value]="typed()"
          [attr.aria-invalid]="isWrong()"
          [attr.aria-describedby]="isWrong() ? errorId : null"
          (input)="type(input.value)"
        />
      </mat-form-field>
      <button matButton="tonal" type="submit">
        {{
          read()
            ? t('wizard_values.area_code.use', { code: read() ?? '' })
            : t('wizard_values.area_code.use_blank')
        }}
      </button>
    </form>
    <p class="error small" role="alert" [id]="errorId">
      {{ isWrong() ? t('wizard_values.area_code.wrong') : '' }}
    </p>
  `,
  styles: `
    form {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.5rem 0.75rem;
    }
    mat-form-field {
      inline-size: 14rem;
    }
    form {
      padding-block-start: 0.25rem;
    }
    .error:not(:empty) {
      margin-block-start: 0.25rem;
      color: var(--mat-sys-error);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RepairAreaCode {
  private static count = 0;
  protected readonly errorId = `area-code-error-${RepairAreaCode.count++}`;
  protected readonly t = inject(Texts).t;
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('input');
  /** The one that is in use. */
  readonly code = input<string | null>(null);
  readonly confirmed = output<string>();

  protected readonly typed = linkedSignal(() => this.code() ?? '');
  protected readonly read = computed(() => readAreaCode(this.typed()));
  protected readonly isWrong = signal(false);

  /** Where the keyboard goes when the repair is asked for without a code. */
  focus(): void {
    this.field().nativeElement.focus();
  }

  protected type(text: string): void {
    this.typed.set(text);
    if (this.read() !== null) this.isWrong.set(false);
  }

  protected confirm(): void {
    const code = this.read();
    this.isWrong.set(code === null);
    if (code === null) this.focus();
    else this.confirmed.emit(code);
  }
}
