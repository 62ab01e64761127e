import { ChangeDetectionStrategy, Component, ElementRef, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { type Role, ROLES } from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
import { type CallProblem, readProblem } from '../../http/call-problem';
import { Texts } from '../../i18n/texts';
import { focusFirstError } from '../../ui/focus-first-error';
import { ProblemNote } from '../../ui/problem-note';
import { MembersApi } from './members-api';

export interface MemberDialogData {
  accountId: number;
}

/** Invites a person by e-mail. Closes with true when the invitation is written. */
@Component({
  imports: [
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    ProblemNote,
    ReactiveFormsModule,
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
  protected readonly roles = ROLES;
  protected readonly roleText = (role: Role) => this.t(`roles.${role}`);

  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', Validators.required],
    email: ['', [Validators.required, Validators.email]],
    role: ['agent' as Role],
  });
  protected readonly isSending = signal(false);
  protected readonly problem = signal<CallProblem | null>(null);

  protected async save(): Promise<void> {
    this.problem.set(null);
    if (this.form.invalid) {
      this.form.markAllAsTouched();
      focusFirstError(this.host.nativeElement);
      return;
    }
    this.isSending.set(true);
    try {
      await firstValueFrom(this.api.add(this.data.accountId, this.form.getRawValue()));
      this.dialog.close(true);
    } catch (error) {
      this.problem.set(readProblem(error));
    } finally {
      this.isSending.set(false);
    }
  }
}
