import {
  booleanAttribute,
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  output,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { CallProblem } from '../http/call-problem';
import { ProblemTexts } from '../i18n/problem-texts';
import { Texts } from '../i18n/texts';
import { Note } from './note';

/** A call that did not succeed: what happened, what to do, what to quote when asking for help. */
@Component({
  selector: 'ponte-problem-note',
  imports: [MatButtonModule, Note],
  template: `
    <ponte-note tone="bad" role="alert">
      <p>
        <strong>{{ text().what }}</strong>
      </p>
      @if (text().todo; as todo) {
        <p>{{ todo }}</p>
      }
      @if (problem().requestId; as id) {
        <p class="small">{{ t('errors.request', { id }) }}</p>
      }
      @if (canRetry()) {
        <div>
          <button matButton="outlined" (click)="retried.emit()">{{ t('actions.retry') }}</button>
        </div>
      }
    </ponte-note>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProblemNote {
  private readonly problemTexts = inject(ProblemTexts);
  protected readonly t = inject(Texts).t;
  readonly problem = input.required<CallProblem>();
  readonly canRetry = input(false, { transform: booleanAttribute });
  readonly retried = output();
  protected readonly text = computed(() => this.problemTexts.of(this.problem()));
}
