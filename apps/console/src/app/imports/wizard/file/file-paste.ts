import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  inject,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Texts } from '../../../i18n/texts';

/** A text field slows down with a whole table in it: from here on, what is pasted is read at once. */
const LONG_TEXT = 100_000;

/** Cells that were copied in a spreadsheet, without a file in between. */
@Component({
  selector: 'ponte-file-paste',
  imports: [MatButtonModule],
  template: `
    <details #details (toggle)="opened(details.open)">
      <summary>{{ t('wizard_file.paste.title') }}</summary>
      <div class="stack">
        <label for="paste-cells">{{ t('wizard_file.paste.label') }}</label>
        <textarea
          #cells
          id="paste-cells"
          rows="5"
          spellcheck="false"
          autocomplete="off"
          dir="auto"
          aria-describedby="paste-hint"
          [attr.aria-invalid]="isMissed()"
          (paste)="paste($event)"
          (keydown)="press($event)"
        ></textarea>
        <p id="paste-hint" class="small quiet">{{ t('wizard_file.paste.hint') }}</p>
        @if (isMissed()) {
          <p class="missed" role="alert">{{ t('wizard_file.paste.missed') }}</p>
        }
        <div>
          <button matButton="tonal" type="button" (click)="take()">{{ t('wizard_file.paste.take') }}</button>
        </div>
      </div>
    </details>
  `,
  styles: `
    summary {
      inline-size: fit-content;
      padding-block: 0.5rem;
      color: var(--mat-sys-primary);
      font-weight: 600;
      cursor: pointer;
    }
    .stack {
      gap: 0.5rem;
      padding-block-start: 0.5rem;
    }
    label {
      font-weight: 600;
    }
    textarea {
      inline-size: 100%;
      padding: 0.75rem;
      border: 1px solid var(--mat-sys-outline);
      border-radius: 10px;
      background: var(--mat-sys-surface-container-lowest);
      color: inherit;
      font: inherit;
      white-space: pre;
      resize: vertical;
    }
    .missed {
      color: var(--mat-sys-error);
      font-weight: 600;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FilePaste {
  protected readonly t = inject(Texts).t;
  readonly pasted = output<string>();
  private readonly cells = viewChild.required<ElementRef<HTMLTextAreaElement>>('cells');
  protected readonly isMissed = signal(false);

  protected opened(isOpen: boolean): void {
    if (isOpen) this.cells().nativeElement.focus();
  }

  protected paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text.length < LONG_TEXT) return;
    event.preventDefault();
    this.pasted.emit(text);
  }

  /** In this field Ctrl+Enter means the cells, not the next step. */
  protected press(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.take();
  }

  protected take(): void {
    const text = this.cells().nativeElement.value;
    this.isMissed.set(text.trim() === '');
    if (!this.isMissed()) this.pasted.emit(text);
    else this.cells().nativeElement.focus();
  }
}
