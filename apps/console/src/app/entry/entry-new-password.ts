import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import type { FormControl } from '@angular/forms';
import { PASSWORD_LENGTH } from '@ponte/contracts';
import { switchMap } from 'rxjs';
import { Texts } from '../i18n/texts';
import { PasswordStrength } from '../ui/password-strength';
import { EntryField } from './entry-field';

/** A new password on an entry page, with the bar that says how long it is. */
@Component({
  selector: 'ponte-entry-new-password',
  imports: [EntryField, PasswordStrength],
  template: `
    <ponte-entry-field
      type="password"
      autocomplete="new-password"
      describedBy="new-password-strength"
      [maxlength]="max"
      [label]="label()"
      [control]="control()"
      [wasSent]="wasSent()"
      [error]="isWeak() ? '' : t('password.rules', { count: min })"
    />
    <ponte-password-strength [password]="password()" [isWeak]="isWeak()" describes="new-password-strength" />
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EntryNewPassword {
  protected readonly t = inject(Texts).t;
  protected readonly min = PASSWORD_LENGTH.min;
  protected readonly max = PASSWORD_LENGTH.max;
  readonly label = input.required<string>();
  readonly control = input.required<FormControl<string>>();
  readonly wasSent = input(false);

  private readonly changes = toSignal(toObservable(this.control).pipe(switchMap(({ events }) => events)));
  protected readonly password = computed(() => (this.changes(), this.control().value));
  protected readonly isWeak = computed(() => (this.changes(), this.control().hasError('weak')));
}
