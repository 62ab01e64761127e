import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  untracked,
  viewChild,
} from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { PASSWORD_LENGTH, type PasswordResetView } from '@ponte/contracts';
import { firstValueFrom, tap } from 'rxjs';
import { EntryCode } from '../entry/entry-code';
import { EntryField } from '../entry/entry-field';
import { EntryNewPassword } from '../entry/entry-new-password';
import { LinkToken } from '../entry/link-token';
import { LinksApi } from '../entry/links-api';
import { loaded } from '../http/loaded';
import { sending } from '../http/sending';
import { Texts } from '../i18n/texts';
import { SessionStore } from '../session/session-store';
import { CallNote } from '../ui/call-note';
import { focusFirstError } from '../ui/focus-first-error';
import { ProblemNote } from '../ui/problem-note';

/** Sets a new password by the link that was sent, and signs in. A used or old link says so and offers another one. */
@Component({
  selector: 'ponte-reset-password',
  imports: [
    CallNote,
    EntryCode,
    EntryField,
    EntryNewPassword,
    MatButtonModule,
    ProblemNote,
    ReactiveFormsModule,
    RouterLink,
  ],
  templateUrl: './reset-password.html',
  styles: `
    :host {
      display: contents;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ResetPasswordPage {
  private readonly api = inject(LinksApi);
  private readonly token = inject(LinkToken).value;
  private readonly session = inject(SessionStore);
  private readonly router = inject(Router);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly t = inject(Texts).t;
  private readonly code = viewChild(EntryCode);
  protected readonly sending = sending();
  protected readonly link = loaded<PasswordResetView>();

  private readonly forms = inject(NonNullableFormBuilder);
  protected readonly form = this.forms.group({
    email: [''],
    password: ['', [Validators.required, Validators.minLength(PASSWORD_LENGTH.min)]],
    code: this.forms.control({ value: '', disabled: true }, Validators.required),
  });
  /** Opened without the part behind the `#`, used before, or too old. */
  protected readonly isOver = computed(
    () => this.token() === null || this.link.problem()?.code === 'link_invalid',
  );

  constructor() {
    effect(() => {
      this.token();
      untracked(() => this.find());
    });
  }

  protected find(): void {
    const token = this.token();
    this.link.clear();
    this.sending.reset();
    if (token !== null) this.link.load(this.api.findReset(token).pipe(tap((link) => this.prepare(link))));
  }

  protected async save(): Promise<void> {
    const token = this.token() ?? '';
    const { password, code } = this.form.getRawValue();
    const body = { token, password, ...(this.form.controls.code.enabled && { code }) };
    const isDone = await this.sending.send(this.form, async () =>
      this.session.enter(await firstValueFrom(this.api.useReset(body))),
    );
    if (isDone) await this.router.navigateByUrl('/');
    else this.answerRefusal();
  }

  private prepare({ email, has_second_factor }: PasswordResetView): void {
    this.form.reset({ email });
    if (has_second_factor) this.form.controls.code.enable();
    else this.form.controls.code.disable();
  }

  private answerRefusal(): void {
    switch (this.sending.problem()?.code) {
      case 'password_weak':
        this.form.controls.password.setErrors({ weak: true });
        focusFirstError(this.host);
        break;
      case 'second_factor_wrong':
        this.code()?.focus();
        break;
      case 'link_invalid':
        // Used in another window meanwhile.
        this.find();
        break;
    }
  }
}
