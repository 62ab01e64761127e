import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { FormGroupDirective, NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { PASSWORD_LENGTH } from '@ponte/contracts';
import { sending } from '../http/sending';
import { Texts } from '../i18n/texts';
import { SessionStore } from '../session/session-store';
import { CallNote } from '../ui/call-note';
import { focusFirstError } from '../ui/focus-first-error';
import { Notices } from '../ui/notices';
import { PasswordBox } from '../ui/password-box';
import { PasswordStrength } from '../ui/password-strength';

/** Another password. It ends the other sessions and, unless declined, the access tokens. */
@Component({
  selector: 'ponte-password-form',
  imports: [CallNote, MatButtonModule, PasswordBox, PasswordStrength, ReactiveFormsModule],
  templateUrl: './password-form.html',
  styles: `
    label {
      display: flex;
      align-items: center;
      gap: 0.625rem;
      min-block-size: 2.25rem;
    }
    input {
      flex: none;
      inline-size: 1.125rem;
      block-size: 1.125rem;
      margin: 0;
      accent-color: var(--mat-sys-primary);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PasswordForm {
  private readonly session = inject(SessionStore);
  private readonly notices = inject(Notices);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly directive = viewChild.required(FormGroupDirective);
  protected readonly t = inject(Texts).t;
  protected readonly sending = sending();
  protected readonly rules = this.t('password.rules', { count: PASSWORD_LENGTH.min });
  protected readonly email = computed(() => this.session.user()?.email ?? '');
  protected readonly form = inject(NonNullableFormBuilder).group({
    current_password: ['', Validators.required],
    password: ['', [Validators.required, Validators.minLength(PASSWORD_LENGTH.min)]],
    keep_tokens: [false],
  });
  private readonly changes = toSignal(this.form.events);
  protected readonly password = computed(() => (this.changes(), this.form.controls.password.value));
  protected readonly isWeak = computed(() => (this.changes(), this.form.controls.password.hasError('weak')));
  protected readonly isWrong = computed(
    () => (this.changes(), this.form.controls.current_password.hasError('wrong')),
  );

  protected async save(): Promise<void> {
    const body = this.form.getRawValue();
    if (await this.sending.send(this.form, () => this.session.updateProfile(body))) {
      this.sending.reset();
      this.directive().resetForm();
      this.notices.done(
        this.t(body.keep_tokens ? 'profile.password_changed_kept' : 'profile.password_changed'),
      );
      return;
    }
    const { current_password, password } = this.form.controls;
    const code = this.sending.problem()?.code;
    if (code === 'password_wrong') current_password.setErrors({ wrong: true });
    else if (code === 'password_weak') password.setErrors({ weak: true });
    else return;
    focusFirstError(this.host);
  }
}
