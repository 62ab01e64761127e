import {
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  signal,
} from '@angular/core';
import type { AssistedCode } from '@ponte/contacts';
import { Texts } from '../../../i18n/texts';
import { Note } from '../../../ui/note';
import { Pager } from '../../../ui/pager';
import { ProblemValue } from './problem-value';
import { keepFocus } from './rows-keep-focus';
import { ROWS_PER_PAGE, workerPages } from './rows-pages';
import { WizardStore } from '../wizard-store';
import type { ValuePage, ValueView } from '../wizard-types';

/** The distinct values behind a reason, most frequent first: each is fixed once for all rows that have it. */
@Component({
  selector: 'ponte-problem-values',
  imports: [Note, Pager, ProblemValue],
  template: `
    @if (pages.value(); as value) {
      @if (!value.isComplete) {
        <div class="note">
          <ponte-note>
            <p>{{ t('wizard_values.problems.not_all') }}</p>
          </ponte-note>
        </div>
      }
      <ul [attr.aria-label]="name()" [attr.aria-busy]="pages.isLoading()">
        @for (each of value.items; track keyOf(each); let index = $index) {
          <li (focusin)="at.set(index)">
            <ponte-problem-value [value]="each" (replaced)="replace(each, $event)" />
          </li>
        }
      </ul>
      @if (value.count > perPage) {
        <ponte-pager
          [label]="t('wizard_values.pages', { what: name() })"
          [count]="value.count"
          [page]="pages.page()"
          [perPage]="perPage"
          (turned)="pages.page.set($event)"
        />
      }
    } @else {
      <div class="loading"></div>
    }
  `,
  styles: `
    ul {
      list-style: none;
    }
    li + li {
      border-block-start: 1px solid var(--mat-sys-outline-variant);
    }
    .note {
      padding: 0 1.25rem 0.75rem;
    }
    .loading {
      min-block-size: 8rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProblemValues {
  private readonly store = inject(WizardStore);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly t = inject(Texts).t;
  protected readonly perPage = ROWS_PER_PAGE;
  protected readonly keyOf = ({ field, value }: ValueView): string => `${field} ${value}`;

  readonly code = input.required<AssistedCode>();
  /** The reason in words: several lists may be open. */
  readonly label = input.required<string>();
  protected readonly name = computed(() => `${this.t('wizard_values.problems.values')}: ${this.label()}`);
  protected readonly at = signal(0);
  protected readonly pages = workerPages<ValuePage, AssistedCode>({
    subject: () => this.code(),
    ask: (code, request) => this.store.call('values', { code, ...request }),
  });

  constructor() {
    // After a fix its value is gone: the next one is ready to be typed into.
    keepFocus(this.pages.value, () => {
      const inputs = this.host.querySelectorAll('input');
      return inputs[Math.min(this.at(), inputs.length - 1)];
    });
  }

  protected replace({ field, value }: ValueView, to: string): void {
    this.store.addEdit({ kind: 'value', field, from: value, to });
  }
}
