import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Texts } from '../i18n/texts';
import { Icon } from './icon';

/** Copies a text, and says that it did. */
@Component({
  selector: 'ponte-copy-button',
  imports: [Icon, MatButtonModule],
  template: `
    <button matButton="tonal" type="button" (click)="copy()">
      <ponte-icon matButtonIcon [name]="isCopied() ? 'check' : 'copy'" />
      {{ isCopied() ? t('actions.copied') : t('actions.copy') }}
    </button>
    <p class="visually-hidden" aria-live="polite">{{ isCopied() ? t('actions.copied') : '' }}</p>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CopyButton {
  protected readonly t = inject(Texts).t;
  readonly text = input.required<string>();
  protected readonly isCopied = signal(false);

  protected async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text());
      this.isCopied.set(true);
    } catch {
      // No clipboard on plain HTTP, or it was refused: the text beside the button can be copied by hand.
      this.isCopied.set(false);
    }
  }
}
