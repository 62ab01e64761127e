import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { IMPORT_REFUSAL_CODES } from '@ponte/contracts';
import type { CallProblem } from '../http/call-problem';
import { Formats } from '../i18n/formats';
import { ProblemTexts } from '../i18n/problem-texts';
import { Texts } from '../i18n/texts';
import { Note } from '../ui/note';

/** Why a file was not taken: what was found, on which line, what to do; and that nothing was written. */
@Component({
  selector: 'ponte-file-refusal',
  imports: [Note],
  template: `
    <ponte-note tone="bad" role="alert">
      <p>
        <strong>{{ isRefusal() ? t('refusal.title') : t('refusal.not_sent') }}</strong>
      </p>
      <p>
        @if (problem().line; as line) {
          <strong>{{ t('refusal.line', { line: number(line) }) }}</strong>
        }
        {{ text().what }}
      </p>
      @if (text().todo; as todo) {
        <p>{{ todo }}</p>
      }
    </ponte-note>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FileRefusal {
  private readonly problemTexts = inject(ProblemTexts);
  protected readonly t = inject(Texts).t;
  protected readonly number = inject(Formats).number;
  readonly problem = input.required<CallProblem>();
  protected readonly text = computed(() => this.problemTexts.of(this.problem()));
  protected readonly isRefusal = computed(() =>
    IMPORT_REFUSAL_CODES.some((code) => code === this.problem().code),
  );
}
