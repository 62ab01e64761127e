import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import {
  DEFAULT_EXPORT_COLUMNS,
  EXPORT_COLUMNS,
  EXPORT_FORMATS,
  SHEET_CONTACTS,
  type ExportColumn,
  type ExportFormat,
  type FilterCondition,
} from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
import { type CallProblem, readProblem } from '../http/call-problem';
import { Formats } from '../i18n/formats';
import { Texts } from '../i18n/texts';
import { Note } from '../ui/note';
import { ProblemNote } from '../ui/problem-note';
import { WholeWords } from '../ui/whole-words';
import { ExportsApi } from './exports-api';

export interface ExportDialogData {
  accountId: number;
  count: number;
  /** False: there are at least so many. */
  countIsExact: boolean;
  q: string;
  payload: FilterCondition[];
}

/** Which form and which columns, and off it goes; closes with true when the export has been ordered. */
@Component({
  imports: [MatButtonModule, MatDialogModule, Note, ProblemNote, WholeWords],
  template: `
    <h2 mat-dialog-title>{{ title }}</h2>
    <mat-dialog-content>
      @if (problem(); as problem) {
        <ponte-problem-note [problem]="problem" />
      }
      <p><ponte-whole-words [text]="isFiltered ? t('export.text_filtered') : t('export.text')" /></p>
      <fieldset>
        <legend>{{ t('export.format') }}</legend>
        @for (each of formats; track each) {
          <label>
            <input
              type="radio"
              name="export-format"
              [checked]="format() === each"
              (change)="format.set(each)"
            />
            <span>
              {{ formatName(each) }}
              <span class="hint small quiet">{{ formatHint(each) }}</span>
            </span>
          </label>
        }
      </fieldset>
      @if (needsMoreSheets()) {
        <ponte-note tone="look">{{ t('export.more_sheets', { rows: sheetContacts }) }}</ponte-note>
      }
      <fieldset>
        <legend>{{ t('export.columns') }}</legend>
        @for (column of all; track column) {
          <label>
            <input type="checkbox" [checked]="columns().has(column)" (change)="toggle(column)" />
            <span>{{ name(column) }}</span>
            <code class="small quiet">{{ column }}</code>
          </label>
        }
      </fieldset>
      @if (!canImportBack()) {
        <ponte-note tone="look">{{ t('export.not_back') }}</ponte-note>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton mat-dialog-close>{{ t('actions.cancel') }}</button>
      <button matButton="filled" [disabled]="isSending() || columns().size === 0" (click)="send()">
        {{ t('export.send') }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    mat-dialog-content {
      display: grid;
      gap: 1rem;
    }
    fieldset {
      display: grid;
      gap: 0.125rem;
    }
    legend {
      padding: 0 0 0.25rem;
      font-weight: 600;
    }
    label {
      display: flex;
      align-items: center;
      gap: 0.625rem;
      min-block-size: 2.25rem;
    }
    .hint {
      display: block;
    }
    input {
      flex: none;
      inline-size: 1.125rem;
      block-size: 1.125rem;
      margin: 0;
      accent-color: var(--mat-sys-primary);
    }
    /* Beside the first of two lines. */
    label:has(.hint) {
      align-items: start;
      padding-block: 0.25rem;
    }
    label:has(.hint) input {
      margin-block-start: 0.0625rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ExportDialog {
  private readonly api = inject(ExportsApi);
  private readonly dialog = inject<MatDialogRef<ExportDialog, boolean>>(MatDialogRef);
  private readonly texts = inject(Texts);
  protected readonly data = inject<ExportDialogData>(MAT_DIALOG_DATA);
  protected readonly t = this.texts.t;
  protected readonly all = EXPORT_COLUMNS;
  protected readonly isFiltered = this.data.q !== '' || this.data.payload.length > 0;
  protected readonly name = (column: ExportColumn) => this.t(`fields.${column}`);

  protected readonly formats = EXPORT_FORMATS;
  protected readonly formatName = (format: ExportFormat) => this.t(`export.formats.${format}`);
  protected readonly formatHint = (format: ExportFormat) => this.t(`export.format_hints.${format}`);
  /** People open it in Excel, which takes the phones of a CSV for quantities. */
  protected readonly format = signal<ExportFormat>('xlsx');
  protected readonly number = inject(Formats).number;
  /** On one line in the template: Material would show a space before it. */
  protected readonly title = this.data.countIsExact
    ? this.texts.n('export.title', this.data.count)
    : this.t('export.title_at_least', { count: this.number(this.data.count) });
  protected readonly sheetContacts = this.number(SHEET_CONTACTS);
  protected readonly needsMoreSheets = computed(
    () => this.format() === 'xlsx' && this.data.count > SHEET_CONTACTS,
  );
  protected readonly columns = signal<ReadonlySet<ExportColumn>>(new Set(DEFAULT_EXPORT_COLUMNS));
  protected readonly canImportBack = computed(
    () => this.columns().has('name') && this.columns().has('phone_number'),
  );
  protected readonly isSending = signal(false);
  protected readonly problem = signal<CallProblem | null>(null);

  protected toggle(column: ExportColumn): void {
    const columns = new Set(this.columns());
    if (!columns.delete(column)) columns.add(column);
    this.columns.set(columns);
  }

  protected async send(): Promise<void> {
    this.isSending.set(true);
    this.problem.set(null);
    const { accountId, q, payload } = this.data;
    const column_names = EXPORT_COLUMNS.filter((column) => this.columns().has(column));
    try {
      await firstValueFrom(this.api.create(accountId, { format: this.format(), q, payload, column_names }));
      this.dialog.close(true);
    } catch (error) {
      this.problem.set(readProblem(error));
    } finally {
      this.isSending.set(false);
    }
  }
}
