import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { ImportView, RejectedRowList, RejectedRowView } from '@ponte/contracts';
import { loaded } from '../http/loaded';
import { Formats } from '../i18n/formats';
import { ProblemTexts } from '../i18n/problem-texts';
import { Texts } from '../i18n/texts';
import { Icon } from '../ui/icon';
import { Pager } from '../ui/pager';
import { ProblemNote } from '../ui/problem-note';
import { reasonsByCount } from './import-figures';
import { isEnded } from '../runs/is-ended';
import { importUrl, ImportsApi, REJECTED_PER_PAGE } from './imports-api';

/** A sheet may have thousands of columns; the CSV has them all. */
const MAX_COLUMNS = 12;

/** What was not imported and why: reasons with counts, then the rows themselves once the import has ended. */
@Component({
  selector: 'ponte-rejected-rows',
  imports: [Icon, MatButtonModule, Pager, ProblemNote],
  templateUrl: './rejected-rows.html',
  styleUrl: './rejected-rows.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RejectedRows {
  private readonly api = inject(ImportsApi);
  private readonly problemTexts = inject(ProblemTexts);
  private readonly texts = inject(Texts);
  private readonly formats = inject(Formats);
  protected readonly t = this.texts.t;
  protected readonly n = this.texts.n;
  protected readonly number = this.formats.number;
  protected readonly perPage = REJECTED_PER_PAGE;

  readonly run = input.required<ImportView>();
  readonly accountId = input.required<number>();

  protected readonly page = signal(1);
  protected readonly list = loaded<RejectedRowList>();
  protected readonly reasons = computed(() => reasonsByCount(this.run().rejected_by_code));
  protected readonly hasSeveral = computed(
    () => this.reasons().reduce((sum, { count }) => sum + count, 0) > this.run().rows.failed,
  );
  protected readonly isEnded = computed(() => isEnded(this.run().state));
  protected readonly csv = computed(() => `${importUrl(this.accountId(), this.run().id)}/rejected_rows.csv`);
  protected readonly columns = computed(() => (this.list.value()?.columns ?? []).slice(0, MAX_COLUMNS));
  protected readonly hidden = computed(
    () => (this.list.value()?.columns.length ?? 0) - this.columns().length,
  );
  private readonly id = computed(() => this.run().id);

  constructor() {
    effect(() => {
      if (!this.isEnded()) return;
      const [accountId, id, page] = [this.accountId(), this.id(), this.page()];
      untracked(() => this.list.load(this.api.rejectedRows(accountId, id, page)));
    });
  }

  protected reload(): void {
    this.list.load(this.api.rejectedRows(this.accountId(), this.id(), this.page()));
  }

  protected reasonText(code: string): string {
    return this.problemTexts.ofRejection(code);
  }

  /** Cells beyond the header have no column of their own: they show in the last one. */
  protected cells(row: RejectedRowView): readonly string[] {
    return this.columns().map((_, index) => row.cells[index] ?? '');
  }

  /** The server knows which column each field came from, whatever its title. */
  protected isWrong(row: RejectedRowView, column: number): boolean {
    const field = this.list.value()?.column_fields[column] ?? null;
    return field !== null && row.fields.includes(field);
  }
}
