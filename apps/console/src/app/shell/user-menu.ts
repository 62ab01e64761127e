import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatDividerModule } from '@angular/material/divider';
import { MatMenuModule } from '@angular/material/menu';
import { Router, RouterLink } from '@angular/router';
import { Texts } from '../i18n/texts';
import { SessionStore } from '../session/session-store';
import { Notices } from '../ui/notices';
import { Icon } from '../ui/icon';

/** The person who is signed in: profile and sign-out. */
@Component({
  selector: 'ponte-user-menu',
  imports: [Icon, MatButtonModule, MatDividerModule, MatMenuModule, RouterLink],
  template: `
    @if (session.user(); as user) {
      <button
        matIconButton
        class="trigger"
        [matMenuTriggerFor]="menu"
        [attr.aria-label]="t('shell.user_menu', { name: user.name })"
      >
        <span class="initials" aria-hidden="true">{{ initials() }}</span>
      </button>
      <mat-menu #menu="matMenu">
        <div class="who" role="presentation">
          <bdi>{{ user.name }}</bdi>
          <bdi class="quiet small">{{ user.email }}</bdi>
        </div>
        <mat-divider />
        <a mat-menu-item routerLink="/profile">
          <ponte-icon matMenuItemIcon name="user" />
          <span>{{ t('profile.title') }}</span>
        </a>
        <button mat-menu-item (click)="signOut()">
          <ponte-icon matMenuItemIcon name="sign_out" />
          <span>{{ t('shell.sign_out') }}</span>
        </button>
      </mat-menu>
    }
  `,
  styles: `
    .initials {
      display: grid;
      place-items: center;
      inline-size: 2rem;
      block-size: 2rem;
      border-radius: 50%;
      background: var(--mat-sys-primary);
      color: var(--mat-sys-on-primary);
      font-size: 0.8125rem;
      font-weight: 700;
      letter-spacing: 0.02em;
    }
    .trigger {
      display: inline-grid;
      place-items: center;
      padding: 0;
    }
    .who {
      display: grid;
      padding: 0.5rem 0.75rem 0.75rem;
      max-inline-size: 18rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UserMenu {
  private readonly router = inject(Router);
  private readonly notices = inject(Notices);
  protected readonly session = inject(SessionStore);
  protected readonly t = inject(Texts).t;

  protected readonly initials = computed(() => {
    const words = (this.session.user()?.name ?? '').trim().split(/\s+/);
    const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
    return ends
      .map((word) => [...(word ?? '')][0] ?? '')
      .join('')
      .toUpperCase();
  });

  protected async signOut(): Promise<void> {
    try {
      await this.session.signOut();
      await this.router.navigateByUrl('/sign-in');
    } catch (error) {
      this.notices.problem(error);
    }
  }
}
