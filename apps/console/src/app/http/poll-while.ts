import { effect, type Signal } from '@angular/core';

/** Calls again and again while the condition holds. Needs an injection context; ends with it. */
export function pollWhile(condition: Signal<boolean>, milliseconds: number, call: () => void): void {
  effect((onCleanup) => {
    if (!condition()) return;
    const timer = setInterval(() => {
      // A page that nobody looks at asks nothing.
      if (document.visibilityState === 'visible') call();
    }, milliseconds);
    onCleanup(() => clearInterval(timer));
  });
}
