import { inject, Injectable } from '@angular/core';
import { isolate } from '../../../i18n/format';
import { Formats } from '../../../i18n/formats';
import { Texts } from '../../../i18n/texts';
import { columnLetters } from '../column-letters';
import { likelyRole } from './columns-roles';
import type { Remembered } from '../wizard-state';
import type { ColumnView, Decisions, OpenedView } from '../wizard-types';

/** What a column is called on screen, and why it goes where it goes. */
@Injectable({ providedIn: 'root' })
export class ColumnReasons {
  private readonly texts = inject(Texts);
  private readonly formats = inject(Formats);

  /** Its title in quotes, or its letter where it has none. */
  name({ columns }: OpenedView, index: number): string {
    const header = columns[index]?.header ?? '';
    return header === ''
      ? this.texts.t('wizard_columns.letter', { letter: columnLetters(index) })
      : this.texts.t('wizard_columns.quoted', { name: isolate(header) });
  }

  reason(opened: OpenedView, index: number, decisions: Decisions, remembered: Remembered | null): string {
    const { t } = this.texts;
    const column = opened.columns[index];
    if (column === undefined) return '';
    const role = decisions.mapping.roles[index] ?? null;
    if (remembered !== null && role !== null && remembered.mapping.roles[index] === role) {
      return this.sameAsBefore(remembered);
    }
    if (role === column.guess.role) return this.ofGuess(opened, column, decisions);
    return t(
      role === null ? 'wizard_columns.reasons.left_out_by_you' : 'wizard_columns.reasons.chosen_by_you',
    );
  }

  sameAsBefore({ usedAt }: Remembered): string {
    const { t } = this.texts;
    return usedAt === null
      ? t('guess_reasons.remembered')
      : t('wizard_columns.reasons.remembered_of', { date: this.formats.day(usedAt) });
  }

  private ofGuess(opened: OpenedView, column: ColumnView, decisions: Decisions): string {
    const { t } = this.texts;
    const { reason, word, share } = column.guess;
    switch (reason) {
      case 'header_exact':
      case 'header_word':
        return t(`guess_reasons.${reason}`, { title: isolate(column.header) });
      case 'header_contains':
        return t(`guess_reasons.${reason}`, { word: isolate(word ?? column.header) });
      case 'content_phone':
      case 'content_email':
        return t(`guess_reasons.${reason}`, { share: this.formats.percent(share ?? 1) });
      case 'same_as_other':
        return this.sameAsOther(opened, column, decisions);
      default:
        return t(`guess_reasons.${reason}`);
    }
  }

  private sameAsOther(opened: OpenedView, column: ColumnView, { mapping }: Decisions): string {
    const { t } = this.texts;
    const role = likelyRole(column);
    const params = { field: t(`wizard_columns.as_words.${role}`) };
    // Last names that are not joined stand in the name already.
    const chosen = mapping.roles.indexOf(role === 'last_name' ? 'name' : role);
    return chosen === -1
      ? t('wizard_columns.reasons.also_fits', params)
      : t('guess_reasons.same_as_other', { ...params, column: this.name(opened, chosen) });
  }
}
