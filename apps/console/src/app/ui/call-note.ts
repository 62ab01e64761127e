import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { CallProblem } from '../http/call-problem';
import { ProblemNote } from './problem-note';
import { TryLater } from './try-later';

/** Why a form was not accepted; of too many tries also when the next one counts. */
@Component({
  selector: 'ponte-call-note',
  imports: [ProblemNote, TryLater],
  template: `
    @if (shown(); as problem) {
      @if (problem.code === 'too_many_requests' && problem.retryAfter; as seconds) {
        <ponte-try-later [seconds]="seconds" />
      } @else {
        <ponte-problem-note [problem]="problem" />
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CallNote {
  readonly problem = input.required<CallProblem | null>();
  /** A code that the form shows at its field. */
  readonly except = input<CallProblem['code']>();
  protected readonly shown = computed(() => {
    const problem = this.problem();
    return problem?.code === this.except() ? null : problem;
  });
}
