import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { ContactSort, ContactView } from '@ponte/contracts';
import { Formats } from '../i18n/formats';
import { Texts } from '../i18n/texts';
import { Icon } from '../ui/icon';
import { nextSort } from './contacts-query';
import { formatPhone } from './format-phone';

const COLUMNS = ['name', 'phone_number', 'email', 'created_at'] as const;
type Column = (typeof COLUMNS)[number];

/** One page of contacts; the headings sort. */
@Component({
  selector: 'ponte-contacts-table',
  imports: [Icon, MatButtonModule],
  templateUrl: './contacts-table.html',
  styles: `
    th button {
      display: inline-flex;
      align-items: center;
      gap: 0.375rem;
      min-block-size: 2rem;
      padding: 0;
      border: 0;
      background: none;
      color: inherit;
      font: inherit;
      cursor: pointer;
    }
    th button:hover {
      color: var(--mat-sys-primary);
    }
    th ponte-icon {
      inline-size: 0.875rem;
      block-size: 0.875rem;
    }
    th:not([aria-sort='ascending'], [aria-sort='descending']) ponte-icon {
      visibility: hidden;
    }
    .none {
      color: var(--mat-sys-on-surface-variant);
    }
    @media (max-width: 47.99rem) {
      .empty {
        display: none !important;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ContactsTable {
  readonly contacts = input.required<readonly ContactView[]>();
  readonly sort = input.required<ContactSort>();
  readonly canDelete = input(false);
  readonly sorted = output<ContactSort>();
  readonly edited = output<ContactView>();
  readonly deleted = output<ContactView>();

  protected readonly t = inject(Texts).t;
  protected readonly date = inject(Formats).date;
  protected readonly formatPhone = formatPhone;
  protected readonly columns = COLUMNS;
  protected readonly heading = (column: Column) => this.t(`fields.${column}`);

  protected direction(column: Column): 'ascending' | 'descending' | null {
    if (this.sort() === column) return 'ascending';
    return this.sort() === `-${column}` ? 'descending' : null;
  }

  protected sortBy(column: Column): void {
    this.sorted.emit(nextSort(this.sort(), column));
  }
}
