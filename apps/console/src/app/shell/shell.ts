import { BreakpointObserver } from '@angular/cdk/layout';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { MatButtonModule } from '@angular/material/button';
import { MatSidenavModule } from '@angular/material/sidenav';
import { NavigationEnd, Router, RouterOutlet } from '@angular/router';
import { filter, map } from 'rxjs';
import { Texts } from '../i18n/texts';
import { forgetOldDrafts } from '../imports/forget-drafts';
import { focusContent } from '../ui/focus-content';
import { Icon } from '../ui/icon';
import { AccountMenu } from './account-menu';
import { Brand } from './brand';
import { LanguageMenu } from './language-menu';
import { NavLinks } from './nav-links';
import { ThemeMenu } from './theme-menu';
import { UserMenu } from './user-menu';

/** The frame of every page behind the sign-in: bar above, links beside, or in a drawer where there is no room. */
@Component({
  selector: 'ponte-shell',
  imports: [
    AccountMenu,
    Brand,
    Icon,
    LanguageMenu,
    MatButtonModule,
    MatSidenavModule,
    NavLinks,
    RouterOutlet,
    ThemeMenu,
    UserMenu,
  ],
  templateUrl: './shell.html',
  styleUrl: './shell.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Shell {
  protected readonly t = inject(Texts).t;
  protected readonly isOpen = signal(false);
  protected readonly isWide = toSignal(
    inject(BreakpointObserver)
      .observe('(min-width: 64rem)')
      .pipe(map(({ matches }) => matches)),
    { initialValue: true },
  );
  protected readonly mode = computed(() => (this.isWide() ? 'side' : 'over'));

  constructor() {
    // Not in the way of the first screen.
    setTimeout(() => void forgetOldDrafts(), 5000);
    const router = inject(Router);
    let path = router.url.split('?')[0];
    const ended = router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      takeUntilDestroyed(),
    );
    ended.subscribe(({ urlAfterRedirects }) => {
      const next = urlAfterRedirects.split('?')[0];
      // A new page starts at its beginning, for the keyboard too; paging and filtering stay where they are.
      if (next !== path) focusContent();
      path = next;
    });
  }

  protected readonly focusContent = focusContent;
}
