import { ChangeDetectionStrategy, Component, ElementRef, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { type NewMember, type Role, ROLES } from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
import { type CallProblem, readProblem } from '../../http/call-problem';
import { isolate } from '../../i18n/format';
import { Texts } from '../../i18n/texts';
import { focusFirstError } from '../../ui/focus-first-error';
import { Note } from '../../ui/note';
import { ProblemNote } from '../../ui/problem-note';
import { SecretNote } from '../../ui/secret-note';
import { MembersApi } from './members-api';

export interface MemberDialogData {
  accountId: number;
}

/** Add somebody; when a sign-in was made for them, its password shows here, once. Closes with true when added. */
@Component({
  imports: [
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    Note,
    ProblemNote,
    ReactiveFormsModule,
    SecretNote,
  ],
  templateUrl: './member-dialog.html',
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
export class MemberDialog {
  private readonly api = inject(MembersApi);
  private readonly data = inject<MemberDialogData>(MAT_DIALOG_DATA);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly dialog = inject<MatDialogRef<MemberDialog, boolean>>(MatDialogRef);
  protected readonly t = inject(Texts).t;
  protected readonly isolate = isolate;
  protected readonly roles = ROLES;
  protected readonly roleText = (role: Role) => this.t(`roles.${role}`);

  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', Validators.required],
    email: ['', [Validators.required, Validators.email]],
    role: ['agent' as Role],
  });
  protected readonly isSending = signal(false);
  protected readonly problem = signal<CallProblem | null>(null);
  protected readonly added = signal<NewMember | null>(null);

  protected async save(): Promise<void> {
    this.problem.set(null);
    if (this.form.invalid) {
      this.form.markAllAsTouched();
      focusFirstError(this.host.nativeElement);
      return;
    }
    this.isSending.set(true);
    try {
      const added = await firstValueFrom(this.api.add(this.data.accountId, this.form.getRawValue()));
      if (added.password === undefined) this.dialog.close(true);
      // A click beside the dialog would lose the password for good.
      this.dialog.disableClose = true;
      this.added.set(added);
    } catch (error) {
      this.problem.set(readProblem(error));
    } finally {
      this.isSending.set(false);
    }
  }
}
