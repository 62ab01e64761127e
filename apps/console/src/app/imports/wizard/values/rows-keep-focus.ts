import { afterNextRender, effect, ElementRef, inject, Injector } from '@angular/core';

/**
 * When a change of a list takes away what had the focus, the keyboard goes on at the nearest thing that is left. Needs the
 * injection context of the component whose list it is.
 */
export function keepFocus(change: () => unknown, nearest: () => HTMLElement | null | undefined): void {
  const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  const injector = inject(Injector);
  effect(() => {
    change();
    // Effects of a component run before its view is updated: what is about to go still has the focus.
    if (!host.contains(document.activeElement)) return;
    const restore = () => {
      const { activeElement } = document;
      if (activeElement === null || activeElement === document.body) nearest()?.focus();
    };
    afterNextRender({ write: restore }, { injector });
  });
}
