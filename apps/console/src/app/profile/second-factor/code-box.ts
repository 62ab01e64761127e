import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { type FormControl, ReactiveFormsModule } from '@angular/forms';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { Texts } from '../../i18n/texts';

/** The code of the authenticator; where a recovery code does as well, the hint says so. */
@Component({
  selector: 'ponte-code-box',
  imports: [MatFormFieldModule, MatInputModule, ReactiveFormsModule],
  template: `
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label>{{ t('code.label') }}</mat-label>
      <input
        matInput
        [formControl]="control()"
        autocomplete="one-time-code"
        autocapitalize="none"
        spellcheck="false"
        maxlength="40"
      />
      @if (hint()) {
        <mat-hint>{{ hint() }}</mat-hint>
      }
      <mat-error>{{ t('code.missing') }}</mat-error>
    </mat-form-field>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CodeBox {
  protected readonly t = inject(Texts).t;
  readonly control = input.required<FormControl<string>>();
  readonly hint = input('');
}
