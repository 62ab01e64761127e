import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { Router } from '@angular/router';
import { sending } from '../../http/sending';
import { Texts } from '../../i18n/texts';
import { SessionStore } from '../../session/session-store';
import { CallNote } from '../../ui/call-note';
import { Notices } from '../../ui/notices';
import { PasswordBox } from '../../ui/password-box';
import { CodeBox } from '../second-factor/code-box';

/** Deletes the person who is signed in, after their password and, where they have one, their second factor. */
@Component({
  imports: [CallNote, CodeBox, MatButtonModule, MatDialogModule, PasswordBox, ReactiveFormsModule],
  template: `
    <form [formGroup]="form" (ngSubmit)="send()" novalidate>
      <h2 mat-dialog-title>{{ t('delete_profile.ask_title') }}</h2>
      <mat-dialog-content>
        <p>{{ t('delete_profile.ask_text') }}</p>
        <ponte-call-note [problem]="sending.problem()" />
        <ponte-password-box
          autocomplete="current-password"
          [label]="t('profile.current_password')"
          [control]="form.controls.current_password"
          [error]="t('profile.current_missing')"
        />
        @if (form.controls.code.enabled) {
          <ponte-code-box [control]="form.controls.code" [hint]="t('second_factor.code_hint')" />
        }
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" mat-dialog-close>{{ t('actions.cancel') }}</button>
        <button
          matButton="filled"
          class="danger"
          type="submit"
          [disabled]="sending.isSending()"
          disabledInteractive
        >
          {{ t('delete_profile.action') }}
        </button>
      </mat-dialog-actions>
    </form>
  `,
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
export class DeleteDialog {
  private readonly session = inject(SessionStore);
  private readonly router = inject(Router);
  private readonly notices = inject(Notices);
  private readonly dialog = inject<MatDialogRef<DeleteDialog>>(MatDialogRef);
  protected readonly t = inject(Texts).t;
  protected readonly sending = sending();
  private readonly forms = inject(NonNullableFormBuilder);
  protected readonly form = this.forms.group({
    current_password: ['', Validators.required],
    code: this.forms.control(
      { value: '', disabled: this.session.user()?.has_second_factor !== true },
      Validators.required,
    ),
  });

  protected async send(): Promise<void> {
    const { current_password, code } = this.form.getRawValue();
    const body = { current_password, ...(this.form.controls.code.enabled && { code }) };
    if (!(await this.sending.send(this.form, () => this.session.deleteProfile(body)))) return;
    this.dialog.close();
    await this.router.navigateByUrl('/sign-in');
    this.notices.done(this.t('delete_profile.done'));
  }
}
