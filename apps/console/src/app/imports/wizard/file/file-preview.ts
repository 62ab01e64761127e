import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Formats } from '../../../i18n/formats';
import { Texts } from '../../../i18n/texts';
import { columnLetters } from '../column-letters';
import type { OpenedView } from '../wizard-types';

const ROWS = 5;
const COLUMNS = 12;

/** The first rows as they were read. */
@Component({
  selector: 'ponte-file-preview',
  template: `
    <h3 class="small quiet" id="preview">{{ t('wizard_file.preview') }}</h3>
    <div class="table-box" tabindex="0" role="region" aria-labelledby="preview">
      <table class="table">
        <thead>
          <tr>
            <th scope="col" class="number">{{ t('rejected.line') }}</th>
            @for (title of titles(); track $index) {
              <th scope="col">
                <bdi>{{ title }}</bdi>
              </th>
            }
            @if (more() > 0) {
              <th scope="col">
                <span class="quiet">{{ n('rejected.more_columns', more()) }}</span>
              </th>
            }
          </tr>
        </thead>
        <tbody>
          @for (row of rows(); track row.line) {
            <tr>
              <td class="number quiet">{{ number(row.line) }}</td>
              @for (cell of row.cells; track $index) {
                <td>
                  <bdi>{{ cell }}</bdi>
                </td>
              }
              @if (more() > 0) {
                <td></td>
              }
            </tr>
          }
        </tbody>
      </table>
    </div>
  `,
  styles: `
    :host {
      display: block;
      overflow: hidden;
      border-radius: 0 0 var(--ponte-radius) var(--ponte-radius);
      border-block-start: 1px solid var(--mat-sys-outline-variant);
    }
    h3 {
      padding: 0.75rem 0.875rem 0.25rem;
      font-weight: 600;
    }
    .table :is(th, td) {
      padding: 0.5rem 0.875rem;
      max-inline-size: 20rem;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .number {
      inline-size: 1%;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FilePreview {
  private readonly texts = inject(Texts);
  protected readonly t = this.texts.t;
  protected readonly n = this.texts.n;
  protected readonly number = inject(Formats).number;
  readonly opened = input.required<OpenedView>();

  protected readonly titles = computed(() =>
    this.opened()
      .columns.slice(0, COLUMNS)
      .map(
        ({ header }, at) => header || this.t('wizard_columns.letter_title', { letter: columnLetters(at) }),
      ),
  );
  protected readonly more = computed(() => Math.max(0, this.opened().columns.length - COLUMNS));
  protected readonly rows = computed(() => {
    const { top, detection } = this.opened();
    const below = top.filter(({ line }) => line > detection.headerLine).slice(0, ROWS);
    return below.map(({ line, cells }) => ({ line, cells: this.titles().map((_, at) => cells[at] ?? '') }));
  });
}
