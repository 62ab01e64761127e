import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { isolate } from '../../../i18n/format';
import { Formats } from '../../../i18n/formats';
import { Texts } from '../../../i18n/texts';
import type { OpenedView } from '../wizard-types';

const LINES = 20;
const COLUMNS = 8;

/** Which of the first lines holds the titles. */
@Component({
  selector: 'ponte-file-header-line',
  template: `
    <fieldset>
      <legend>{{ t('wizard_file.options.header') }}</legend>
      <p class="small quiet">{{ t('wizard_file.options.header_hint') }}</p>
      <label class="none">
        <input type="radio" name="header-line" [checked]="present() === 0" (change)="chosen.emit(0)" />
        {{ t('wizard_file.options.no_header') }}
      </label>
      <div class="table-box" tabindex="0" role="region" [attr.aria-label]="t('wizard_file.options.header')">
        <table class="table">
          <tbody>
            @for (row of lines(); track row.line) {
              <tr [class.chosen]="row.line === present()">
                <th scope="row">
                  <label>
                    <input
                      type="radio"
                      name="header-line"
                      [attr.aria-label]="row.label"
                      [checked]="row.line === present()"
                      (change)="chosen.emit(row.line)"
                    />
                    <span class="figures">{{ number(row.line) }}</span>
                  </label>
                </th>
                @for (cell of row.cells; track $index) {
                  <td>
                    <bdi>{{ cell }}</bdi>
                  </td>
                }
              </tr>
            }
          </tbody>
        </table>
      </div>
    </fieldset>
  `,
  styles: `
    legend {
      padding: 0;
      font-weight: 600;
    }
    label {
      display: inline-flex;
      align-items: center;
      gap: 0.5rem;
      min-block-size: 2rem;
      cursor: pointer;
    }
    .none {
      margin-block: 0.375rem 0.5rem;
    }
    input {
      flex: none;
      inline-size: 1.125rem;
      block-size: 1.125rem;
      margin: 0;
      accent-color: var(--mat-sys-primary);
    }
    .table-box {
      max-block-size: 20rem;
      overflow: auto;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 12px;
      background: var(--mat-sys-surface-container-lowest);
    }
    .table :is(th, td) {
      padding: 0.25rem 0.75rem;
      max-inline-size: 16rem;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    th {
      inline-size: 1%;
    }
    .chosen {
      background: var(--mat-sys-primary-container) !important;
      color: var(--mat-sys-on-primary-container);
      font-weight: 600;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FileHeaderLine {
  protected readonly t = inject(Texts).t;
  protected readonly number = inject(Formats).number;
  readonly opened = input.required<OpenedView>();
  readonly chosen = output<number>();

  protected readonly present = computed(() => this.opened().detection.headerLine);
  protected readonly lines = computed(() => {
    const top = this.opened().top.slice(0, LINES);
    const width = Math.min(COLUMNS, Math.max(0, ...top.map(({ cells }) => cells.length)));
    return top.map(({ line, cells }) => ({
      line,
      cells: Array.from({ length: width }, (_, at) => cells[at] ?? ''),
      label: this.t('wizard_file.options.header_line', {
        line: this.number(line),
        cells: isolate(cells.slice(0, COLUMNS).filter(Boolean).join(', ')),
      }),
    }));
  });
}
