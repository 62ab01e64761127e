import { Location } from '@angular/common';
import { effect, inject, Injectable, signal } from '@angular/core';
import type { Navigation } from '@angular/router';
import { SessionStore } from '../session/session-store';

/** What an entry of the browser's history keeps of a search, and whose it was. */
export interface KeptSearch {
  contactsSearch: string;
  userId: number | undefined;
}

/**
 * The search of the list. It is often a name or a phone, so it stays out of the address and is kept in the history's entry:
 * reload and back find it there. Elsewhere in the console it is remembered; another account starts without.
 */
@Injectable({ providedIn: 'root' })
export class ContactsSearch {
  private readonly location = inject(Location);
  private readonly session = inject(SessionStore);
  readonly q = signal('');

  constructor() {
    let account = this.session.account()?.id;
    effect(() => {
      const next = this.session.account()?.id;
      // Not known yet while the page starts: that is no change of account.
      if (next === undefined) return;
      if (account !== undefined && next !== account) this.q.set('');
      account = next;
    });
  }

  /** What a navigation gives to its entry of the history. */
  kept(q: string): KeptSearch {
    return { contactsSearch: q, userId: this.session.user()?.id };
  }

  /**
   * Takes the search from the history's entry. A link carries no search and leaves it as it is. The first page is created
   * after its navigation has ended (`null`): then the present entry is read.
   */
  enter(navigation: Navigation | null): void {
    const q = this.readKept(navigation === null ? this.location.getState() : navigation.extras.state);
    if (q !== null) this.q.set(q);
    else if (navigation?.trigger === 'popstate') this.q.set('');
  }

  /** Writes the search into the present entry when a link led there. */
  keep(): void {
    const state: unknown = this.location.getState();
    if (this.readKept(state) === this.q() || this.q() === '') return;
    const all = { ...(typeof state === 'object' ? state : {}), ...this.kept(this.q()) };
    this.location.replaceState(this.location.path(true), '', all);
  }

  /** Null when the entry has none, or that of somebody who was signed in before. */
  private readKept(state: unknown): string | null {
    if (typeof state !== 'object' || state === null) return null;
    const { contactsSearch, userId } = state as Partial<KeptSearch>;
    return typeof contactsSearch === 'string' && userId === this.session.user()?.id ? contactsSearch : null;
  }
}
