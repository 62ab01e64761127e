import { inject, Injectable } from '@angular/core';
import type { Delimiter } from '@ponte/tabular';
import { isolate } from '../../../i18n/format';
import { Formats } from '../../../i18n/formats';
import { Texts } from '../../../i18n/texts';
import type { OpenedView, TableSource } from '../wizard-types';

/** How a file was understood, in one line: "Windows-1252, separador ;, 12.482 linhas". */
@Injectable({ providedIn: 'root' })
export class UnderstoodTexts {
  private readonly texts = inject(Texts);
  private readonly formats = inject(Formats);

  sentence(opened: OpenedView, source: TableSource): string {
    // The encoding and the separator of what was pasted are nobody's concern.
    const form = 'file' in source ? this.form(opened) : [];
    return [...form, this.texts.n('wizard_file.rows', opened.rows)].join(', ');
  }

  header({ detection, columns }: OpenedView): string {
    const { t, n } = this.texts;
    const count = n('wizard_file.columns', columns.length);
    if (detection.headerLine === 0) return `${count} · ${t('wizard_file.without_header')}`;
    return `${count} · ${t('wizard_file.header_in', { line: this.formats.number(detection.headerLine) })}`;
  }

  private form({ detection }: OpenedView): string[] {
    const { t } = this.texts;
    const { sheets, sheet, encoding, delimiter } = detection;
    if (sheet !== null) return [t('wizard_file.sheet', { name: isolate(sheets[sheet]?.name ?? '') })];
    const parts: string[] = [];
    if (encoding !== null) parts.push(t(`encodings.${encoding}`));
    if (delimiter !== null) {
      const sign = this.sign(delimiter);
      parts.push(t('wizard_file.separator', { sign }));
    }
    return parts;
  }

  /** The sign itself, unless it would be lost in the sentence. */
  private sign(delimiter: Delimiter): string {
    if (delimiter === '\t') return this.texts.t('wizard_file.tab');
    return delimiter === ',' ? this.texts.t('wizard_file.comma') : delimiter;
  }
}
