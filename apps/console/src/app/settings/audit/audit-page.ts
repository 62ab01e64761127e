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
import { MatButtonModule } from '@angular/material/button';
import { Router } from '@angular/router';
import type { AuditEventView, List, MemberView } from '@ponte/contracts';
import { readDay } from '../../days/day';
import { loaded } from '../../http/loaded';
import { Texts } from '../../i18n/texts';
import { EmptyState } from '../../ui/empty-state';
import { Icon } from '../../ui/icon';
import { Pager } from '../../ui/pager';
import { ProblemNote } from '../../ui/problem-note';
import { readPositive } from '../../ui/read-positive';
import { MembersApi } from '../members/members-api';
import { AUDIT_PER_PAGE, AuditApi, auditFileUrl } from './audit-api';
import { AuditFilters } from './audit-filters';
import { type AuditQuery, NO_FILTER, readAction } from './audit-query';
import { AuditTable } from './audit-table';

/** Who did what in the account, newest first. */
@Component({
  selector: 'ponte-audit-page',
  imports: [AuditFilters, AuditTable, EmptyState, Icon, MatButtonModule, Pager, ProblemNote],
  templateUrl: './audit-page.html',
  styles: `
    .top {
      justify-content: space-between;
    }
    .padded {
      padding: 1rem;
    }
    .results {
      min-block-size: 12rem;
      transition: opacity 150ms;
    }
    .results.stale {
      opacity: 0.55;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AuditPage {
  private readonly api = inject(AuditApi);
  private readonly membersApi = inject(MembersApi);
  private readonly router = inject(Router);
  protected readonly t = inject(Texts).t;
  protected readonly perPage = AUDIT_PER_PAGE;
  protected readonly noFilter = NO_FILTER;

  /** From the address. */
  readonly account_id = input.required<number, string>({ transform: numberAttribute });
  readonly page = input<string>();
  readonly action = input<string>();
  readonly user_id = input<string>();
  readonly since = input<string>();
  readonly until = input<string>();

  protected readonly query = computed<AuditQuery>(() => ({
    page: readPositive(this.page()) ?? 1,
    action: readAction(this.action()),
    userId: readPositive(this.user_id()),
    since: readDay(this.since()),
    until: readDay(this.until()),
  }));
  protected readonly fileUrl = computed(() => auditFileUrl(this.account_id(), this.query()));
  protected readonly list = loaded<List<AuditEventView>>();
  /** Without it people are shown by number: nothing else waits for it. */
  private readonly members = loaded<readonly MemberView[]>();
  protected readonly names = computed(
    () => new Map((this.members.value() ?? []).map(({ id, name }) => [id, name])),
  );

  constructor() {
    effect(() => {
      const accountId = this.account_id();
      untracked(() => this.members.load(this.membersApi.all(accountId)));
    });
    effect(() => {
      const [accountId, query] = [this.account_id(), this.query()];
      untracked(() => this.list.load(this.api.list(accountId, query)));
    });
  }

  protected reload(): void {
    this.list.load(this.api.list(this.account_id(), this.query()));
  }

  /** Another filter starts at the first page again. */
  protected change(change: Partial<AuditQuery>): void {
    const next = { ...this.query(), page: 1, ...change };
    void this.router.navigate([], {
      queryParams: {
        page: next.page === 1 ? null : next.page,
        action: next.action,
        user_id: next.userId,
        since: next.since,
        until: next.until,
      },
    });
  }
}
