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
import { isolate } from '../i18n/format';
import { Formats } from '../i18n/formats';
import { PageTitle } from '../i18n/page-title';
import { Texts } from '../i18n/texts';
import { SessionStore } from '../session/session-store';
import { BackLink } from '../ui/back-link';
import { Confirm } from '../ui/confirm';
import { Icon } from '../ui/icon';
import { Note } from '../ui/note';
import { Notices } from '../ui/notices';
import { ProblemNote } from '../ui/problem-note';
import { DeleteRun } from '../runs/delete-run';
import { StateChip } from '../runs/state-chip';
import { doneShare } from './import-figures';
import { isEnded } from '../runs/is-ended';
import { ImportLive } from './import-live';
import { ImportProgress } from './import-progress';
import { ImportResult } from './import-result';
import { ImportSum } from './import-sum';
import { ImportsApi } from './imports-api';
import { RejectedRows } from './rejected-rows';

/** One import under its own address: live while it runs, its result for ever after. */
@Component({
  selector: 'ponte-import-page',
  imports: [
    BackLink,
    Icon,
    ImportProgress,
    ImportResult,
    ImportSum,
    MatButtonModule,
    Note,
    ProblemNote,
    RejectedRows,
    StateChip,
  ],
  providers: [ImportLive],
  templateUrl: './import-page.html',
  styleUrl: './import-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ImportPage {
  private readonly api = inject(ImportsApi);
  private readonly router = inject(Router);
  private readonly confirm = inject(Confirm);
  private readonly deleteRun = inject(DeleteRun);
  private readonly notices = inject(Notices);
  private readonly formats = inject(Formats);
  protected readonly session = inject(SessionStore);
  protected readonly live = inject(ImportLive);
  protected readonly t = inject(Texts).t;
  protected readonly dateTime = this.formats.dateTime;
  protected readonly bytes = this.formats.bytes;
  protected readonly isolate = isolate;

  readonly account_id = input.required<number, string>({ transform: numberAttribute });
  readonly id = input.required<number, string>({ transform: numberAttribute });

  protected readonly canCancel = computed(() => {
    const run = this.live.run();
    return run !== null && !isEnded(run.state) && this.session.can('update', 'Import');
  });

  protected readonly canDelete = computed(() => this.live.isEnded() && this.session.can('delete', 'Import'));

  constructor() {
    const title = inject(PageTitle);
    effect(() => {
      const [accountId, id] = [this.account_id(), this.id()];
      untracked(() => void this.live.watch(accountId, id));
    });
    effect(() => {
      const run = this.live.run();
      if (run)
        title.setDetail(run.state === 'running' ? this.formats.percent(doneShare(run)) : run.file_name);
    });
  }

  protected retry(): void {
    void this.live.watch(this.account_id(), this.id());
  }

  protected async cancel(): Promise<void> {
    const isSure = await this.confirm.ask({
      title: this.t('import.cancel_title'),
      text: this.t('import.cancel_text'),
      yes: this.t('import.cancel_yes'),
      no: this.t('import.cancel_no'),
    });
    if (!isSure) return;
    try {
      await this.live.cancel();
    } catch (error) {
      this.notices.problem(error);
    }
  }

  protected async delete(): Promise<void> {
    const run = this.live.run();
    if (run === null) return;
    const deletion = this.api.delete(this.account_id(), run.id);
    if (await this.deleteRun.ask('import', run.file_name, deletion))
      await this.router.navigate(['/accounts', this.account_id(), 'imports']);
  }
}
