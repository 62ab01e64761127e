import { inject, Injectable } from '@angular/core';
import { ASSISTED_CODES, REJECTION_CODES } from '@ponte/contacts';
import { ProblemTexts } from '../../../i18n/problem-texts';
import { Texts } from '../../../i18n/texts';
import type { CallOptions } from '../table-client';
import { WizardStore } from '../wizard-store';
import type { Output, OutputKind } from '../wizard-types';

const ENDING = /\.[^.]{1,5}$/;

/** Files made of the rows as they are decided now, with the sentences that belong into them. */
@Injectable()
export class RowsOutput {
  private readonly store = inject(WizardStore);
  private readonly texts = inject(Texts);
  private readonly problemTexts = inject(ProblemTexts);

  make(kind: OutputKind, options?: CallOptions): Promise<Output> {
    const { t } = this.texts;
    const codes = [...REJECTION_CODES, ...ASSISTED_CODES];
    const request = {
      kind,
      reasons: Object.fromEntries(codes.map((code) => [code, this.problemTexts.ofRejection(code)])),
      titles: { column: t('wizard_review.download.column'), errors: t('wizard_review.download.reason') },
    };
    return this.store.call('output', request, options);
  }

  /** The person's own file name; pasted cells have none. */
  sourceName(): string {
    const source = this.store.source();
    return source !== null && 'file' in source
      ? source.file.name
      : `${this.texts.t('wizard_review.download.pasted_name')}.csv`;
  }

  nameOf(kind: 'clean' | 'problems'): string {
    const name = this.sourceName().replace(ENDING, '');
    return this.texts.t(`wizard_review.download.${kind}_name`, { name });
  }
}
