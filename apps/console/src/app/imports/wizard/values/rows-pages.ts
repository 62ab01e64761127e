import {
  effect,
  inject,
  linkedSignal,
  signal,
  untracked,
  type Signal,
  type WritableSignal,
} from '@angular/core';
import { TableFailure } from '../table-client';
import { WizardStore } from '../wizard-store';
import type { Page, PageRequest } from '../wizard-types';

export const ROWS_PER_PAGE = 50;

export interface WorkerPages<P> {
  /** The last page that came; it stays on screen while the next one is asked for. */
  readonly value: Signal<P | null>;
  readonly page: WritableSignal<number>;
  readonly isLoading: Signal<boolean>;
}

export interface PageSource<P, Subject> {
  /** What the pages are about: another subject starts at its first page. */
  readonly subject: () => Subject;
  readonly ask: (subject: Subject, request: PageRequest) => Promise<P>;
  /** While it says true nothing is asked, so that nothing moves below somebody who types. */
  readonly isHeld?: () => boolean;
}

/** Pages from the worker, asked for again whenever the rows were reviewed. Needs an injection context. */
export function workerPages<P extends Page<unknown>, Subject>(
  source: PageSource<P, Subject>,
): WorkerPages<P> {
  const store = inject(WizardStore);
  const value = signal<P | null>(null);
  const isLoading = signal(false);
  const page = linkedSignal({ source: source.subject, computation: () => 1 });
  let turn = 0;

  const load = async (subject: Subject, number: number): Promise<void> => {
    const mine = ++turn;
    isLoading.set(true);
    try {
      const request = { offset: (number - 1) * ROWS_PER_PAGE, limit: ROWS_PER_PAGE };
      const answer = await source.ask(subject, request);
      if (mine !== turn) return;
      isLoading.set(false);
      const last = Math.max(1, Math.ceil(answer.count / ROWS_PER_PAGE));
      // The page was emptied by a fix: the one before it is the last now.
      if (number > last) page.set(last);
      else value.set(answer);
    } catch (error) {
      // The step says that the worker is gone, from the review's own problem.
      if (!(error instanceof TableFailure)) throw error;
      if (mine === turn) isLoading.set(false);
    }
  };

  effect((onCleanup) => {
    const { value: review, isRunning } = store.review();
    const [subject, number, isHeld] = [source.subject(), page(), source.isHeld?.() ?? false];
    if (review === null || isRunning || isHeld) return;
    untracked(() => void load(subject, number));
    onCleanup(() => {
      turn++;
      isLoading.set(false);
    });
  });
  return { value: value.asReadonly(), page, isLoading: isLoading.asReadonly() };
}
