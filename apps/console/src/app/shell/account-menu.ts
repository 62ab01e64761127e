import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { Texts } from '../i18n/texts';
import { SessionStore } from '../session/session-store';
import { Icon } from '../ui/icon';

/** The account we work in; a menu when there are several. */
@Component({
  selector: 'ponte-account-menu',
  imports: [Icon, MatButtonModule, MatMenuModule, RouterLink],
  template: `
    @if (session.account(); as account) {
      @if (session.accounts().length > 1) {
        <button
          class="account"
          [matMenuTriggerFor]="menu"
          [attr.aria-label]="t('shell.account_menu', { account: account.name })"
        >
          <span class="names">
            <bdi class="name">{{ account.name }}</bdi>
            <span class="small quiet">{{ t(roleKey(account.role)) }}</span>
          </span>
          <ponte-icon name="swap" />
        </button>
        <mat-menu #menu="matMenu">
          @for (each of session.accounts(); track each.id) {
            <a
              mat-menu-item
              [routerLink]="['/accounts', each.id, 'contacts']"
              [attr.aria-current]="each.id === account.id"
            >
              <ponte-icon matMenuItemIcon [name]="each.id === account.id ? 'check' : 'users'" />
              <bdi>{{ each.name }}</bdi>
            </a>
          }
        </mat-menu>
      } @else {
        <div class="account">
          <span class="names">
            <bdi class="name">{{ account.name }}</bdi>
            <span class="small quiet">{{ t(roleKey(account.role)) }}</span>
          </span>
        </div>
      }
    }
  `,
  styles: `
    .account {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 0.5rem;
      inline-size: 100%;
      padding: 0.625rem 0.75rem;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 12px;
      background: var(--mat-sys-surface-container-lowest);
      color: inherit;
      font: inherit;
      text-align: start;
    }
    button.account {
      cursor: pointer;
    }
    button.account:hover {
      border-color: var(--mat-sys-outline);
    }
    .names {
      display: grid;
      min-inline-size: 0;
      line-height: 1.35;
    }
    .name {
      overflow: hidden;
      font-weight: 600;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AccountMenu {
  protected readonly session = inject(SessionStore);
  protected readonly t = inject(Texts).t;
  protected readonly roleKey = (role: 'administrator' | 'agent') => `roles.${role}` as const;
}
