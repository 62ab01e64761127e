import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { Texts } from '../i18n/texts';
import { EmptyState } from '../ui/empty-state';

@Component({
  selector: 'ponte-not-found',
  imports: [EmptyState, MatButtonModule, RouterLink],
  template: `
    <div class="page narrow">
      <h1>{{ t('errors.not_found.title') }}</h1>
      <section class="card">
        <ponte-empty-state
          icon="search"
          [heading]="t('errors.not_found.heading')"
          [text]="t('errors.not_found.text')"
        >
          <a matButton="filled" routerLink="/">{{ t('errors.to_contacts') }}</a>
        </ponte-empty-state>
      </section>
    </div>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NotFound {
  protected readonly t = inject(Texts).t;
}
