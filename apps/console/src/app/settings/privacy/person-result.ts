import {
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { ERASURE_PLACES } from '@ponte/contracts';
import { dayOf } from '../../days/day';
import { Formats } from '../../i18n/formats';
import { Texts } from '../../i18n/texts';
import { SessionStore } from '../../session/session-store';
import { Icon } from '../../ui/icon';
import { saveFile } from '../../ui/save-file';
import type { FoundPerson } from './erasures-api';
import { PrivacyTexts } from './privacy-texts';
import { RecordTexts } from './record-texts';

/** Records of one place that are shown; the file to download has them all. */
const SHOWN_RECORDS = 20;

/** What was found of a person, place by place: to hand out, and to erase. */
@Component({
  selector: 'ponte-person-result',
  imports: [Icon, MatButtonModule],
  templateUrl: './person-result.html',
  styleUrl: './person-result.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PersonResult {
  private readonly recordTexts = inject(RecordTexts);
  private readonly privacyTexts = inject(PrivacyTexts);
  private readonly texts = inject(Texts);
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');
  protected readonly session = inject(SessionStore);
  protected readonly t = this.texts.t;
  protected readonly n = this.texts.n;
  protected readonly number = inject(Formats).number;

  readonly found = input.required<FoundPerson>();
  readonly erased = output();

  protected readonly person = computed(() => this.privacyTexts.person(this.found().asked));
  protected readonly places = computed(() => {
    const { found, records } = this.found().data;
    return ERASURE_PLACES.filter((place) => found[place] > 0).map((place) => {
      const here = records.filter((record) => record.place === place);
      const shown = here.slice(0, SHOWN_RECORDS).map((record) => this.recordTexts.of(record));
      return { place, title: this.t(`privacy.places.${place}`), count: found[place], shown };
    });
  });

  /** The answer stands below the form: the keyboard and the screen reader go on there. */
  focus(): void {
    this.heading().nativeElement.focus();
  }

  protected download(): void {
    const text = JSON.stringify(this.found().data, null, 2);
    const name = this.t('privacy.file_name', { day: dayOf(Date.now()) });
    saveFile(new Blob([text], { type: 'application/json' }), name);
  }
}
