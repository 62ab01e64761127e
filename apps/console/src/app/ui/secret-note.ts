import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { CopyButton } from './copy-button';

/** A password or token that is shown once, with the button that copies it. */
@Component({
  selector: 'ponte-secret-note',
  imports: [CopyButton],
  template: `
    <p class="small quiet" [id]="id">{{ label() }}</p>
    <div class="line">
      <code [attr.aria-labelledby]="id" tabindex="0" role="textbox" aria-readonly="true">{{ secret() }}</code>
      <ponte-copy-button [text]="secret()" />
    </div>
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
  readonly label = input.required<string>();
  readonly secret = input.required<string>();
}
