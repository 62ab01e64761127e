import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Icon, type IconName } from './icon';

export type NoteTone = 'info' | 'good' | 'look' | 'bad';

const ICONS: Readonly<Record<NoteTone, IconName>> = {
  info: 'info',
  good: 'check',
  look: 'warning',
  bad: 'alert',
};

/** A framed remark beside what it is about. The tone has a picture as well as a colour. */
@Component({
  selector: 'ponte-note',
  imports: [Icon],
  template: `
    <ponte-icon [name]="icon()" />
    <div class="text"><ng-content /></div>
  `,
  styles: `
    :host {
      display: flex;
      gap: 0.75rem;
      padding: 0.875rem 1rem;
      border-radius: 12px;
      background: var(--ground);
      color: var(--ink);
      --ground: light-dark(#e2f0f1, #153136);
      --ink: light-dark(#0b4d52, #a9e2e6);
    }
    :host(.good) {
      --ground: var(--ponte-good-container);
      --ink: var(--ponte-good);
    }
    :host(.look) {
      --ground: var(--ponte-look-container);
      --ink: var(--ponte-look);
    }
    :host(.bad) {
      --ground: var(--mat-sys-error-container);
      --ink: var(--mat-sys-on-error-container);
    }
    ponte-icon {
      margin-block-start: 0.125rem;
    }
    .text {
      display: grid;
      gap: 0.25rem;
      min-inline-size: 0;
      flex: 1;
    }
  `,
  host: { '[class]': 'tone()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Note {
  readonly tone = input<NoteTone>('info');
  protected readonly icon = computed(() => ICONS[this.tone()]);
}
