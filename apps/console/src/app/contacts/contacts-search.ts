import { effect, inject, Injectable, signal } from '@angular/core';
import { SessionStore } from '../session/session-store';

/** The search of the list, kept while one works elsewhere in the console; another account starts without. */
@Injectable({ providedIn: 'root' })
export class ContactsSearch {
  readonly q = signal('');

  constructor() {
    const session = inject(SessionStore);
    let account = session.account()?.id;
    effect(() => {
      const next = session.account()?.id;
      if (next !== account) this.q.set('');
      account = next;
    });
  }
}
