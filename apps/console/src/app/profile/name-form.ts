import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { type CallProblem, readProblem } from '../http/call-problem';
import { Texts } from '../i18n/texts';
import { SessionStore } from '../session/session-store';
import { Notices } from '../ui/notices';
import { ProblemNote } from '../ui/problem-note';

@Component({
  selector: 'ponte-name-form',
  imports: [MatButtonModule, MatFormFieldModule, MatInputModule, ProblemNote, ReactiveFormsModule],
  template: `
    <form class="card padded stack" [formGroup]="form" (ngSubmit)="save()" novalidate>
      <h2>{{ t('profile.who') }}</h2>
      @if (problem(); as problem) {
        <ponte-problem-note [problem]="problem" />
      }
      <p class="quiet">
        {{ t('fields.email') }}: <bdi>{{ session.user()?.email }}</bdi>
      </p>
      <mat-form-field appearance="outline">
        <mat-label>{{ t('fields.name') }}</mat-label>
        <input matInput formControlName="name" autocomplete="name" maxlength="255" dir="auto" />
        <mat-error>{{ t('rejections.name_missing') }}</mat-error>
      </mat-form-field>
      <div>
        <button matButton="filled" type="submit" [disabled]="isSending()">{{ t('actions.save') }}</button>
      </div>
    </form>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NameForm {
  private readonly notices = inject(Notices);
  protected readonly session = inject(SessionStore);
  protected readonly t = inject(Texts).t;
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: [this.session.user()?.name ?? '', [Validators.required, Validators.pattern(/\S/)]],
  });
  protected readonly problem = signal<CallProblem | null>(null);
  protected readonly isSending = signal(false);

  protected async save(): Promise<void> {
    this.problem.set(null);
    if (this.form.invalid) return;
    this.isSending.set(true);
    try {
      await this.session.updateProfile({ name: this.form.getRawValue().name.trim() });
      this.notices.done(this.t('profile.saved'));
    } catch (error) {
      this.problem.set(readProblem(error));
    } finally {
      this.isSending.set(false);
    }
  }
}
