import { ElementRef, inject, signal, type Signal } from '@angular/core';
import type { FormGroup } from '@angular/forms';
import { focusFirstError } from '../ui/focus-first-error';
import { type CallProblem, readProblem } from './call-problem';

/** A form that is being sent: whether it was tried, whether the answer is awaited, why it was refused. */
export interface Sending {
  readonly wasSent: Signal<boolean>;
  readonly isSending: Signal<boolean>;
  readonly problem: Signal<CallProblem | null>;
  /** Marks what is missing, or calls. True when the call succeeded; a refusal is then in `problem`. */
  send(form: FormGroup, call: () => Promise<unknown>): Promise<boolean>;
  /** The same for a button beside the form, which needs nothing of it. */
  call(call: () => Promise<unknown>): Promise<boolean>;
  /** Forgets what happened, for the next step of the same form. */
  reset(): void;
}

/** Needs the injection context of the component that shows the form. */
export function sending(): Sending {
  const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  const wasSent = signal(false);
  const isSending = signal(false);
  const problem = signal<CallProblem | null>(null);

  async function run(call: () => Promise<unknown>): Promise<boolean> {
    // Enter, or a second click, while the first answer is awaited.
    if (isSending()) return false;
    problem.set(null);
    isSending.set(true);
    try {
      await call();
      return true;
    } catch (error) {
      problem.set(readProblem(error));
      return false;
    } finally {
      isSending.set(false);
    }
  }

  return {
    wasSent: wasSent.asReadonly(),
    isSending: isSending.asReadonly(),
    problem: problem.asReadonly(),
    call: run,
    async send(form, call) {
      wasSent.set(true);
      form.markAllAsTouched();
      if (!form.invalid) return run(call);
      problem.set(null);
      focusFirstError(host);
      return false;
    },
    reset() {
      wasSent.set(false);
      problem.set(null);
    },
  };
}
