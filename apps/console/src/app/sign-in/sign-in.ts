import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { Router } from '@angular/router';
import { type CallProblem, readProblem } from '../http/call-problem';
import { Texts } from '../i18n/texts';
import { SessionStore } from '../session/session-store';
import { Brand } from '../shell/brand';
import { LanguageMenu } from '../shell/language-menu';
import { ThemeMenu } from '../shell/theme-menu';
import { focusFirstError } from '../ui/focus-first-error';
import { Note } from '../ui/note';
import { ProblemNote } from '../ui/problem-note';

/** An address inside the console; anything else would be somebody's way to lead people elsewhere. */
export function safeReturn(address: string | undefined): string {
  return address && /^\/(?![/\\])/.test(address) && !address.startsWith('/sign-in') ? address : '/';
}

@Component({
  selector: 'ponte-sign-in',
  imports: [
    Brand,
    LanguageMenu,
    MatButtonModule,
    MatFormFieldModule,
    MatInputModule,
    Note,
    ProblemNote,
    ReactiveFormsModule,
    ThemeMenu,
  ],
  templateUrl: './sign-in.html',
  styleUrl: './sign-in.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SignInPage {
  private readonly session = inject(SessionStore);
  private readonly router = inject(Router);
  private readonly forms = inject(NonNullableFormBuilder);
  protected readonly t = inject(Texts).t;

  /** From the address. */
  readonly return_to = input<string>();
  readonly expired = input<string>();

  protected readonly form = this.forms.group({
    email: ['', Validators.required],
    password: ['', Validators.required],
  });
  protected readonly problem = signal<CallProblem | null>(null);
  protected readonly isSending = signal(false);
  protected readonly isExpired = computed(() => this.expired() === 'true' && this.problem() === null);

  protected async signIn(page: HTMLElement): Promise<void> {
    this.problem.set(null);
    if (this.form.invalid) {
      this.form.markAllAsTouched();
      focusFirstError(page);
      return;
    }
    this.isSending.set(true);
    try {
      await this.session.signIn(this.form.getRawValue());
      await this.router.navigateByUrl(safeReturn(this.return_to()));
    } catch (error) {
      this.problem.set(readProblem(error));
    } finally {
      this.isSending.set(false);
    }
  }
}
