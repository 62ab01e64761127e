import { inject, Injectable } from '@angular/core';
import { ERASURE_PLACES, type ErasureCounts, type FindPerson } from '@ponte/contracts';
import { isolate } from '../../i18n/format';
import { Texts } from '../../i18n/texts';

/** People and counts in the middle of a sentence. */
@Injectable({ providedIn: 'root' })
export class PrivacyTexts {
  private readonly texts = inject(Texts);

  /** The phone, the address, or both, as they were typed. */
  person({ phone_number, email }: FindPerson): string {
    const [phone, address] = [isolate(phone_number ?? ''), isolate(email ?? '')];
    if (email === undefined) return phone;
    if (phone_number === undefined) return address;
    return this.texts.t('privacy.both', { phone, email: address });
  }

  /** "1 contato, 2 linhas recusadas"; empty when there was nothing. */
  counts(counts: ErasureCounts): string {
    return ERASURE_PLACES.filter((place) => counts[place] > 0)
      .map((place) => this.texts.n(`privacy.counts.${place}`, counts[place]))
      .join(', ');
  }
}
