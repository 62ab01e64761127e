import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Formats } from '../i18n/formats';
import { Texts } from '../i18n/texts';
import { Icon } from './icon';

/** "1–15 de 1.234" with the way to the neighbouring pages. */
@Component({
  selector: 'ponte-pager',
  imports: [Icon, MatButtonModule],
  template: `
    @if (count() > 0) {
      <nav [attr.aria-label]="label() ?? t('pager.label')">
        <p class="figures" aria-live="polite">
          {{ t(range(), { first: number(first()), last: number(last()), count: number(count()) }) }}
        </p>
        <button
          matIconButton
          disabledInteractive
          [disabled]="page() <= 1"
          [attr.aria-label]="t('pager.previous')"
          (click)="turned.emit(page() - 1)"
        >
          <ponte-icon name="previous" />
        </button>
        <button
          matIconButton
          disabledInteractive
          [disabled]="isExact() && page() >= pages()"
          [attr.aria-label]="t('pager.next')"
          (click)="turned.emit(page() + 1)"
        >
          <ponte-icon name="next" />
        </button>
      </nav>
    }
  `,
  styles: `
    nav {
      display: flex;
      align-items: center;
      justify-content: flex-end;
      padding: 0.375rem 0.75rem;
      border-block-start: 1px solid var(--mat-sys-outline-variant);
    }
    p {
      margin-inline-end: 0.5rem;
      color: var(--mat-sys-on-surface-variant);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Pager {
  readonly count = input.required<number>();
  /** False: there are at least so many, and there may be a next page after the last one. */
  readonly isExact = input(true);
  readonly page = input.required<number>();
  readonly perPage = input.required<number>();
  /** Where a page has several of them, what this one is about. */
  readonly label = input<string | null>(null);
  readonly turned = output<number>();

  protected readonly t = inject(Texts).t;
  protected readonly number = inject(Formats).number;
  protected readonly range = computed(() => (this.isExact() ? 'pager.range' : 'pager.range_at_least'));
  protected readonly pages = computed(() => Math.max(1, Math.ceil(this.count() / this.perPage())));
  protected readonly first = computed(() => Math.min((this.page() - 1) * this.perPage() + 1, this.count()));
  protected readonly last = computed(() => Math.min(this.page() * this.perPage(), this.count()));
}
