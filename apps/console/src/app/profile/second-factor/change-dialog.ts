import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';
import { sending } from '../../http/sending';
import { Texts } from '../../i18n/texts';
import { CallNote } from '../../ui/call-note';
import { PasswordBox } from '../../ui/password-box';
import { CodeBox } from './code-box';
import { RecoveryCodesList } from './recovery-codes';
import { SecondFactorApi } from './second-factor-api';

export type SecondFactorChange = 'turn_off' | 'new_codes';

/** Turns the second factor off, or makes new recovery codes. Closes with true when that happened. */
@Component({
  imports: [
    CallNote,
    CodeBox,
    MatButtonModule,
    MatDialogModule,
    PasswordBox,
    ReactiveFormsModule,
    RecoveryCodesList,
  ],
  templateUrl: './change-dialog.html',
  styles: `
    form {
      display: contents;
    }
    mat-dialog-content {
      display: grid;
      gap: 1rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChangeDialog {
  private readonly api = inject(SecondFactorApi);
  private readonly dialog = inject<MatDialogRef<ChangeDialog, boolean>>(MatDialogRef);
  protected readonly change = inject<SecondFactorChange>(MAT_DIALOG_DATA);
  protected readonly t = inject(Texts).t;
  protected readonly sending = sending();
  protected readonly codes = signal<readonly string[] | null>(null);
  private readonly forms = inject(NonNullableFormBuilder);
  protected readonly form = this.forms.group({
    current_password: this.forms.control(
      { value: '', disabled: this.change === 'new_codes' },
      Validators.required,
    ),
    code: ['', Validators.required],
  });

  protected async send(): Promise<void> {
    const body = this.form.getRawValue();
    if (this.change === 'turn_off') {
      if (await this.sending.send(this.form, () => firstValueFrom(this.api.turnOff(body))))
        this.dialog.close(true);
      return;
    }
    const isDone = await this.sending.send(this.form, async () =>
      this.codes.set((await firstValueFrom(this.api.newRecoveryCodes(body.code))).recovery_codes),
    );
    // A click beside the dialog would lose the codes for good.
    if (isDone) this.dialog.disableClose = true;
  }
}
