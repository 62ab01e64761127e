import { ChangeDetectionStrategy, Component, ElementRef, inject, ViewEncapsulation } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterOutlet } from '@angular/router';
import { filter, skip } from 'rxjs';
import { Texts } from '../i18n/texts';
import { Brand } from '../shell/brand';
import { LanguageMenu } from '../shell/language-menu';
import { ThemeMenu } from '../shell/theme-menu';
import { EntryDraft } from './entry-draft';
import { focusHeading } from './focus-heading';

/**
 * The frame of the pages before the console: picture at one side, form at the other. Its styles are not encapsulated,
 * because they set the tokens and the parts that all of these pages share; every rule starts with `.entry`.
 */
@Component({
  selector: 'ponte-entry-frame',
  imports: [Brand, LanguageMenu, RouterOutlet, ThemeMenu],
  providers: [EntryDraft],
  templateUrl: './entry-frame.html',
  styleUrls: ['./entry-frame.scss', './entry-parts.scss'],
  encapsulation: ViewEncapsulation.None,
  host: { class: 'entry' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EntryFrame {
  protected readonly t = inject(Texts).t;
  protected readonly rows = [34, 60, 86, 112, 138];

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    // The first page keeps the focus of the browser; after that a new page starts at its heading.
    inject(Router)
      .events.pipe(
        filter((event) => event instanceof NavigationEnd),
        skip(1),
        takeUntilDestroyed(),
      )
      .subscribe(() => focusHeading(host));
  }
}
