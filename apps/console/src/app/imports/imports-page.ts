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
import { Router, RouterLink } from '@angular/router';
import type { ImportView, List } from '@ponte/contracts';
import { readPositive } from '../ui/read-positive';
import { loaded } from '../http/loaded';
import { pollWhile } from '../http/poll-while';
import { Formats } from '../i18n/formats';
import { Texts } from '../i18n/texts';
import { SessionStore } from '../session/session-store';
import { EmptyState } from '../ui/empty-state';
import { focusContent } from '../ui/focus-content';
import { Icon } from '../ui/icon';
import { Pager } from '../ui/pager';
import { ProblemNote } from '../ui/problem-note';
import { StateChip } from '../runs/state-chip';
import { doneShare } from './import-figures';
import { DeleteRun } from '../runs/delete-run';
import { isEnded } from '../runs/is-ended';
import { IMPORTS_PER_PAGE, ImportsApi } from './imports-api';

const REFRESH_MS = 3000;

/** Every import of the account, newest first. */
@Component({
  selector: 'ponte-imports-page',
  imports: [EmptyState, Icon, MatButtonModule, Pager, ProblemNote, RouterLink, StateChip],
  templateUrl: './imports-page.html',
  styles: `
    .top {
      justify-content: space-between;
    }
    .state {
      display: flex;
      align-items: center;
      gap: 0.5rem;
    }
    .loading {
      min-block-size: 12rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ImportsPage {
  private readonly api = inject(ImportsApi);
  private readonly router = inject(Router);
  private readonly deleteRun = inject(DeleteRun);
  private readonly session = inject(SessionStore);
  private readonly formats = inject(Formats);
  protected readonly t = inject(Texts).t;
  protected readonly number = this.formats.number;
  protected readonly dateTime = this.formats.dateTime;
  protected readonly perPage = IMPORTS_PER_PAGE;

  /** From the address. */
  readonly account_id = input.required<number, string>({ transform: numberAttribute });
  readonly page = input<string>();

  protected readonly pageNumber = computed(() => readPositive(this.page()) ?? 1);
  protected readonly list = loaded<List<ImportView>>();

  constructor() {
    effect(() => {
      this.account_id();
      this.pageNumber();
      untracked(() => this.reload());
    });
    const isAnyUnderWay = computed(
      () => this.list.value()?.payload.some(({ state }) => !isEnded(state)) ?? false,
    );
    pollWhile(isAnyUnderWay, REFRESH_MS, () => this.reload());
  }

  protected reload(): void {
    this.list.load(this.api.list(this.account_id(), this.pageNumber()));
  }

  protected share(run: ImportView): string {
    return this.formats.percent(doneShare(run));
  }

  protected canDelete({ state }: ImportView): boolean {
    return isEnded(state) && this.session.can('delete', 'Import');
  }

  protected async delete(run: ImportView): Promise<void> {
    const deletion = this.api.delete(this.account_id(), run.id);
    if (await this.deleteRun.ask('import', run.file_name, deletion)) {
      focusContent();
      const isLast = this.list.value()?.payload.length === 1;
      if (isLast && this.pageNumber() > 1) return this.turn(this.pageNumber() - 1);
    }
    this.reload();
  }

  protected turn(page: number): void {
    void this.router.navigate([], { queryParams: { page: page === 1 ? null : page } });
  }
}
