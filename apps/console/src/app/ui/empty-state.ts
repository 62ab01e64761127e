import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Icon, type IconName } from './icon';

/** A page that has nothing yet: says what will be here and how it gets here; the content is what to do next. */
@Component({
  selector: 'ponte-empty-state',
  imports: [Icon],
  template: `
    <span class="picture"><ponte-icon [name]="icon()" /></span>
    <h2>{{ heading() }}</h2>
    @if (text()) {
      <p class="quiet">{{ text() }}</p>
    }
    <div class="row"><ng-content /></div>
  `,
  styles: `
    :host {
      display: grid;
      justify-items: center;
      gap: 0.75rem;
      padding: clamp(2rem, 6vw, 4.5rem) 1.25rem;
      text-align: center;
    }
    .picture {
      display: grid;
      place-items: center;
      inline-size: 4rem;
      block-size: 4rem;
      border-radius: 50%;
      background: var(--mat-sys-primary-container);
      color: var(--mat-sys-on-primary-container);
    }
    ponte-icon {
      inline-size: 1.75rem;
      block-size: 1.75rem;
    }
    h2 {
      font-size: 1.25rem;
      text-wrap: balance;
    }
    p {
      max-inline-size: 34rem;
      text-wrap: pretty;
    }
    .row {
      justify-content: center;
      margin-block-start: 0.5rem;
    }
    .row:empty {
      display: none;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EmptyState {
  readonly icon = input.required<IconName>();
  readonly heading = input.required<string>();
  readonly text = input('');
}
