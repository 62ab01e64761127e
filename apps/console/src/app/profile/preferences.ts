import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { type Locale, LOCALES } from '@ponte/contracts';
import { LANGUAGE_NAMES } from '../i18n/language-names';
import { Texts } from '../i18n/texts';
import { SessionStore } from '../session/session-store';
import { type Theme, THEMES, ThemeStore } from '../shell/theme-store';
import { Notices } from '../ui/notices';

/** Language, which also is the language of the e-mails, and theme, which belongs to this browser. */
@Component({
  selector: 'ponte-preferences',
  template: `
    <section class="card padded stack" aria-labelledby="preferences">
      <h2 id="preferences">{{ t('profile.preferences') }}</h2>
      <fieldset>
        <legend>{{ t('profile.language') }}</legend>
        @for (locale of locales; track locale) {
          <label [lang]="locale">
            <input
              type="radio"
              name="language"
              [checked]="locale === texts.locale()"
              (change)="useLanguage(locale)"
            />
            {{ names[locale] }}
          </label>
        }
        <p class="small quiet">{{ t('profile.language_hint') }}</p>
      </fieldset>
      <fieldset>
        <legend>{{ t('shell.theme') }}</legend>
        @for (theme of themes; track theme) {
          <label>
            <input
              type="radio"
              name="theme"
              [checked]="theme === store.theme()"
              (change)="store.use(theme)"
            />
            {{ themeText(theme) }}
          </label>
        }
        <p class="small quiet">{{ t('profile.theme_hint') }}</p>
      </fieldset>
    </section>
  `,
  styles: `
    legend {
      padding: 0 0 0.25rem;
      font-weight: 600;
    }
    label {
      display: flex;
      align-items: center;
      gap: 0.625rem;
      min-block-size: 2.25rem;
    }
    input {
      inline-size: 1.125rem;
      block-size: 1.125rem;
      margin: 0;
      accent-color: var(--mat-sys-primary);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Preferences {
  private readonly session = inject(SessionStore);
  private readonly notices = inject(Notices);
  protected readonly texts = inject(Texts);
  protected readonly store = inject(ThemeStore);
  protected readonly t = this.texts.t;
  protected readonly locales = LOCALES;
  protected readonly names = LANGUAGE_NAMES;
  protected readonly themes = THEMES;
  protected readonly themeText = (theme: Theme) => this.t(`themes.${theme}`);

  protected async useLanguage(locale: Locale): Promise<void> {
    try {
      await this.session.useLanguage(locale);
    } catch (error) {
      this.notices.problem(error);
    }
  }
}
