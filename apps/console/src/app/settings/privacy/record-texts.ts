import { inject, Injectable } from '@angular/core';
import { CONTACT_FIELDS, type ContactFieldName } from '@ponte/contacts';
import type { PersonData } from '@ponte/contracts';
import { formatPhone } from '../../contacts/format-phone';
import { Formats } from '../../i18n/formats';
import { ProblemTexts } from '../../i18n/problem-texts';
import { Texts } from '../../i18n/texts';

export type FoundRecord = PersonData['records'][number];
type Data = FoundRecord['data'];

/** A record as people read it: what it is, and lines about it. */
export interface RecordText {
  title: string;
  lines: readonly string[];
}

/** Rows of one file that are shown; the file to download has them all. */
export const SHOWN_ROWS = 5;

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const objectOf = (value: unknown): Data =>
  typeof value === 'object' && value !== null ? (value as Data) : {};

/** What was found of a person, in words. The answer says of its records only that they are objects: each value is checked. */
@Injectable({ providedIn: 'root' })
export class RecordTexts {
  private readonly texts = inject(Texts);
  private readonly problemTexts = inject(ProblemTexts);
  private readonly formats = inject(Formats);

  of({ place, id, data }: FoundRecord): RecordText {
    switch (place) {
      case 'contacts':
        return this.contact(data);
      case 'rejected_rows':
        return this.rejectedRow(id, data);
      case 'stored_files':
        return this.storedFile(data);
      case 'export_files':
        return { title: textOf(data['file_name']), lines: this.at('ordered', data) };
      case 'export_queries':
        return this.query(id, data);
      case 'import_mappings':
        return { title: this.texts.t('privacy.record.defaults'), lines: this.defaults(data) };
      case 'outbox':
        return {
          title: this.texts.t('privacy.record.mail_to', { address: textOf(data['to_address']) }),
          lines: this.at('written', data),
        };
    }
  }

  private contact(data: Data): RecordText {
    const known = [formatPhone(textOf(data['phone_number'])), textOf(data['email'])].filter(Boolean);
    return { title: textOf(data['name']), lines: [known.join(' · '), ...this.at('created', data)] };
  }

  private rejectedRow(id: number | null, data: Data): RecordText {
    const reasons = listOf(data['codes']).map((code) => this.problemTexts.ofRejection(textOf(code)));
    return {
      title: this.texts.t('privacy.record.line_title', { line: textOf(data['line']), id: id ?? '?' }),
      lines: [cellsText(data), reasons.join(' ')].filter(Boolean),
    };
  }

  private storedFile(data: Data): RecordText {
    const rows = listOf(data['rows']);
    const shown = rows.slice(0, SHOWN_ROWS).map((row) => this.line(objectOf(row)));
    const hidden = rows.length - shown.length;
    const more = hidden > 0 ? [this.texts.n('privacy.more', hidden)] : [];
    return { title: textOf(data['file_name']), lines: [...this.at('sent_at', data), ...shown, ...more] };
  }

  private line(row: Data): string {
    return this.texts.t('privacy.record.line', { line: textOf(row['line']), cells: cellsText(row) });
  }

  private query(id: number | null, data: Data): RecordText {
    const values = listOf(data['payload']).flatMap((condition) => [objectOf(condition)['values']].flat());
    const words = [data['q'], ...values].map(textOf).filter(Boolean);
    return { title: this.texts.t('audit.subjects.export', { id: id ?? '?' }), lines: words };
  }

  private defaults(data: Data): string[] {
    return Object.entries(objectOf(data['defaults'])).map(([field, value]) =>
      this.texts.t('privacy.record.default', { field: this.field(field), value: textOf(value) }),
    );
  }

  private field(name: string): string {
    const field = CONTACT_FIELDS.find((each) => each.name === name)?.name as ContactFieldName | undefined;
    return field === undefined ? name : this.texts.t(`fields.${field}`);
  }

  private at(verb: 'created' | 'sent_at' | 'ordered' | 'written', data: Data): string[] {
    const time = textOf(data['created_at']);
    return time === '' ? [] : [this.texts.t(`privacy.record.${verb}`, { time: this.formats.dateTime(time) })];
  }
}

function cellsText(row: Data): string {
  return listOf(row['cells']).map(textOf).filter(Boolean).join(' · ');
}
