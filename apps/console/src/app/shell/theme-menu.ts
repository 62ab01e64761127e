import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { Texts } from '../i18n/texts';
import { Icon, type IconName } from '../ui/icon';
import { THEMES, type Theme, ThemeStore } from './theme-store';

const ICONS: Readonly<Record<Theme, IconName>> = { system: 'monitor', light: 'sun', dark: 'moon' };

@Component({
  selector: 'ponte-theme-menu',
  imports: [Icon, MatButtonModule, MatMenuModule],
  template: `
    <button matIconButton [matMenuTriggerFor]="menu" [attr.aria-label]="label()">
      <ponte-icon [name]="icons[store.theme()]" />
    </button>
    <mat-menu #menu="matMenu">
      @for (theme of themes; track theme) {
        <button
          mat-menu-item
          role="menuitemradio"
          [attr.aria-checked]="theme === store.theme()"
          (click)="store.use(theme)"
        >
          <ponte-icon matMenuItemIcon [name]="theme === store.theme() ? 'check' : icons[theme]" />
          <span>{{ name(theme) }}</span>
        </button>
      }
    </mat-menu>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ThemeMenu {
  protected readonly store = inject(ThemeStore);
  private readonly texts = inject(Texts);
  protected readonly themes = THEMES;
  protected readonly icons = ICONS;
  protected readonly name = (theme: Theme) => this.texts.t(`themes.${theme}`);
  protected readonly label = computed(
    () => `${this.texts.t('shell.theme')}: ${this.name(this.store.theme())}`,
  );
}
