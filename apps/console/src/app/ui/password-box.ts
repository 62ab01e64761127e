import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { type FormControl, ReactiveFormsModule } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { PASSWORD_LENGTH } from '@ponte/contracts';
import { Texts } from '../i18n/texts';
import { Icon } from './icon';

/** A password in a form of the console, shown on request. */
@Component({
  selector: 'ponte-password-box',
  imports: [Icon, MatButtonModule, MatFormFieldModule, MatInputModule, ReactiveFormsModule],
  template: `
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label>{{ label() }}</mat-label>
      <input
        matInput
        [type]="isShown() ? 'text' : 'password'"
        [formControl]="control()"
        [attr.autocomplete]="autocomplete()"
        [attr.maxlength]="max"
        [aria-describedby]="describedBy()"
        autocapitalize="none"
        spellcheck="false"
      />
      <button
        matIconButton
        matSuffix
        type="button"
        [attr.aria-label]="t(isShown() ? 'password.hide' : 'password.show')"
        [attr.aria-pressed]="isShown()"
        (click)="isShown.set(!isShown())"
      >
        <ponte-icon name="eye" />
      </button>
      @if (error()) {
        <mat-error>{{ error() }}</mat-error>
      }
    </mat-form-field>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PasswordBox {
  protected readonly t = inject(Texts).t;
  protected readonly max = PASSWORD_LENGTH.max;
  readonly label = input.required<string>();
  readonly control = input.required<FormControl<string>>();
  readonly autocomplete = input.required<'current-password' | 'new-password'>();
  readonly error = input('');
  readonly describedBy = input('');
  protected readonly isShown = signal(false);
}
