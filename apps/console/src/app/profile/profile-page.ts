import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Texts } from '../i18n/texts';
import { SessionStore } from '../session/session-store';
import { Note } from '../ui/note';
import { DeleteSection } from './delete/delete-section';
import { NameForm } from './name-form';
import { PasswordForm } from './password-form';
import { Preferences } from './preferences';
import { SecondFactorSection } from './second-factor/second-factor-section';
import { SessionsSection } from './sessions/sessions-section';

@Component({
  selector: 'ponte-profile-page',
  imports: [DeleteSection, NameForm, Note, PasswordForm, Preferences, SecondFactorSection, SessionsSection],
  template: `
    <div class="page narrow">
      <h1>{{ t('profile.title') }}</h1>
      @if (session.accounts().length === 0) {
        <ponte-note>{{ t('profile.no_account') }}</ponte-note>
      }
      <div class="columns">
        <div class="stack">
          <ponte-name-form />
          <ponte-preferences />
        </div>
        <div class="stack">
          <ponte-password-form />
          <ponte-second-factor-section />
        </div>
      </div>
      <ponte-sessions-section />
      <ponte-delete-section />
    </div>
  `,
  styles: `
    .columns {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
      gap: 1rem;
      align-items: start;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProfilePage {
  protected readonly session = inject(SessionStore);
  protected readonly t = inject(Texts).t;
}
