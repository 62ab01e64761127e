import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Texts } from '../i18n/texts';
import { Icon } from './icon';

/** A password or token that is shown once, with the button that copies it. */
@Component({
  selector: 'ponte-secret-note',
  imports: [Icon, MatButtonModule],
  template: `
    <p class="small quiet" [id]="id">{{ label() }}</p>
    <div class="line">
      <code [attr.aria-labelledby]="id" tabindex="0" role="textbox" aria-readonly="true">{{ secret() }}</code>
      <button matButton="tonal" (click)="copy()">
        <ponte-icon matButtonIcon [name]="isCopied() ? 'check' : 'copy'" />
        {{ isCopied() ? t('actions.copied') : t('actions.copy') }}
      </button>
    </div>
    <p class="visually-hidden" aria-live="polite">{{ isCopied() ? t('actions.copied') : '' }}</p>
  `,
  styles: `
    .line {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.5rem;
    }
    code {
      flex: 1;
      min-inline-size: 12rem;
      padding: 0.625rem 0.75rem;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 10px;
      background: var(--mat-sys-surface-container);
      overflow-wrap: anywhere;
      user-select: all;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SecretNote {
  private static count = 0;
  protected readonly id = `secret-${SecretNote.count++}`;
  protected readonly t = inject(Texts).t;
  readonly label = input.required<string>();
  readonly secret = input.required<string>();
  protected readonly isCopied = signal(false);

  protected async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.secret());
      this.isCopied.set(true);
    } catch {
      // No clipboard on plain HTTP, or it was refused: the text selects itself on a click and can be copied by hand.
      this.isCopied.set(false);
    }
  }
}
