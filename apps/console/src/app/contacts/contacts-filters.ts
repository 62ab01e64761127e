import {
  ChangeDetectionStrategy,
  Component,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { CONTACT_SORTS, type ContactSort } from '@ponte/contracts';
import { debounceTime, distinctUntilChanged, map, skip } from 'rxjs';
import { dayOf, readDay } from '../days/day';
import { Texts } from '../i18n/texts';
import { Icon } from '../ui/icon';
import { type ContactsQuery, EMAIL_FILTERS, isFiltered, readEmailFilter, readSort } from './contacts-query';

const SEARCH_PAUSE_MS = 250;

/** Search, filters and, where the table has become cards, the order. */
@Component({
  selector: 'ponte-contacts-filters',
  imports: [Icon, MatButtonModule, MatFormFieldModule, MatInputModule],
  templateUrl: './contacts-filters.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.75rem;
      padding: 1rem;
      border-block-end: 1px solid var(--mat-sys-outline-variant);
    }
    ponte-icon[matPrefix] {
      margin-inline: 0.75rem 0.25rem;
      color: var(--mat-sys-on-surface-variant);
    }
    .more {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr));
      gap: 0.75rem;
      align-items: center;
    }
    .order {
      grid-column: 1 / -1;
    }
    @media (min-width: 48rem) {
      :host {
        grid-template-columns: minmax(14rem, 1fr) auto;
      }
      .more {
        grid-template-columns: 11rem 11rem auto;
      }
      .order {
        display: none;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ContactsFilters {
  readonly query = input.required<ContactsQuery>();
  readonly changed = output<Partial<ContactsQuery>>();

  protected readonly t = inject(Texts).t;
  protected readonly emailFilters = EMAIL_FILTERS;
  protected readonly sorts = CONTACT_SORTS;
  protected readonly isFiltered = isFiltered;
  protected readonly typed = signal('');
  protected readonly today = dayOf(Date.now());

  protected readonly sortText = (sort: ContactSort) => this.t(`sorts.${sort}`);
  protected readonly emailText = (filter: ContactsQuery['email']) => this.t(`email_filters.${filter}`);

  constructor() {
    // Only what came from elsewhere: a space at the end of what is being typed stays there.
    effect(() => {
      const { q } = this.query();
      if (untracked(this.typed).trim() !== q) this.typed.set(q);
    });
    toObservable(this.typed)
      .pipe(
        skip(1),
        map((text) => text.trim()),
        debounceTime(SEARCH_PAUSE_MS),
        distinctUntilChanged(),
        takeUntilDestroyed(),
      )
      .subscribe((q) => {
        if (q !== this.query().q) this.changed.emit({ q });
      });
  }

  protected filterByEmail(value: string): void {
    this.changed.emit({ email: readEmailFilter(value) });
  }

  protected filterByDay(value: string): void {
    this.changed.emit({ since: readDay(value) });
  }

  protected sortBy(value: string): void {
    this.changed.emit({ sort: readSort(value) });
  }

  protected clear(): void {
    this.changed.emit({ q: '', email: 'any', since: null, importId: null });
  }
}
