import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { DELIMITERS, type Delimiter, type TableChoice } from '@ponte/tabular';
import { Texts } from '../../../i18n/texts';
import { Note } from '../../../ui/note';
import { FileEncodings } from './file-encodings';
import { FileHeaderLine } from './file-header-line';
import { hasWork } from '../wizard-state';
import { WizardStore } from '../wizard-store';
import type { OpenedView } from '../wizard-types';

/** Corrects how the file was understood. Every choice reads it again at once. */
@Component({
  selector: 'ponte-file-options',
  imports: [FileEncodings, FileHeaderLine, MatFormFieldModule, MatInputModule, Note],
  template: `
    @if (losesWork()) {
      <ponte-note tone="look">
        <p>{{ t('wizard_file.options.loses_work') }}</p>
      </ponte-note>
    }
    <div class="fields">
      @if (sheets().length > 1) {
        <mat-form-field appearance="outline" subscriptSizing="dynamic">
          <mat-label>{{ t('wizard_file.options.sheet') }}</mat-label>
          <select #sheet matNativeControl (change)="choose({ sheet: +sheet.value })">
            @for (each of sheets(); track $index) {
              <option [value]="$index" [selected]="$index === opened().detection.sheet">
                {{ each.name
                }}{{ each.visibility === 'visible' ? '' : ' ' + t('wizard_file.options.hidden_sheet') }}
              </option>
            }
          </select>
          <mat-hint>{{ t('wizard_file.options.sheet_hint') }}</mat-hint>
        </mat-form-field>
      }
      @if (opened().detection.format === 'csv') {
        <mat-form-field appearance="outline" subscriptSizing="dynamic">
          <mat-label>{{ t('wizard_file.options.delimiter') }}</mat-label>
          <select #delimiter matNativeControl (change)="chooseDelimiter(delimiter.value)">
            @for (each of delimiters; track each) {
              <option [value]="each" [selected]="each === opened().detection.delimiter">
                {{ delimiterText(each) }}
              </option>
            }
            @if (opened().detection.delimiter === null) {
              <option value="" selected>{{ t('wizard_file.options.one_column') }}</option>
            }
          </select>
        </mat-form-field>
      }
    </div>
    @if (opened().encodings.length > 1) {
      <ponte-file-encodings [opened]="opened()" (chosen)="choose({ encoding: $event })" />
    }
    <ponte-file-header-line [opened]="opened()" (chosen)="choose({ headerLine: $event })" />
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 1.25rem;
    }
    .fields {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 22rem));
      gap: 1rem;
    }
    .fields:empty {
      display: none;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FileOptions {
  private readonly store = inject(WizardStore);
  protected readonly t = inject(Texts).t;
  readonly opened = input.required<OpenedView>();

  protected readonly delimiters = DELIMITERS;
  protected readonly delimiterText = (delimiter: Delimiter) => this.t(`delimiters.${delimiter}`);
  protected readonly sheets = computed(() => this.opened().detection.sheets);
  protected readonly losesWork = computed(() => hasWork(this.store.decisions()));

  protected chooseDelimiter(value: string): void {
    const delimiter = DELIMITERS.find((each) => each === value);
    if (delimiter !== undefined) this.choose({ delimiter });
  }

  /** Another sheet is another table: its header is looked for again. Other cells may begin elsewhere too. */
  protected choose(change: TableChoice): void {
    const source = this.store.source();
    if (source === null) return;
    const { headerLine, ...rest } = this.store.choice();
    const isElsewhere = change.sheet !== undefined || change.delimiter !== undefined;
    const kept = isElsewhere || headerLine === undefined ? rest : { ...rest, headerLine };
    void this.store.open(source, { ...kept, ...change });
  }
}
