import { inject, Injectable } from '@angular/core';
import type { ContactFieldName } from '@ponte/contacts';
import { formatPhone } from '../../../contacts/format-phone';
import { ProblemTexts } from '../../../i18n/problem-texts';
import { Texts } from '../../../i18n/texts';
import type { RowView } from '../wizard-types';

const FIELDS: readonly ContactFieldName[] = ['name', 'phone_number', 'email'];

/** What a row of the grid shows: values as they will be sent, and why the row does not pass. */
@Injectable({ providedIn: 'root' })
export class RowWords {
  private readonly t = inject(Texts).t;
  private readonly problemTexts = inject(ProblemTexts);

  /** A good value as it will be sent; a bad one as it is. */
  value({ fields }: RowView, field: ContactFieldName): string {
    const { before, after, issue } = fields[field];
    if (issue !== null) return before;
    return field === 'phone_number' ? formatPhone(after) : after;
  }

  /** What a repair changed, as it was; null when nothing worth a line was changed. */
  before({ fields, state }: RowView, field: ContactFieldName): string | null {
    const { before, after, issue, repairs } = fields[field];
    if (issue !== null || repairs.length === 0 || state === 'left_out') return null;
    return before.trim() === '' || before === after ? null : before;
  }

  reasons(row: RowView): readonly string[] {
    if (row.state === 'left_out' || row.state === 'merged')
      return [this.t(`wizard_values.rows.states.${row.state}`)];
    const views = FIELDS.map((field) => row.fields[field]);
    const issues = [row.issue, ...views.map(({ issue }) => issue)].filter((code) => code !== null);
    if (issues.length > 0) return [...new Set(issues)].map((code) => this.problemTexts.ofRejection(code));
    const warnings = views.map(({ warning }) => warning).filter((code) => code !== null);
    if (warnings.length > 0) return warnings.map((code) => this.t(`warnings.${code}`));
    return [this.t(`wizard_values.rows.states.${row.state}`)];
  }
}
