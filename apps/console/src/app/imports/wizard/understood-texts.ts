import { inject, Injectable } from '@angular/core';
import { isolate } from '../../i18n/format';
import { Formats } from '../../i18n/formats';
import { Texts } from '../../i18n/texts';
import type { OpenedView } from './wizard-types';

/** How a file was understood, in one line: "Windows-1252, separador ;, 12.482 linhas". */
@Injectable({ providedIn: 'root' })
export class UnderstoodTexts {
  private readonly texts = inject(Texts);
  private readonly formats = inject(Formats);

  sentence(opened: OpenedView): string {
    return [...this.form(opened), this.texts.n('wizard_file.rows', opened.rows)].join(', ');
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
      const sign = delimiter === '\t' ? t('wizard_file.tab') : delimiter;
      parts.push(t('wizard_file.separator', { sign }));
    }
    return parts;
  }
}
