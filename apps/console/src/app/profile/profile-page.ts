import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Texts } from '../i18n/texts';
import { NameForm } from './name-form';
import { PasswordForm } from './password-form';
import { Preferences } from './preferences';

@Component({
  selector: 'ponte-profile-page',
  imports: [NameForm, PasswordForm, Preferences],
  template: `
    <div class="page narrow">
      <h1>{{ t('profile.title') }}</h1>
      <div class="columns">
        <div class="stack">
          <ponte-name-form />
          <ponte-preferences />
        </div>
        <ponte-password-form />
      </div>
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
  protected readonly t = inject(Texts).t;
}
