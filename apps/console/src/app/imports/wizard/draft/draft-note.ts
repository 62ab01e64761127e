import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Texts } from '../../../i18n/texts';
import { Note } from '../../../ui/note';
import { Drafts } from './drafts';

/** Says what would be lost, where the browser keeps nothing. */
@Component({
  selector: 'ponte-draft-note',
  imports: [Note],
  template: `
    @if (drafts.trouble(); as trouble) {
      <ponte-note tone="look" role="status">
        <p>
          <strong>{{
            t(trouble === 'too_big' ? 'wizard_draft.too_big' : 'wizard_draft.unavailable')
          }}</strong>
        </p>
        <p>{{ t('wizard_draft.would_be_lost') }}</p>
      </ponte-note>
    }
  `,
  styles: `
    :host:empty {
      display: none;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DraftNote {
  protected readonly drafts = inject(Drafts);
  protected readonly t = inject(Texts).t;
}
