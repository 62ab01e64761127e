import { DestroyRef, inject, signal, type Signal } from '@angular/core';
import type { Observable, Subscription } from 'rxjs';
import { type CallProblem, readProblem } from './call-problem';

/** What a page shows of one thing that it loads: the last good value stays on screen while the next one comes. */
export interface Loaded<T> {
  readonly value: Signal<T | null>;
  readonly problem: Signal<CallProblem | null>;
  readonly isLoading: Signal<boolean>;
  /** Starts over with another call; the one before is abandoned. */
  load(call: Observable<T>): void;
  set(value: T): void;
  clear(): void;
}

/** Needs an injection context: what is under way is abandoned when the page is left. */
export function loaded<T>(): Loaded<T> {
  const value = signal<T | null>(null);
  const problem = signal<CallProblem | null>(null);
  const isLoading = signal(false);
  let running: Subscription | undefined;
  inject(DestroyRef).onDestroy(() => running?.unsubscribe());

  return {
    value: value.asReadonly(),
    problem: problem.asReadonly(),
    isLoading: isLoading.asReadonly(),
    load(call) {
      running?.unsubscribe();
      isLoading.set(true);
      running = call.subscribe({
        next: (answer) => {
          value.set(answer);
          problem.set(null);
          isLoading.set(false);
        },
        error: (error: unknown) => {
          isLoading.set(false);
          problem.set(readProblem(error));
        },
      });
    },
    set(answer) {
      value.set(answer);
    },
    clear() {
      running?.unsubscribe();
      value.set(null);
      problem.set(null);
    },
  };
}
