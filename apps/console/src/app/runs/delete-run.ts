import { inject, Injectable } from '@angular/core';
import { firstValueFrom, type Observable } from 'rxjs';
import { isolate } from '../i18n/format';
import { Texts } from '../i18n/texts';
import { Confirm } from '../ui/confirm';
import { Notices } from '../ui/notices';

/** Asks whether an import or an export is to be deleted, deletes it, and says so. */
@Injectable({ providedIn: 'root' })
export class DeleteRun {
  private readonly confirm = inject(Confirm);
  private readonly notices = inject(Notices);
  private readonly t = inject(Texts).t;

  /** False when it stays: the answer was no, or the server refused. */
  async ask(kind: 'import' | 'export', fileName: string, deletion: Observable<void>): Promise<boolean> {
    const isSure = await this.confirm.ask({
      title: this.t(`delete_run.${kind}.title`),
      text: this.t(`delete_run.${kind}.text`, { file: isolate(fileName) }),
      yes: this.t(`delete_run.${kind}.yes`),
    });
    if (!isSure) return false;
    try {
      await firstValueFrom(deletion);
    } catch (error) {
      this.notices.problem(error);
      return false;
    }
    this.notices.done(this.t(`delete_run.${kind}.done`, { file: isolate(fileName) }));
    return true;
  }
}
