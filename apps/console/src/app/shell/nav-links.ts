import { ChangeDetectionStrategy, Component, computed, inject, output } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import type { Action, Subject } from '@ponte/permissions';
import type { TextKey } from '../i18n/text-key';
import { Texts } from '../i18n/texts';
import { SessionStore } from '../session/session-store';
import { Icon, type IconName } from '../ui/icon';

interface NavLink {
  path: string;
  text: TextKey;
  icon: IconName;
  needs?: [Action, Subject];
}

const WORK: readonly NavLink[] = [
  { path: 'contacts', text: 'contacts.title', icon: 'users', needs: ['read', 'Contact'] },
  { path: 'imports', text: 'imports.title', icon: 'upload', needs: ['read', 'Import'] },
  { path: 'exports', text: 'exports.title', icon: 'download', needs: ['read', 'Export'] },
];
const SETTINGS: readonly NavLink[] = [
  { path: 'settings/members', text: 'members.title', icon: 'shield', needs: ['read', 'Member'] },
  { path: 'settings/tokens', text: 'tokens.title', icon: 'key' },
  { path: 'settings/audit', text: 'audit.title', icon: 'clipboard', needs: ['read', 'Audit'] },
  { path: 'settings/privacy', text: 'privacy.title', icon: 'lock', needs: ['read', 'Erasure'] },
  { path: 'settings/account', text: 'account.title', icon: 'sliders', needs: ['update', 'Account'] },
];

/** Where one can go: links that the role may not follow are not there. */
@Component({
  selector: 'ponte-nav-links',
  imports: [Icon, RouterLink, RouterLinkActive],
  template: `
    <nav [attr.aria-label]="t('shell.navigation')">
      @for (group of groups(); track group.title) {
        @if (group.title; as title) {
          <h2 class="small quiet">{{ t(title) }}</h2>
        }
        <ul>
          @for (link of group.links; track link.path) {
            <li>
              <a
                [routerLink]="base().concat(link.path.split('/'))"
                routerLinkActive="active"
                ariaCurrentWhenActive="page"
                (click)="followed.emit()"
              >
                <ponte-icon [name]="link.icon" />
                {{ t(link.text) }}
              </a>
            </li>
          }
        </ul>
      }
    </nav>
  `,
  styles: `
    ul {
      display: grid;
      gap: 0.25rem;
      list-style: none;
    }
    h2 {
      padding: 1.25rem 0.75rem 0.5rem;
      font-weight: 600;
    }
    nav a {
      display: flex;
      align-items: center;
      gap: 0.75rem;
      min-block-size: 2.75rem;
      padding-inline: 0.75rem;
      border-radius: 12px;
      color: var(--mat-sys-on-surface-variant);
      font-weight: 550;
      text-decoration: none;
    }
    nav a:hover {
      background: color-mix(in srgb, var(--mat-sys-primary) 8%, transparent);
      color: var(--mat-sys-on-surface);
    }
    nav a.active {
      background: var(--mat-sys-primary-container);
      color: var(--mat-sys-on-primary-container);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NavLinks {
  private readonly session = inject(SessionStore);
  protected readonly t = inject(Texts).t;
  readonly followed = output();

  protected readonly base = computed(() => ['/accounts', String(this.session.account()?.id ?? '')]);
  protected readonly groups = computed((): { title: TextKey | null; links: readonly NavLink[] }[] =>
    this.session.account()
      ? [
          { title: null, links: this.allowed(WORK) },
          { title: 'shell.settings', links: this.allowed(SETTINGS) },
        ]
      : [],
  );

  private allowed(links: readonly NavLink[]): readonly NavLink[] {
    return links.filter(({ needs }) => !needs || this.session.can(...needs));
  }
}
