import { computed, effect, type Signal, signal } from '@angular/core';

/** Whole seconds until a moment (milliseconds since 1970), counting down to 0. Needs an injection context. */
export function secondsLeft(until: Signal<number>): Signal<number> {
  const now = signal(Date.now());
  const left = computed(() => Math.max(0, Math.ceil((until() - now()) / 1000)));
  effect((onCleanup) => {
    now.set(Date.now());
    if (until() <= Date.now()) return;
    const timer = setInterval(() => {
      now.set(Date.now());
      if (until() <= Date.now()) clearInterval(timer);
    }, 1000);
    onCleanup(() => clearInterval(timer));
  });
  return left;
}
