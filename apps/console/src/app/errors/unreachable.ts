import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Router } from '@angular/router';
import { Texts } from '../i18n/texts';
import { SessionStore } from '../session/session-store';
import { EmptyState } from '../ui/empty-state';

/** The server did not answer the first question: the address stays, so that the page comes when it does. */
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
          <button matButton="filled" [disabled]="isAsking()" (click)="retry()">
            {{ t('actions.retry') }}
          </button>
        </ponte-empty-state>
      </section>
    </main>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Unreachable {
  private readonly session = inject(SessionStore);
  private readonly router = inject(Router);
  protected readonly t = inject(Texts).t;
  protected readonly isAsking = signal(false);

  protected async retry(): Promise<void> {
    this.isAsking.set(true);
    const state = await this.session.load();
    this.isAsking.set(false);
    if (state !== 'unreachable') await this.router.navigateByUrl('/', { onSameUrlNavigation: 'reload' });
  }
}
