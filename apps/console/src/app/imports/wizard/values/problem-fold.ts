import { ChangeDetectionStrategy, Component, inject, input, model } from '@angular/core';
import { Formats } from '../../../i18n/formats';
import { Texts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';

/** One line that opens: how many rows, and why. The parent makes the content only while it is open. */
@Component({
  selector: 'ponte-problem-fold',
  imports: [Icon],
  template: `
    @if (isSolved()) {
      <p class="line solved">
        <span class="count"><ponte-icon name="check" /></span>
        <span>{{ text() }}</span>
        <span class="chip">{{ t('wizard_values.problems.solved') }}</span>
      </p>
    } @else {
      <h4>
        <button
          type="button"
          class="line"
          [attr.aria-expanded]="isOpen()"
          [attr.aria-controls]="id"
          (click)="isOpen.set(!isOpen())"
        >
          <span class="count figures">{{ number(count()) }}</span>
          <span>{{ text() }}</span>
          <ponte-icon name="chevron_down" />
        </button>
      </h4>
    }
    <div class="content" [id]="id" [hidden]="!isOpen() || isSolved()"><ng-content /></div>
  `,
  styles: `
    h4 {
      margin: 0;
      font: inherit;
    }
    .line {
      display: grid;
      grid-template-columns: minmax(2.75rem, max-content) minmax(0, 1fr) auto;
      align-items: baseline;
      gap: 0.75rem;
      inline-size: 100%;
      min-block-size: 2.75rem;
      padding: 0.625rem 1.25rem;
      border: 0;
      background: none;
      color: inherit;
      font: inherit;
      text-align: start;
    }
    button.line {
      cursor: pointer;
    }
    button.line:hover {
      background: color-mix(in srgb, var(--mat-sys-primary) 5%, transparent);
    }
    button.line:focus-visible {
      outline-offset: -3px;
    }
    .count {
      font-weight: 700;
      text-align: end;
    }
    ponte-icon {
      align-self: center;
      transition: rotate 150ms;
    }
    [aria-expanded='true'] ponte-icon {
      rotate: 180deg;
    }
    .solved {
      color: var(--mat-sys-on-surface-variant);
    }
    .solved ponte-icon {
      color: var(--ponte-good);
      vertical-align: middle;
    }
    .solved .count {
      align-self: center;
    }
    .chip {
      color: var(--ponte-good);
      font-size: 0.8125rem;
      font-weight: 600;
    }
    .content {
      border-block-start: 1px solid var(--mat-sys-outline-variant);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProblemFold {
  private static made = 0;
  protected readonly id = `fold-${ProblemFold.made++}`;
  protected readonly t = inject(Texts).t;
  protected readonly number = inject(Formats).number;
  readonly count = input.required<number>();
  readonly text = input.required<string>();
  /** Nothing is left behind it: said in its place, so that the list does not jump. */
  readonly isSolved = input(false);
  readonly isOpen = model(false);
}
