import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Texts } from '../../i18n/texts';
import { CopyButton } from '../../ui/copy-button';
import { Icon } from '../../ui/icon';
import { Note } from '../../ui/note';
import { saveFile } from '../../ui/save-file';

/** The recovery codes, which are shown once: to copy, or to keep as a file. */
@Component({
  selector: 'ponte-recovery-codes',
  imports: [CopyButton, Icon, MatButtonModule, Note],
  template: `
    <ponte-note tone="look">
      <p>
        <strong>{{ t('second_factor.codes_once') }}</strong>
      </p>
      <p>{{ t('second_factor.codes_text') }}</p>
    </ponte-note>
    <ul [attr.aria-label]="t('second_factor.codes')">
      @for (code of codes(); track code) {
        <li>
          <code>{{ code }}</code>
        </li>
      }
    </ul>
    <div class="row">
      <ponte-copy-button [text]="codes().join('\\n')" />
      <button matButton="outlined" type="button" (click)="download()">
        <ponte-icon matButtonIcon name="download" />
        {{ t('second_factor.download') }}
      </button>
    </div>
  `,
  styles: `
    :host {
      display: grid;
      gap: 1rem;
    }
    ul {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr));
      gap: 0.25rem 1rem;
      padding: 0.75rem 1rem;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 10px;
      background: var(--mat-sys-surface-container);
      list-style: none;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RecoveryCodesList {
  protected readonly t = inject(Texts).t;
  readonly codes = input.required<readonly string[]>();

  protected download(): void {
    const text = `${this.t('second_factor.file_heading')}\n\n${this.codes().join('\n')}\n`;
    saveFile(new Blob([text], { type: 'text/plain;charset=utf-8' }), this.t('second_factor.file_name'));
  }
}
