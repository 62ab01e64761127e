import { inject, Injectable } from '@angular/core';
import { isolate } from '../../../i18n/format';
import { Formats } from '../../../i18n/formats';
import { Texts } from '../../../i18n/texts';
import type { Edit } from '../wizard-types';

const LONGEST = 60;

/** Values and edits in words, as the list of changes says them. */
@Injectable({ providedIn: 'root' })
export class EditWords {
  private readonly texts = inject(Texts);
  private readonly number = inject(Formats).number;

  /** A value in quotes; a blank one by its name. */
  quote(value: string): string {
    if (value.trim() === '') return this.texts.t('wizard_values.blank');
    const letters = [...value];
    const text = letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('')}…` : value;
    return `“${isolate(text)}”`;
  }

  /** `lineOf` knows the lines of the rows that were looked up. */
  of(edit: Edit, lineOf: (row: number) => number | undefined): string {
    const { t, n } = this.texts;
    switch (edit.kind) {
      case 'cell':
        return t('wizard_values.edits.cell', {
          line: this.line(lineOf(edit.row)),
          field: t(`fields.${edit.field}`),
          value: this.quote(edit.value),
        });
      case 'value':
        return t('wizard_values.edits.value', {
          field: t(`fields.${edit.field}`),
          from: this.quote(edit.from),
          to: this.quote(edit.to),
        });
      case 'replace':
        return t('wizard_values.edits.replace', {
          field: t(`fields.${edit.field}`),
          find: this.quote(edit.find),
          replace: this.quote(edit.replace),
        });
      case 'leave_out': {
        const [row] = edit.rows;
        if (edit.rows.length > 1 || row === undefined)
          return n('wizard_values.edits.leave_out', edit.rows.length);
        return t('wizard_values.edits.leave_out_one', { line: this.line(lineOf(row)) });
      }
    }
  }

  /** Until it is known, its place is kept. */
  private line(line: number | undefined): string {
    return line === undefined ? '…' : this.number(line);
  }
}
