import { effect, inject, Injectable, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';
import type { TextKey } from './text-key';
import { Texts } from './texts';

/** Routes carry a text key as their title; the tab follows the page and the language. */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  private readonly title = inject(Title);
  private readonly texts = inject(Texts);
  private readonly key = signal<TextKey | null>(null);
  private readonly detail = signal('');

  constructor() {
    super();
    effect(() => {
      const key = this.key();
      const parts = [this.detail(), key === null ? '' : this.texts.t(key), 'Ponte'];
      this.title.setTitle(parts.filter((part) => part !== '').join(' · '));
    });
  }

  override updateTitle(state: RouterStateSnapshot): void {
    this.detail.set('');
    this.key.set((this.buildTitle(state) as TextKey | undefined) ?? null);
  }

  /** What the page shows right now, in front of its name: "42 %" while an import runs. */
  setDetail(detail: string): void {
    this.detail.set(detail);
  }
}
