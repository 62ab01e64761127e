import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { type Role, ROLES } from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
import { sending } from '../../http/sending';
import { Texts } from '../../i18n/texts';
import { CallNote } from '../../ui/call-note';
import { InvitationsApi } from './invitations-api';

export interface InviteDialogData {
  accountId: number;
}

/** Invites a person by e-mail. Closes with true when the invitation is written. */
@Component({
  imports: [
    CallNote,
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    ReactiveFormsModule,
  ],
  templateUrl: './invite-dialog.html',
  styles: `
    form {
      display: contents;
    }
    mat-dialog-content {
      display: grid;
      gap: 0.5rem;
      padding-block-start: 0.5rem !important;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InviteDialog {
  private readonly api = inject(InvitationsApi);
  private readonly data = inject<InviteDialogData>(MAT_DIALOG_DATA);
  private readonly dialog = inject<MatDialogRef<InviteDialog, boolean>>(MatDialogRef);
  protected readonly t = inject(Texts).t;
  protected readonly roles = ROLES;
  protected readonly roleText = (role: Role) => this.t(`roles.${role}`);

  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', Validators.required],
    email: ['', [Validators.required, Validators.email]],
    role: ['agent' as Role],
  });
  protected readonly sending = sending();

  protected async save(): Promise<void> {
    const call = () => firstValueFrom(this.api.invite(this.data.accountId, this.form.getRawValue()));
    if (await this.sending.send(this.form, call)) this.dialog.close(true);
  }
}
