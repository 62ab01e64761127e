import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Formats } from '../../i18n/formats';
import { Texts } from '../../i18n/texts';
import { Note } from '../../ui/note';
import { TableProblemTexts } from './table-problem-texts';
import type { TableProblem } from './wizard-types';

/** Beside the file: why it cannot be read, on which line, what to do. The content is what can be done at once. */
@Component({
  selector: 'ponte-table-refusal',
  imports: [Note],
  template: `
    <ponte-note tone="bad" role="alert">
      @if (name(); as name) {
        <p>
          <bdi>{{ name }}</bdi>
        </p>
      }
      <p>
        <strong>
          @if (problem().line; as line) {
            {{ t('refusal.line', { line: number(line) }) }}
          }
          {{ text().what }}
        </strong>
      </p>
      @if (text().todo; as todo) {
        <p>{{ todo }}</p>
      }
      <ng-content />
    </ponte-note>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TableRefusalNote {
  private readonly problemTexts = inject(TableProblemTexts);
  protected readonly t = inject(Texts).t;
  protected readonly number = inject(Formats).number;
  readonly problem = input.required<TableProblem>();
  /** Of the file, where the page does not say it. */
  readonly name = input('');
  protected readonly text = computed(() => this.problemTexts.of(this.problem()));
}
