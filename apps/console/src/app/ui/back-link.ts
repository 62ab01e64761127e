import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from './icon';

/** The way to the list above this page. */
@Component({
  selector: 'ponte-back-link',
  imports: [Icon, RouterLink],
  template: ` <a [routerLink]="to()"><ponte-icon name="back" />{{ text() }}</a> `,
  styles: `
    :host {
      font-size: 0.8125rem;
    }
    a {
      display: inline-flex;
      align-items: center;
      gap: 0.375rem;
      min-block-size: 1.5rem;
    }
    ponte-icon {
      inline-size: 1rem;
      block-size: 1rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BackLink {
  readonly to = input.required<readonly (string | number)[]>();
  readonly text = input.required<string>();
}
