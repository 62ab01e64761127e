import { ChangeDetectionStrategy, Component, effect, inject, input, signal, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { InvitationView, List, Role } from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
import { loaded } from '../../http/loaded';
import { isolate } from '../../i18n/format';
import { Formats } from '../../i18n/formats';
import { Texts } from '../../i18n/texts';
import { SessionStore } from '../../session/session-store';
import { Confirm } from '../../ui/confirm';
import { focusContent } from '../../ui/focus-content';
import { Notices } from '../../ui/notices';
import { Pager } from '../../ui/pager';
import { ProblemNote } from '../../ui/problem-note';
import { INVITATIONS_PER_PAGE, InvitationsApi } from './invitations-api';

/** Invitations that wait for an answer: until when, whether the e-mail went out, sent again or revoked. */
@Component({
  selector: 'ponte-invitations-section',
  imports: [MatButtonModule, Pager, ProblemNote],
  templateUrl: './invitations-section.html',
  styles: `
    :host {
      display: contents;
    }
    h2 {
      padding: 1rem 1rem 0.75rem;
    }
    .expired,
    .refused {
      color: var(--mat-sys-error);
      font-weight: 600;
    }
    .email {
      display: block;
      font-weight: 400;
    }
    @media (min-width: 48rem) {
      .who {
        min-inline-size: 15rem;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InvitationsSection {
  private readonly api = inject(InvitationsApi);
  private readonly confirm = inject(Confirm);
  private readonly notices = inject(Notices);
  private readonly formats = inject(Formats);
  protected readonly session = inject(SessionStore);
  protected readonly t = inject(Texts).t;
  protected readonly date = this.formats.date;
  protected readonly perPage = INVITATIONS_PER_PAGE;
  protected readonly roleText = (role: Role) => this.t(`roles.${role}`);

  readonly accountId = input.required<number>();
  protected readonly page = signal(1);
  protected readonly list = loaded<List<InvitationView>>();

  constructor() {
    effect(() => {
      this.accountId();
      this.page();
      untracked(() => this.reload());
    });
  }

  reload(): void {
    this.list.load(this.api.list(this.accountId(), this.page()));
  }

  protected mailText({ mail }: InvitationView): string {
    if (mail === null) return this.t('invitations.mail.waiting');
    const time = mail.sent_at === null ? '' : this.formats.dateTime(mail.sent_at);
    return this.t(`invitations.mail.${mail.state}`, { time });
  }

  protected isRefused({ mail }: InvitationView): boolean {
    return mail?.state === 'refused' || mail?.state === 'given_up';
  }

  protected async resend(invitation: InvitationView): Promise<void> {
    try {
      await firstValueFrom(this.api.resend(this.accountId(), invitation.id));
      this.notices.done(this.t('invitations.resent', { email: isolate(invitation.email) }));
    } catch (error) {
      this.notices.problem(error);
    }
    this.reload();
  }

  protected async revoke(invitation: InvitationView): Promise<void> {
    const isSure = await this.confirm.ask({
      title: this.t('invitations.revoke_title', { name: isolate(invitation.name) }),
      text: this.t('invitations.revoke_text'),
      yes: this.t('invitations.revoke_yes'),
    });
    if (!isSure) return;
    try {
      await firstValueFrom(this.api.revoke(this.accountId(), invitation.id));
      focusContent();
      this.notices.done(this.t('invitations.revoked', { name: isolate(invitation.name) }));
    } catch (error) {
      this.notices.problem(error);
    }
    this.reload();
  }
}
