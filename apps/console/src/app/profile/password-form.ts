import { ChangeDetectionStrategy, Component, ElementRef, inject, signal, viewChild } from '@angular/core';
import { FormGroupDirective, NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { type CallProblem, readProblem } from '../http/call-problem';
import { Texts } from '../i18n/texts';
import { SessionStore } from '../session/session-store';
import { focusFirstError } from '../ui/focus-first-error';
import { Notices } from '../ui/notices';
import { ProblemNote } from '../ui/problem-note';

const MIN_LENGTH = 10;

@Component({
  selector: 'ponte-password-form',
  imports: [MatButtonModule, MatFormFieldModule, MatInputModule, ProblemNote, ReactiveFormsModule],
  template: `
    <form class="card padded stack" [formGroup]="form" (ngSubmit)="save()" novalidate>
      <h2>{{ t('profile.change_password') }}</h2>
      @if (problem(); as problem) {
        <ponte-problem-note [problem]="problem" />
      }
      <mat-form-field appearance="outline">
        <mat-label>{{ t('profile.current_password') }}</mat-label>
        <input
          matInput
          type="password"
          formControlName="current_password"
          autocomplete="current-password"
          maxlength="200"
        />
        <mat-error>
          {{
            form.controls.current_password.hasError('wrong')
              ? t('problems.password_wrong')
              : t('profile.current_missing')
          }}
        </mat-error>
      </mat-form-field>
      <mat-form-field appearance="outline">
        <mat-label>{{ t('profile.new_password') }}</mat-label>
        <input
          matInput
          type="password"
          formControlName="password"
          autocomplete="new-password"
          maxlength="200"
        />
        <mat-hint>{{ t('profile.password_hint', { count: minLength }) }}</mat-hint>
        <mat-error>{{ t('profile.password_hint', { count: minLength }) }}</mat-error>
      </mat-form-field>
      <div>
        <button matButton="filled" type="submit" [disabled]="isSending()">
          {{ t('profile.change_password') }}
        </button>
      </div>
    </form>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PasswordForm {
  private readonly session = inject(SessionStore);
  private readonly notices = inject(Notices);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly directive = viewChild.required(FormGroupDirective);
  protected readonly t = inject(Texts).t;
  protected readonly minLength = MIN_LENGTH;
  protected readonly form = inject(NonNullableFormBuilder).group({
    current_password: ['', Validators.required],
    password: ['', [Validators.required, Validators.minLength(MIN_LENGTH)]],
  });
  protected readonly problem = signal<CallProblem | null>(null);
  protected readonly isSending = signal(false);

  protected async save(): Promise<void> {
    this.problem.set(null);
    if (this.form.invalid) {
      focusFirstError(this.host.nativeElement);
      return;
    }
    this.isSending.set(true);
    try {
      await this.session.updateProfile(this.form.getRawValue());
      this.directive().resetForm();
      this.notices.done(this.t('profile.password_changed'));
    } catch (error) {
      const problem = readProblem(error);
      if (problem.code === 'password_wrong') {
        this.form.controls.current_password.setErrors({ wrong: true });
        focusFirstError(this.host.nativeElement);
      } else this.problem.set(problem);
    } finally {
      this.isSending.set(false);
    }
  }
}
