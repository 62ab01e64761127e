import { ChangeDetectionStrategy, Component, computed, inject, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { isolate } from '../../../i18n/format';
import { Formats } from '../../../i18n/formats';
import { Texts } from '../../../i18n/texts';
import { Note } from '../../../ui/note';
import { DraftKeeper } from './draft-keeper';
import { sourceName } from '../source-name';

/** "Continuar com clientes.xlsx de 14:32?" */
@Component({
  selector: 'ponte-draft-offer',
  imports: [MatButtonModule, Note],
  template: `
    @if (question(); as question) {
      <ponte-note role="group" [attr.aria-label]="question">
        <p>
          <strong>{{ question }}</strong>
        </p>
        <p>{{ t('wizard_draft.where') }}</p>
        <div class="row">
          <button matButton="filled" (click)="accepted.emit()">{{ t('wizard_draft.go_on') }}</button>
          <button matButton="outlined" (click)="keeper.decline()">{{ t('wizard_draft.start_over') }}</button>
        </div>
      </ponte-note>
    }
  `,
  styles: `
    :host:empty {
      display: none;
    }
    .row {
      margin-block-start: 0.5rem;
    }
    button[matButton='outlined'] {
      --mat-button-outlined-label-text-color: currentColor;
      --mat-button-outlined-outline-color: currentColor;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DraftOffer {
  private readonly formats = inject(Formats);
  protected readonly keeper = inject(DraftKeeper);
  protected readonly t = inject(Texts).t;
  readonly accepted = output();

  protected readonly question = computed(() => {
    const draft = this.keeper.offered();
    if (draft === null) return null;
    const saved = new Date(draft.savedAt);
    const isToday = saved.toDateString() === new Date().toDateString();
    const time = isToday
      ? this.formats.time(saved.toISOString())
      : this.formats.dateTime(saved.toISOString());
    return this.t('wizard_draft.question', { name: isolate(sourceName(draft.source, this.t)), time });
  });
}
