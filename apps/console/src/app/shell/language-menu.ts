import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { type Locale, LOCALES } from '@ponte/contracts';
import { LANGUAGE_NAMES, PLAIN_LANGUAGE_NAMES } from '../i18n/language-names';
import { Texts } from '../i18n/texts';
import { SessionStore } from '../session/session-store';
import { Icon } from '../ui/icon';
import { Notices } from '../ui/notices';

/** Switches the language at once. Languages are written in themselves. */
@Component({
  selector: 'ponte-language-menu',
  imports: [Icon, MatButtonModule, MatMenuModule],
  template: `
    <button
      matButton
      [matMenuTriggerFor]="menu"
      [attr.aria-label]="t('shell.language') + ': ' + names[locale()]"
    >
      <ponte-icon matButtonIcon name="globe" />
      <span aria-hidden="true">
        {{ shows() === 'name' ? plainNames[locale()] : locale().slice(0, 2).toUpperCase() }}
      </span>
    </button>
    <mat-menu #menu="matMenu">
      @for (each of locales; track each) {
        <button
          mat-menu-item
          role="menuitemradio"
          [attr.aria-checked]="each === locale()"
          [lang]="each"
          (click)="use(each)"
        >
          <ponte-icon matMenuItemIcon [name]="each === locale() ? 'check' : 'globe'" />
          <span>{{ names[each] }}</span>
        </button>
      }
    </mat-menu>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LanguageMenu {
  private readonly texts = inject(Texts);
  private readonly session = inject(SessionStore);
  private readonly notices = inject(Notices);
  protected readonly t = this.texts.t;
  protected readonly locale = this.texts.locale;
  protected readonly locales = LOCALES;
  protected readonly names = LANGUAGE_NAMES;
  protected readonly plainNames = PLAIN_LANGUAGE_NAMES;

  /** What the button says: "PT" where there is little room, or "Português". */
  readonly shows = input<'code' | 'name'>('code');

  protected async use(locale: Locale): Promise<void> {
    try {
      await this.session.useLanguage(locale);
    } catch (error) {
      this.notices.problem(error);
    }
  }
}
