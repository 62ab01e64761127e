import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { AUDIT_ACTIONS } from '@ponte/contracts';
import { dayOf, readDay } from '../../days/day';
import { Texts } from '../../i18n/texts';
import { Icon } from '../../ui/icon';
import { readPositive } from '../../ui/read-positive';
import { type AuditQuery, isFiltered, NO_FILTER, readAction } from './audit-query';
import { AuditTexts } from './audit-texts';

/** What happened, who did it, and from which day to which. */
@Component({
  selector: 'ponte-audit-filters',
  imports: [Icon, MatButtonModule, MatFormFieldModule, MatInputModule],
  templateUrl: './audit-filters.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 0.75rem;
      align-items: center;
      padding: 1rem;
      border-block-end: 1px solid var(--mat-sys-outline-variant);
    }
    mat-form-field:not(.day),
    button {
      grid-column: 1 / -1;
    }
    @media (min-width: 48rem) {
      :host {
        grid-template-columns: minmax(0, 3fr) minmax(0, 2fr) 10rem 10rem;
      }
      mat-form-field:not(.day) {
        grid-column: auto;
      }
      button {
        justify-self: start;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AuditFilters {
  private readonly auditTexts = inject(AuditTexts);
  private readonly texts = inject(Texts);
  readonly query = input.required<AuditQuery>();
  /** Names of the members by their ids. */
  readonly names = input.required<ReadonlyMap<number, string>>();
  readonly changed = output<Partial<AuditQuery>>();

  protected readonly t = this.texts.t;
  protected readonly isFiltered = isFiltered;
  protected readonly readDay = readDay;
  protected readonly noFilter = NO_FILTER;
  protected readonly today = dayOf(Date.now());

  /** In the order of the words, by which people look for them. */
  protected readonly actions = computed(() =>
    AUDIT_ACTIONS.map((action) => ({ action, text: this.auditTexts.what(action) })).sort((a, b) =>
      a.text.localeCompare(b.text, this.texts.locale()),
    ),
  );

  /** The members; and whoever the address asks for, who may have left. */
  protected readonly people = computed(() => {
    const names = this.names();
    const { userId } = this.query();
    const isGone = userId !== null && !names.has(userId);
    const ids = isGone ? [...names.keys(), userId] : [...names.keys()];
    return ids.map((id) => ({ id, name: this.auditTexts.person(id, names) }));
  });

  protected filterByAction(value: string): void {
    this.changed.emit({ action: readAction(value) });
  }

  protected filterByPerson(value: string): void {
    this.changed.emit({ userId: readPositive(value) });
  }
}
