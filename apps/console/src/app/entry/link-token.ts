import { DestroyRef, DOCUMENT, inject, Injectable, signal } from '@angular/core';

/** Pages that are opened by a link from an e-mail, with its secret part behind the `#`. */
const LINK_PAGES = /\/(reset-password|invitation)$/;

/**
 * The secret part of a link that was sent by e-mail. It leaves the address bar before the first call is made, and stays in
 * memory alone: no address, no history and no storage keeps it. A reload therefore needs the link again.
 */
@Injectable({ providedIn: 'root' })
export class LinkToken {
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly taken = signal<string | null>(null);
  readonly value = this.taken.asReadonly();

  constructor() {
    this.take();
    // The next link in the same tab changes the part behind the `#` alone, and loads nothing. First of all listeners: the
    // router must not see it, for its address becomes the way back of a sign-in.
    const listener = () => this.take();
    this.window?.addEventListener('popstate', listener, { capture: true });
    inject(DestroyRef).onDestroy(() =>
      this.window?.removeEventListener('popstate', listener, { capture: true }),
    );
  }

  private take(): void {
    const { location, history } = this.window ?? {};
    if (!location || !history || !LINK_PAGES.test(location.pathname) || location.hash.length < 2) return;
    this.taken.set(location.hash.slice(1));
    history.replaceState(history.state, '', location.pathname + location.search);
  }
}
