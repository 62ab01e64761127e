import { Injectable, signal } from '@angular/core';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const STORAGE_KEY = 'ponte.theme';

function remembered(): Theme {
  try {
    const theme = localStorage.getItem(STORAGE_KEY);
    return theme === 'light' || theme === 'dark' ? theme : 'system';
  } catch {
    // Storage is blocked: the system decides.
    return 'system';
  }
}

/** Light, dark or as the system: `color-scheme` switches every colour, for they are all `light-dark()`. */
@Injectable({ providedIn: 'root' })
export class ThemeStore {
  private readonly chosen = signal<Theme>(remembered());
  readonly theme = this.chosen.asReadonly();

  use(theme: Theme): void {
    this.chosen.set(theme);
    document.documentElement.style.colorScheme = theme === 'system' ? '' : theme;
    try {
      if (theme === 'system') localStorage.removeItem(STORAGE_KEY);
      else localStorage.setItem(STORAGE_KEY, theme);
    } catch {
      // Storage is blocked: the theme lasts as long as the page.
    }
  }
}
