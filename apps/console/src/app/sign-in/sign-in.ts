import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { EntryCode } from '../entry/entry-code';
import { EntryDraft } from '../entry/entry-draft';
import { EntryField } from '../entry/entry-field';
import { sending } from '../http/sending';
import { Texts } from '../i18n/texts';
import { safeReturn } from '../session/safe-return';
import { SessionStore } from '../session/session-store';
import { CallNote } from '../ui/call-note';
import { Icon } from '../ui/icon';
import { Note } from '../ui/note';

/** E-mail and password, then the code of those who have a second factor. Never says whether an address is known. */
@Component({
  selector: 'ponte-sign-in',
  imports: [CallNote, EntryCode, EntryField, Icon, MatButtonModule, Note, ReactiveFormsModule, RouterLink],
  templateUrl: './sign-in.html',
  styles: `
    :host {
      display: contents;
    }
    .aside {
      font-weight: 550;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SignInPage {
  private readonly session = inject(SessionStore);
  private readonly router = inject(Router);
  private readonly draft = inject(EntryDraft);
  private readonly password = viewChild<EntryField>('password');
  private readonly code = viewChild(EntryCode);
  protected readonly t = inject(Texts).t;
  protected readonly sending = sending();

  /** From the address. */
  readonly return_to = input<string>();
  readonly expired = input<string>();

  private readonly forms = inject(NonNullableFormBuilder);
  protected readonly form = this.forms.group({
    email: [this.draft.email(), Validators.required],
    password: ['', Validators.required],
    // Takes part from the moment it is asked for.
    code: this.forms.control({ value: '', disabled: true }, Validators.required),
  });
  protected readonly needsCode = signal(false);
  protected readonly isExpired = computed(
    () => this.expired() === 'true' && this.sending.problem() === null && !this.sending.isSending(),
  );

  protected async signIn(): Promise<void> {
    const { email, password, code } = this.form.getRawValue();
    const body = { email, password, ...(this.needsCode() && { code }) };
    const isDone = await this.sending.send(this.form, () => this.session.signIn(body));
    if (isDone) {
      await this.router.navigateByUrl(safeReturn(this.return_to()));
      return;
    }
    switch (this.sending.problem()?.code) {
      case 'second_factor_needed':
        this.askForCode();
        break;
      case 'credentials_wrong':
        this.leaveCode();
        setTimeout(() => this.password()?.focus());
        break;
      case 'second_factor_wrong':
        this.code()?.focus();
        break;
    }
  }

  protected startOver(): void {
    this.leaveCode();
    this.sending.reset();
    this.form.controls.password.reset();
    setTimeout(() => this.password()?.focus());
  }

  protected keepAddress(): void {
    this.draft.email.set(this.form.getRawValue().email.trim());
  }

  /** The field gets the focus, not the heading: the code is new every 30 seconds. */
  private askForCode(): void {
    this.sending.reset();
    this.needsCode.set(true);
    this.form.controls.code.enable();
    setTimeout(() => this.code()?.focus());
  }

  private leaveCode(): void {
    this.needsCode.set(false);
    this.form.controls.code.reset();
    this.form.controls.code.disable();
  }
}
