import { ChangeDetectionStrategy, Component, inject, input, output, signal } from '@angular/core';
import { Texts } from '../i18n/texts';
import { Icon } from '../ui/icon';

/** A native file input as large as its frame: click, drop, keyboard and screen reader all use the same element. */
@Component({
  selector: 'ponte-file-drop',
  imports: [Icon],
  template: `
    <label [class.over]="isOver()" [class.compact]="hasFile()">
      <input
        #input
        type="file"
        accept=".xlsx,.xlsm,.csv,.txt,.tsv"
        (change)="take(input)"
        (dragenter)="isOver.set(true)"
        (dragleave)="isOver.set(false)"
        (drop)="isOver.set(false)"
      />
      <ponte-icon name="upload" />
      <strong>{{ hasFile() ? t('wizard_file.choose_other') : t('wizard_file.choose') }}</strong>
      @if (!hasFile()) {
        <span class="quiet">{{ t('wizard_file.or_drop') }}</span>
      }
    </label>
  `,
  styles: `
    label {
      position: relative;
      display: grid;
      justify-items: center;
      gap: 0.375rem;
      padding: clamp(2rem, 6vw, 3.5rem) 1rem;
      border: 2px dashed var(--mat-sys-outline);
      border-radius: 14px;
      background: var(--mat-sys-surface-container-low);
      text-align: center;
      cursor: pointer;
    }
    label.compact {
      padding-block: 1rem;
    }
    label:hover,
    label.over {
      border-color: var(--mat-sys-primary);
      background: color-mix(in srgb, var(--mat-sys-primary) 8%, var(--mat-sys-surface-container-lowest));
    }
    label:focus-within {
      outline: 3px solid var(--mat-sys-primary);
      outline-offset: 2px;
    }
    input {
      position: absolute;
      inset: 0;
      inline-size: 100%;
      block-size: 100%;
      opacity: 0;
      cursor: pointer;
    }
    ponte-icon {
      inline-size: 2rem;
      block-size: 2rem;
      color: var(--mat-sys-primary);
    }
    .compact ponte-icon {
      display: none;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FileDrop {
  readonly hasFile = input(false);
  readonly chosen = output<File>();
  protected readonly t = inject(Texts).t;
  protected readonly isOver = signal(false);

  protected take(input: HTMLInputElement): void {
    const file = input.files?.item(0);
    // The same file, mended, can be chosen again.
    if (file) this.chosen.emit(file);
    input.value = '';
  }
}
