import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** Words with a hyphen between letters, and what clings to them. */
const HYPHENATED = /(\S*\p{L}-\p{L}\S*)/u;

/** A text whose lines do not end within a word such as "e-mail"; its characters stay as they are, for searches and readers. */
@Component({
  selector: 'ponte-whole-words',
  template: `
    @for (part of parts(); track $index) {
      <span [class.whole]="$odd">{{ part }}</span>
    }
  `,
  styles: `
    .whole {
      white-space: nowrap;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class WholeWords {
  readonly text = input.required<string>();
  /** Every other one is a word that stays whole. */
  protected readonly parts = computed(() => this.text().split(HYPHENATED));
}
