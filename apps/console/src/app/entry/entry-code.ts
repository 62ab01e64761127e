import { ChangeDetectionStrategy, Component, inject, input, signal, viewChild } from '@angular/core';
import type { FormControl } from '@angular/forms';
import { Texts } from '../i18n/texts';
import { EntryField } from './entry-field';

/** The code of the second factor: from the authenticator, or one of the recovery codes. */
@Component({
  selector: 'ponte-entry-code',
  imports: [EntryField],
  template: `
    <p class="quiet">{{ t(isRecovery() ? 'code.recovery_text' : 'code.text') }}</p>
    <ponte-entry-field
      [label]="t(isRecovery() ? 'code.recovery' : 'code.label')"
      [control]="control()"
      [autocomplete]="isRecovery() ? 'off' : 'one-time-code'"
      [inputmode]="isRecovery() ? null : 'numeric'"
      [maxlength]="40"
      [wasSent]="wasSent()"
      [error]="t('code.missing')"
    />
    <button type="button" class="link small" (click)="swap()">
      {{ t(isRecovery() ? 'code.use_app' : 'code.use_recovery') }}
    </button>
  `,
  styles: `
    :host {
      display: grid;
      gap: 1rem;
      justify-items: start;
    }
    ponte-entry-field {
      inline-size: 100%;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EntryCode {
  protected readonly t = inject(Texts).t;
  private readonly field = viewChild.required(EntryField);
  readonly control = input.required<FormControl<string>>();
  readonly wasSent = input(false);
  protected readonly isRecovery = signal(false);

  focus(): void {
    this.field().focus();
  }

  protected swap(): void {
    this.isRecovery.update((isOn) => !isOn);
    this.control().setValue('');
    this.focus();
  }
}
