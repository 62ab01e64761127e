import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  signal,
} from '@angular/core';
import type { AssistedCode } from '@ponte/contacts';
import { Texts } from '../../../i18n/texts';
import { ProblemFold } from './problem-fold';
import { ProblemValues } from './problem-values';
import { RowsGrid } from './rows-grid';
import type { ProblemGroup, RowFilter } from '../wizard-types';

const VIEWS = ['by_value', 'by_row'] as const;
type View = (typeof VIEWS)[number];

const WITHOUT_PHONE: readonly AssistedCode[] = ['phone_missing', 'phone_missing_placeholder'];

/** One reason: closed it is a line, open it shows its distinct values or its rows. */
@Component({
  selector: 'ponte-problem-group',
  imports: [ProblemFold, ProblemValues, RowsGrid],
  template: `
    <ponte-problem-fold
      [count]="group().rows"
      [text]="text()"
      [isSolved]="group().rows === 0"
      [(isOpen)]="isOpen"
    >
      @if (isOpen() && group().rows > 0) {
        @if (hasValues()) {
          <fieldset>
            <legend class="visually-hidden">{{ t('wizard_values.problems.view') }}</legend>
            @for (each of views; track each) {
              <label>
                <input type="radio" [name]="name" [checked]="view() === each" (change)="view.set(each)" />
                <span>{{ viewText(each) }}</span>
              </label>
            }
          </fieldset>
        }
        @if (view() === 'by_value') {
          <ponte-problem-values [code]="group().code" [label]="text()" />
        } @else {
          <ponte-rows-grid [filter]="filter()" [label]="text()" />
        }
      }
    </ponte-problem-fold>
  `,
  styles: `
    fieldset {
      display: flex;
      padding: 0.75rem 1.25rem;
    }
    label {
      position: relative;
    }
    input {
      position: absolute;
      inset: 0;
      margin: 0;
      opacity: 0;
      z-index: 1;
      cursor: pointer;
    }
    span {
      display: grid;
      place-items: center;
      min-block-size: 2.25rem;
      padding: 0.25rem 1rem;
      border: 1px solid var(--mat-sys-outline);
      font-weight: 600;
    }
    label:first-of-type span {
      border-start-start-radius: 10px;
      border-end-start-radius: 10px;
      border-inline-end: 0;
    }
    label:last-of-type span {
      border-start-end-radius: 10px;
      border-end-end-radius: 10px;
    }
    input:checked + span {
      background: var(--mat-sys-primary-container);
      color: var(--mat-sys-on-primary-container);
    }
    input:focus-visible + span {
      outline: 3px solid var(--mat-sys-primary);
      outline-offset: 2px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProblemGroupView {
  private static made = 0;
  protected readonly name = `problem-view-${ProblemGroupView.made++}`;
  protected readonly t = inject(Texts).t;
  readonly group = input.required<ProblemGroup>();
  readonly text = input.required<string>();

  protected readonly views = VIEWS;
  protected readonly viewText = (view: View) => this.t(`wizard_values.problems.${view}`);
  protected readonly isOpen = signal(false);
  private readonly code = computed(() => this.group().code);
  protected readonly hasValues = computed(() => this.group().field !== null);
  /** A reason about the row as a whole has no value of its own, and one phone for all who have none is no fix. */
  protected readonly view = linkedSignal((): View => {
    const isOneByOne = !this.hasValues() || WITHOUT_PHONE.includes(this.code());
    return isOneByOne ? 'by_row' : 'by_value';
  });
  protected readonly filter = computed((): RowFilter => ({ kind: 'problem', code: this.code() }));
}
