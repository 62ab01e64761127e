import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { RunState } from '@ponte/contracts';
import { Texts } from '../i18n/texts';
import { Icon, type IconName } from '../ui/icon';

const ICONS: Readonly<Record<RunState, IconName>> = {
  queued: 'clock',
  running: 'refresh',
  finished: 'check',
  failed: 'alert',
  cancelled: 'close',
};

/** The state of a run, in a word, a picture and a colour. */
@Component({
  selector: 'ponte-state-chip',
  imports: [Icon],
  template: `<ponte-icon [name]="icon()" />{{ t(key()) }}`,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 0.375rem;
      padding: 0.1875rem 0.625rem 0.1875rem 0.5rem;
      border-radius: 99px;
      background: var(--mat-sys-surface-container-highest);
      color: var(--mat-sys-on-surface);
      font-size: 0.8125rem;
      font-weight: 600;
      white-space: nowrap;
    }
    ponte-icon {
      inline-size: 0.875rem;
      block-size: 0.875rem;
    }
    :host(.finished) {
      background: var(--ponte-good-container);
      color: var(--ponte-good);
    }
    :host(.running) {
      background: var(--mat-sys-primary-container);
      color: var(--mat-sys-on-primary-container);
    }
    :host(.failed) {
      background: var(--mat-sys-error-container);
      color: var(--mat-sys-on-error-container);
    }
  `,
  host: { '[class]': 'state()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StateChip {
  readonly state = input.required<RunState>();
  protected readonly t = inject(Texts).t;
  protected readonly icon = computed(() => ICONS[this.state()]);
  protected readonly key = computed(() => `states.${this.state()}` as const);
}
