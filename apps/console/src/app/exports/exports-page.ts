import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  numberAttribute,
  signal,
  untracked,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import type { ExportColumn, ExportView, List } from '@ponte/contracts';
import { RETENTION_HOURS } from '@ponte/contracts';
import { readPositive } from '../ui/read-positive';
import { loaded } from '../http/loaded';
import { pollWhile } from '../http/poll-while';
import { Formats } from '../i18n/formats';
import { ProblemTexts } from '../i18n/problem-texts';
import { Texts } from '../i18n/texts';
import { DeleteRun } from '../runs/delete-run';
import { isEnded } from '../runs/is-ended';
import { SessionStore } from '../session/session-store';
import { EmptyState } from '../ui/empty-state';
import { focusContent } from '../ui/focus-content';
import { Icon } from '../ui/icon';
import { Pager } from '../ui/pager';
import { ProblemNote } from '../ui/problem-note';
import { StateChip } from '../runs/state-chip';
import { exportFileUrl, EXPORTS_PER_PAGE, ExportsApi } from './exports-api';

const REFRESH_MS = 2000;
const MINUTE_MS = 60_000;

/** Every export of the account, newest first, with its file for as long as there is one. */
@Component({
  selector: 'ponte-exports-page',
  imports: [EmptyState, Icon, MatButtonModule, Pager, ProblemNote, RouterLink, StateChip],
  templateUrl: './exports-page.html',
  styles: `
    .loading {
      min-block-size: 12rem;
    }
    .linked {
      background: color-mix(in srgb, var(--mat-sys-primary) 8%, transparent);
    }
    .filtered {
      display: block;
      font-weight: 400;
    }
    .actions > * {
      vertical-align: middle;
    }
    @media (max-width: 47.99rem) {
      .actions > button {
        position: absolute;
        inset-block-start: 0.25rem;
        inset-inline-end: 0.5rem;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ExportsPage {
  private readonly api = inject(ExportsApi);
  private readonly router = inject(Router);
  private readonly deleteRun = inject(DeleteRun);
  private readonly session = inject(SessionStore);
  private readonly formats = inject(Formats);
  private readonly texts = inject(Texts);
  private readonly problemTexts = inject(ProblemTexts);
  protected readonly t = this.texts.t;
  protected readonly number = this.formats.number;
  protected readonly bytes = this.formats.bytes;
  protected readonly dateTime = this.formats.dateTime;
  protected readonly perPage = EXPORTS_PER_PAGE;
  protected readonly hours = this.number(RETENTION_HOURS.exportFile);

  /** From the address; the e-mail links to one export. */
  readonly account_id = input.required<number, string>({ transform: numberAttribute });
  readonly id = input<string>();
  readonly page = input<string>();

  protected readonly linkedId = computed(() => readPositive(this.id()));
  protected readonly pageNumber = computed(() => readPositive(this.page()) ?? 1);
  protected readonly list = loaded<List<ExportView>>();
  private readonly now = signal(Date.now());

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
    pollWhile(signal(true), MINUTE_MS, () => this.now.set(Date.now()));
  }

  protected reload(): void {
    this.now.set(Date.now());
    this.list.load(this.api.list(this.account_id(), this.pageNumber()));
  }

  protected canDelete({ state }: ExportView): boolean {
    return isEnded(state) && this.session.can('delete', 'Export');
  }

  protected async delete(run: ExportView): Promise<void> {
    const deletion = this.api.delete(this.account_id(), run.id);
    if (await this.deleteRun.ask('export', run.file_name, deletion)) {
      focusContent();
      const isLast = this.list.value()?.payload.length === 1;
      if (isLast && this.pageNumber() > 1) return this.turn(this.pageNumber() - 1);
    }
    this.reload();
  }

  protected turn(page: number): void {
    void this.router.navigate([], { queryParams: { page: page === 1 ? null : page } });
  }

  protected fileUrl(run: ExportView): string {
    return exportFileUrl(this.account_id(), run.id);
  }

  protected isExpired(run: ExportView): boolean {
    return run.is_expired || (run.expires_at !== null && Date.parse(run.expires_at) <= this.now());
  }

  protected formatName({ format }: ExportView): string {
    return this.t(`export.formats.${format}`);
  }

  protected columnNames(run: ExportView): string {
    return run.column_names.map((column: ExportColumn) => this.t(`fields.${column}`)).join(', ');
  }

  /** One sentence about where this export is. */
  protected remark(run: ExportView): string {
    if (run.error) return this.problemTexts.ofFailure(run.error.code, run.error.params).what;
    if (run.state === 'queued') return this.t('exports.waiting');
    if (run.state === 'running') {
      return this.texts.n('exports.rows_so_far', run.rows.done);
    }
    if (run.expires_at === null) return '';
    const time = this.isExpired(run)
      ? this.dateTime(run.expires_at)
      : this.formats.relative(run.expires_at, this.now());
    return this.t(this.isExpired(run) ? 'exports.expired' : 'exports.expires', { time });
  }
}
