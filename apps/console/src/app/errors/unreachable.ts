import { DOCUMENT } from '@angular/common';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Texts } from '../i18n/texts';
import { EmptyState } from '../ui/empty-state';

/** The server did not answer the first question. The address is still the one that was asked for: loading it again is it. */
@Component({
  selector: 'ponte-unreachable',
  imports: [EmptyState, MatButtonModule],
  template: `
    <main class="page narrow">
      <h1>{{ t('errors.unreachable.title') }}</h1>
      <section class="card">
        <ponte-empty-state
          icon="refresh"
          [heading]="t('errors.unreachable.heading')"
          [text]="t('errors.unreachable.text')"
        >
          <button matButton="filled" (click)="retry()">{{ t('actions.retry') }}</button>
        </ponte-empty-state>
      </section>
    </main>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Unreachable {
  private readonly document = inject(DOCUMENT);
  protected readonly t = inject(Texts).t;

  protected retry(): void {
    this.document.location.reload();
  }
}
