import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type { ImportView } from '@ponte/contracts';
import { Formats } from '../i18n/formats';
import { ProblemTexts } from '../i18n/problem-texts';
import { Texts } from '../i18n/texts';
import { MailState } from '../runs/mail-state';
import { Note, type NoteTone } from '../ui/note';

/** How an import ended, where the contacts are, and where the e-mail about it is. */
@Component({
  selector: 'ponte-import-result',
  imports: [MailState, MatButtonModule, Note, RouterLink],
  template: `
    <ponte-note [tone]="tone()" role="status">
      <p>
        <strong>{{ headline() }}</strong>
      </p>
      @if (failure(); as failure) {
        <p>{{ failure.what }}</p>
        @if (failure.todo) {
          <p>{{ failure.todo }}</p>
        }
      }
      @if (run().state !== 'finished') {
        <p>{{ written() > 0 ? n('import.kept', written()) : t('import.kept_none') }}</p>
      }
      <ponte-mail-state [mail]="run().mail" />
      <div class="row">
        @if (written() > 0) {
          <a
            matButton="filled"
            [routerLink]="['/accounts', accountId(), 'contacts']"
            [queryParams]="{ import_id: run().id }"
          >
            {{ t('import.to_contacts') }}
          </a>
        }
        <a matButton="outlined" [routerLink]="['/accounts', accountId(), 'imports', 'new']">
          {{ t('import.another') }}
        </a>
      </div>
    </ponte-note>
  `,
  styles: `
    .row {
      margin-block-start: 0.5rem;
    }
    a[matButton='outlined'] {
      --mat-button-outlined-label-text-color: currentColor;
      --mat-button-outlined-outline-color: currentColor;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ImportResult {
  readonly run = input.required<ImportView>();
  readonly accountId = input.required<number>();

  private readonly texts = inject(Texts);
  private readonly formats = inject(Formats);
  private readonly problemTexts = inject(ProblemTexts);
  protected readonly t = this.texts.t;
  protected readonly n = this.texts.n;

  protected readonly written = computed(() => this.run().rows.created + this.run().rows.updated);
  protected readonly tone = computed((): NoteTone => {
    const { state, rows } = this.run();
    if (state === 'failed') return 'bad';
    return state === 'cancelled' || rows.failed > 0 ? 'look' : 'good';
  });
  protected readonly headline = computed(() => {
    const { state, rows, started_at, finished_at } = this.run();
    if (state === 'failed') return this.t('import.failed');
    if (state === 'cancelled') return this.t('import.cancelled');
    const seconds = started_at && finished_at ? (Date.parse(finished_at) - Date.parse(started_at)) / 1000 : 0;
    const duration = this.formats.duration(Math.max(1, seconds));
    return rows.failed > 0
      ? this.n('import.finished_with_rejected', rows.failed, { duration })
      : this.t('import.finished', { duration });
  });
  protected readonly failure = computed(() => {
    const { error } = this.run();
    if (!error) return null;
    const text = this.problemTexts.ofFailure(error.code, error.params);
    if (error.line === undefined) return text;
    const line = this.t('refusal.line', { line: this.formats.number(error.line) });
    return { ...text, what: `${line} ${text.what}` };
  });
}
