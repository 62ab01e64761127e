import { ChangeDetectionStrategy, Component, type ElementRef, input, output, viewChild } from '@angular/core';

/** How an editor was left: with a value or without, and towards which neighbour. */
export interface CellEnd {
  readonly value: string | null;
  readonly step: -1 | 0 | 1;
}

/** The input inside a cell. Enter and leaving keep, Escape gives up, Tab goes on. */
@Component({
  selector: 'ponte-rows-cell-editor',
  template: `
    <input
      #input
      autocomplete="off"
      autocapitalize="none"
      spellcheck="false"
      [attr.inputmode]="inputMode()"
      [attr.aria-label]="label()"
      [value]="typed() ?? value()"
      (keydown)="press($event, input.value)"
      (blur)="leave(input.value)"
    />
  `,
  styles: `
    :host {
      display: block;
    }
    input {
      inline-size: 100%;
      min-inline-size: 8rem;
      min-block-size: 2.25rem;
      padding: 0.25rem 0.5rem;
      border: 1px solid var(--mat-sys-primary);
      border-radius: 8px;
      background: var(--mat-sys-surface-container-lowest);
      color: inherit;
      font: inherit;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RowsCellEditor {
  readonly value = input.required<string>();
  /** The key that began the editing takes the place of the value. */
  readonly typed = input<string | null>(null);
  readonly label = input.required<string>();
  readonly inputMode = input('text');
  readonly left = output<CellEnd>();

  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('input');
  private isDone = false;

  /** At once, within the key that opened it: the next one is typed already. */
  focus(): void {
    const field = this.field().nativeElement;
    field.focus();
    if (this.typed() === null) field.select();
  }

  protected press(event: KeyboardEvent, value: string): void {
    // The keys of the editor are not the grid's. Ctrl+Enter is the wizard's.
    if (!(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === 'Enter') this.end({ value, step: 0 });
    else if (event.key === 'Escape') this.end({ value: null, step: 0 });
    else if (event.key === 'Tab') this.end({ value, step: event.shiftKey ? -1 : 1 });
    else return;
    event.preventDefault();
  }

  protected leave(value: string): void {
    // Another window came to the front: the input is where it was.
    if (document.hasFocus()) this.end({ value, step: 0 });
  }

  private end(end: CellEnd): void {
    if (this.isDone) return;
    this.isDone = true;
    this.left.emit(end);
  }
}
