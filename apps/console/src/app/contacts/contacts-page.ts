import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  numberAttribute,
  untracked,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatButtonModule } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { NavigationEnd, Router, RouterLink } from '@angular/router';
import type { ContactList, ContactView } from '@ponte/contracts';
import { filter, firstValueFrom } from 'rxjs';
import { readDay } from '../days/day';
import { loaded } from '../http/loaded';
import { isolate } from '../i18n/format';
import { Formats } from '../i18n/formats';
import { Texts } from '../i18n/texts';
import { SessionStore } from '../session/session-store';
import { Confirm } from '../ui/confirm';
import { EmptyState } from '../ui/empty-state';
import { focusContent } from '../ui/focus-content';
import { Icon } from '../ui/icon';
import { Note } from '../ui/note';
import { Notices } from '../ui/notices';
import { Pager } from '../ui/pager';
import { ProblemNote } from '../ui/problem-note';
import { readPositive } from '../ui/read-positive';
import { ContactsApi } from './contacts-api';
import { ContactsFilters } from './contacts-filters';
import * as contactsQuery from './contacts-query';
import { ContactsSearch } from './contacts-search';
import { ContactsTable } from './contacts-table';

@Component({
  selector: 'ponte-contacts-page',
  imports: [
    ContactsFilters,
    ContactsTable,
    EmptyState,
    Icon,
    MatButtonModule,
    Note,
    Pager,
    ProblemNote,
    RouterLink,
  ],
  templateUrl: './contacts-page.html',
  styles: `
    .top {
      justify-content: space-between;
    }
    .results {
      position: relative;
      min-block-size: 12rem;
      transition: opacity 150ms;
    }
    .results.stale {
      opacity: 0.55;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ContactsPage {
  private readonly api = inject(ContactsApi);
  private readonly router = inject(Router);
  private readonly dialog = inject(MatDialog);
  private readonly confirm = inject(Confirm);
  private readonly notices = inject(Notices);
  private readonly search = inject(ContactsSearch);
  private readonly texts = inject(Texts);
  protected readonly session = inject(SessionStore);
  protected readonly t = this.texts.t;
  protected readonly n = this.texts.n;
  protected readonly number = inject(Formats).number;
  protected readonly perPage = contactsQuery.CONTACTS_PER_PAGE;

  /** From the address. */
  readonly account_id = input.required<number, string>({ transform: numberAttribute });
  readonly page = input<string>();
  readonly sort = input<string>();
  readonly email = input<string>();
  readonly since = input<string>();
  readonly import_id = input<string>();

  protected readonly query = computed<contactsQuery.ContactsQuery>(() => ({
    page: readPositive(this.page()) ?? 1,
    sort: contactsQuery.readSort(this.sort()),
    q: this.search.q(),
    email: contactsQuery.readEmailFilter(this.email()),
    since: readDay(this.since()),
    importId: readPositive(this.import_id()),
  }));
  protected readonly isFiltered = computed(() => contactsQuery.isFiltered(this.query()));
  protected readonly list = loaded<ContactList>();
  protected readonly count = computed(() => this.list.value()?.meta.count ?? 0);
  protected readonly isExact = computed(() => this.list.value()?.meta.count_is_exact ?? true);

  constructor() {
    this.search.enter(this.router.currentNavigation());
    this.router.events
      .pipe(
        filter((event) => event instanceof NavigationEnd),
        takeUntilDestroyed(),
      )
      .subscribe(() => {
        this.search.enter(this.router.currentNavigation());
        this.search.keep();
      });
    effect(() => {
      const accountId = this.account_id();
      const query = this.query();
      untracked(() => this.list.load(this.api.list(accountId, query)));
    });
  }

  protected reload(): void {
    this.list.load(this.api.list(this.account_id(), this.query()));
  }

  /** Whatever changes in search, filter or order starts at the first page again. */
  protected change(change: Partial<contactsQuery.ContactsQuery>): void {
    const next = { ...this.query(), page: 1, ...change };
    this.search.q.set(next.q);
    void this.router.navigate([], {
      queryParams: {
        page: next.page === 1 ? null : next.page,
        sort: next.sort === contactsQuery.DEFAULT_SORT ? null : next.sort,
        email: next.email === 'any' ? null : next.email,
        since: next.since,
        import_id: next.importId,
      },
      state: this.search.kept(next.q),
      // Another search has the same address; its entry of the history is another one.
      onSameUrlNavigation: 'reload',
    });
  }

  protected async edit(contact: ContactView | null): Promise<void> {
    const { ContactDialog } = await import('./contact-dialog');
    const data = { accountId: this.account_id(), contact };
    const dialog = this.dialog.open<unknown, typeof data, ContactView>(ContactDialog, {
      data,
      width: '32rem',
    });
    const saved = await firstValueFrom(dialog.afterClosed());
    if (!saved) return;
    this.notices.done(this.t(contact ? 'contact.saved' : 'contact.added', { name: isolate(saved.name) }));
    this.reload();
  }

  protected async delete(contact: ContactView): Promise<void> {
    const isSure = await this.confirm.ask({
      title: this.t('contact.delete_title'),
      text: this.t('contact.delete_text', { name: isolate(contact.name), phone: contact.phone_number }),
      yes: this.t('contact.delete_yes'),
    });
    if (!isSure) return;
    try {
      await firstValueFrom(this.api.delete(this.account_id(), contact.id));
      focusContent();
      this.notices.done(this.t('contact.deleted', { name: isolate(contact.name) }));
    } catch (error) {
      this.notices.problem(error);
    }
    this.reload();
  }

  protected async export(): Promise<void> {
    const { ExportDialog } = await import('../exports/export-dialog');
    const query = this.query();
    const data = {
      accountId: this.account_id(),
      count: this.count(),
      countIsExact: this.isExact(),
      q: query.q,
      payload: contactsQuery.filterPayload(query),
    };
    const dialog = this.dialog.open<unknown, typeof data, boolean>(ExportDialog, { data, width: '32rem' });
    if (await firstValueFrom(dialog.afterClosed())) {
      void this.router.navigate(['/accounts', this.account_id(), 'exports']);
    }
  }
}
