import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { Texts } from '../i18n/texts';
import { EmptyState } from '../ui/empty-state';

@Component({
  selector: 'ponte-not-allowed',
  imports: [EmptyState, MatButtonModule, RouterLink],
  template: `
    <div class="page narrow">
      <h1>{{ t('errors.not_allowed.title') }}</h1>
      <section class="card">
        <ponte-empty-state
          icon="lock"
          [heading]="t('errors.not_allowed.heading')"
          [text]="t('errors.not_allowed.text')"
        >
          <a matButton="filled" routerLink="/">{{ t('errors.to_contacts') }}</a>
        </ponte-empty-state>
      </section>
    </div>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NotAllowed {
  protected readonly t = inject(Texts).t;
}
