import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { ReactiveFormsModule } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import type { ReceivedInvitation, Role } from '@ponte/contracts';
import { firstValueFrom, tap } from 'rxjs';
import { EntryCode } from '../entry/entry-code';
import { EntryDraft } from '../entry/entry-draft';
import { EntryField } from '../entry/entry-field';
import { EntryNewPassword } from '../entry/entry-new-password';
import { focusHeading } from '../entry/focus-heading';
import { LinkToken } from '../entry/link-token';
import { LinksApi } from '../entry/links-api';
import { loaded } from '../http/loaded';
import { sending } from '../http/sending';
import { isolate } from '../i18n/format';
import { Formats } from '../i18n/formats';
import { Texts } from '../i18n/texts';
import { SessionStore } from '../session/session-store';
import { CallNote } from '../ui/call-note';
import { Confirm } from '../ui/confirm';
import { focusFirstError } from '../ui/focus-first-error';
import { Note } from '../ui/note';
import { ProblemNote } from '../ui/problem-note';
import { acceptanceOf, askOf, invitationForm } from './invitation-form';
import { initialsOf, joinedAccount, readerOf } from './invitation-reader';

/** An invitation: who invites whom into which account, and how this reader joins. */
@Component({
  selector: 'ponte-invitation',
  imports: [
    CallNote,
    EntryCode,
    EntryField,
    EntryNewPassword,
    MatButtonModule,
    Note,
    ProblemNote,
    ReactiveFormsModule,
    RouterLink,
  ],
  templateUrl: './invitation.html',
  styleUrl: './invitation.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InvitationPage {
  private readonly api = inject(LinksApi);
  private readonly token = inject(LinkToken).value;
  private readonly draft = inject(EntryDraft);
  private readonly session = inject(SessionStore);
  private readonly router = inject(Router);
  private readonly confirm = inject(Confirm);
  private readonly texts = inject(Texts);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly code = viewChild(EntryCode);
  protected readonly day = inject(Formats).day;
  protected readonly t = this.texts.t;
  protected readonly isolate = isolate;
  protected readonly roleText = (role: Role) => this.t(`roles.${role}`);

  protected readonly sending = sending();
  protected readonly found = loaded<ReceivedInvitation>();
  protected readonly form = invitationForm();
  protected readonly needsCode = signal(false);
  protected readonly isDeclined = signal(false);
  protected readonly isOver = computed(
    () => this.token() === null || this.found.problem()?.code === 'link_invalid',
  );

  protected readonly reader = computed(() => {
    const invitation = this.found.value();
    return invitation && readerOf(invitation, this.session.user()?.email ?? null);
  });
  protected readonly initials = computed(() => initialsOf(this.found.value()?.account.name ?? ''));
  protected readonly heading = computed(() => {
    const account = isolate(this.found.value()?.account.name ?? '');
    return this.t(`invitation.headings.${this.reader() ?? 'other'}`, { account });
  });
  protected readonly otherText = computed(() =>
    this.t('invitation.other_text', {
      email: isolate(this.session.user()?.email ?? ''),
      invited: isolate(this.found.value()?.email ?? ''),
    }),
  );

  constructor() {
    effect(() => {
      this.token();
      untracked(() => this.find());
    });
    effect(() => askOf(this.form, this.reader(), this.needsCode()));
  }

  protected find(): void {
    const token = this.token();
    this.found.clear();
    this.sending.reset();
    this.isDeclined.set(false);
    this.needsCode.set(false);
    if (token === null) return;
    const fill = ({ email, name }: ReceivedInvitation) => this.form.reset({ email, name });
    this.found.load(this.api.findInvitation(token).pipe(tap(fill)));
  }

  protected async accept(): Promise<void> {
    const [token, invitation] = [this.token(), this.found.value()];
    if (token === null || invitation === null) return;
    const before = this.session.accounts();
    const body = { token, ...acceptanceOf(this.form), locale: this.texts.locale() };
    const isDone = await this.sending.send(this.form, async () =>
      this.session.enter(await firstValueFrom(this.api.accept(body))),
    );
    if (isDone) {
      const joined = joinedAccount(before, this.session.accounts(), invitation.account.name);
      await this.router.navigateByUrl(joined ? `/accounts/${joined.id}` : '/');
    } else this.answerRefusal();
  }

  protected async decline(): Promise<void> {
    const [token, invitation] = [this.token(), this.found.value()];
    if (token === null || invitation === null) return;
    const isSure = await this.confirm.ask({
      title: this.t('invitation.decline_title'),
      text: this.t('invitation.decline_text', { account: isolate(invitation.account.name) }),
      yes: this.t('invitation.decline_yes'),
    });
    if (!isSure) return;
    const isDone = await this.sending.call(() => firstValueFrom(this.api.decline(token)));
    if (!isDone) {
      this.answerRefusal();
      return;
    }
    this.isDeclined.set(true);
    focusHeading(this.host);
  }

  protected async signOut(): Promise<void> {
    if (await this.sending.call(() => this.session.signOut())) focusHeading(this.host);
  }

  protected keepAddress(): void {
    this.draft.email.set(this.form.getRawValue().email);
  }

  private answerRefusal(): void {
    switch (this.sending.problem()?.code) {
      case 'password_weak':
        this.form.controls.password.setErrors({ weak: true });
        focusFirstError(this.host);
        break;
      case 'credentials_wrong':
        setTimeout(() => this.host.querySelector<HTMLElement>('input[type=password]')?.focus());
        break;
      case 'second_factor_wrong':
        this.code()?.focus();
        break;
      case 'second_factor_needed':
        this.sending.reset();
        this.needsCode.set(true);
        setTimeout(() => this.code()?.focus());
        break;
      case 'link_invalid':
        // Used or revoked meanwhile.
        this.find();
        break;
    }
  }
}
