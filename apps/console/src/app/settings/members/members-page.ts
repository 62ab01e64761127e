import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  numberAttribute,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { Router } from '@angular/router';
import { type List, type MemberView, type Role, ROLES } from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
import { loaded } from '../../http/loaded';
import { isolate } from '../../i18n/format';
import { Formats } from '../../i18n/formats';
import { Texts } from '../../i18n/texts';
import { SessionStore } from '../../session/session-store';
import { Confirm } from '../../ui/confirm';
import { focusContent } from '../../ui/focus-content';
import { Icon } from '../../ui/icon';
import { Notices } from '../../ui/notices';
import { Pager } from '../../ui/pager';
import { ProblemNote } from '../../ui/problem-note';
import { InvitationsSection } from './invitations-section';
import { MEMBERS_PER_PAGE, MembersApi } from './members-api';

/** Who belongs to the account. Agents read; administrators invite, change roles and remove; everyone may leave. */
@Component({
  selector: 'ponte-members-page',
  imports: [Icon, InvitationsSection, MatButtonModule, Pager, ProblemNote],
  templateUrl: './members-page.html',
  styles: `
    .top {
      justify-content: space-between;
    }
    select {
      min-block-size: 2.5rem;
      padding-inline: 0.625rem;
      border: 1px solid var(--mat-sys-outline);
      border-radius: 10px;
      background: var(--mat-sys-surface-container-lowest);
      color: inherit;
      font: inherit;
    }
    .you {
      margin-inline-start: 0.375rem;
      font-weight: 400;
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
    .loading {
      min-block-size: 8rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MembersPage {
  private readonly api = inject(MembersApi);
  private readonly dialog = inject(MatDialog);
  private readonly confirm = inject(Confirm);
  private readonly notices = inject(Notices);
  private readonly router = inject(Router);
  protected readonly session = inject(SessionStore);
  protected readonly t = inject(Texts).t;
  protected readonly date = inject(Formats).date;
  protected readonly perPage = MEMBERS_PER_PAGE;
  protected readonly roles = ROLES;
  protected readonly roleText = (role: Role) => this.t(`roles.${role}`);

  readonly account_id = input.required<number, string>({ transform: numberAttribute });

  private readonly invitations = viewChild(InvitationsSection);
  protected readonly page = signal(1);
  protected readonly list = loaded<List<MemberView>>();
  protected readonly canChange = computed(() => this.session.can('update', 'Member'));

  constructor() {
    effect(() => {
      this.account_id();
      this.page();
      untracked(() => this.reload());
    });
  }

  protected reload(): void {
    this.list.load(this.api.list(this.account_id(), this.page()));
  }

  protected isSelf(member: MemberView): boolean {
    return member.id === this.session.user()?.id;
  }

  protected async invite(): Promise<void> {
    const { InviteDialog } = await import('./invite-dialog');
    const data = { accountId: this.account_id() };
    const dialog = this.dialog.open<unknown, typeof data, boolean>(InviteDialog, { data, width: '32rem' });
    if (!(await firstValueFrom(dialog.afterClosed()))) return;
    this.notices.done(this.t('members.invited'));
    this.invitations()?.reload();
  }

  protected async changeRole(member: MemberView, select: HTMLSelectElement): Promise<void> {
    const role = ROLES.find((each) => each === select.value);
    if (!role || role === member.role) return;
    const isSure =
      !this.isSelf(member) ||
      (await this.confirm.ask({
        title: this.t('members.own_role_title'),
        text: this.t('members.own_role_text'),
        yes: this.t('members.own_role_yes'),
      }));
    if (!isSure) {
      select.value = member.role;
      return;
    }
    try {
      await firstValueFrom(this.api.changeRole(this.account_id(), member.id, role));
      this.notices.done(
        this.t('members.role_changed', { name: isolate(member.name), role: this.roleText(role) }),
      );
      if (this.isSelf(member)) await this.session.refresh();
    } catch (error) {
      select.value = member.role;
      this.notices.problem(error);
    }
    this.reload();
  }

  protected async remove(member: MemberView): Promise<void> {
    const isSure = await this.confirm.ask({
      title: this.t('members.remove_title', { name: isolate(member.name) }),
      text: this.t('members.remove_text'),
      yes: this.t('members.remove_yes'),
    });
    if (!isSure) return;
    try {
      await firstValueFrom(this.api.remove(this.account_id(), member.id));
      focusContent();
      this.notices.done(this.t('members.removed', { name: isolate(member.name) }));
    } catch (error) {
      this.notices.problem(error);
    }
    this.reload();
  }

  protected async leave(): Promise<void> {
    const account = isolate(this.session.account()?.name ?? '');
    const isSure = await this.confirm.ask({
      title: this.t('members.leave_title', { account }),
      text: this.t('members.leave_text'),
      yes: this.t('members.leave_yes'),
    });
    if (!isSure) return;
    try {
      await firstValueFrom(this.api.leave(this.account_id()));
      await this.session.refresh();
      await this.router.navigateByUrl('/');
      this.notices.done(this.t('members.left', { account }));
    } catch (error) {
      this.notices.problem(error);
    }
  }
}
