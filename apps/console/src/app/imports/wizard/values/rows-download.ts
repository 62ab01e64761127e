import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Texts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { saveFile } from '../../../ui/save-file';
import { RowsOutput } from './rows-output';
import { TableFailure } from '../table-client';

type State = { readonly step: 'idle' | 'busy' | 'failed' } | { readonly step: 'done'; readonly rows: number };

/** Makes a file of the rows in the worker and gives it to the browser. */
@Component({
  selector: 'ponte-rows-download',
  imports: [Icon, MatButtonModule],
  template: `
    <button
      matButton="outlined"
      disabledInteractive
      [disabled]="state().step === 'busy'"
      (click)="download()"
    >
      <ponte-icon matButtonIcon name="download" />
      {{ kind() === 'clean' ? t('wizard_review.clean.download') : t('wizard_values.problems.download') }}
    </button>
    <p
      class="small"
      [class.failed]="state().step === 'failed'"
      [class.visually-hidden]="state().step !== 'failed'"
      role="status"
    >
      {{ words() }}
    </p>
  `,
  styles: `
    :host {
      display: grid;
      justify-items: start;
    }
    .failed {
      color: var(--mat-sys-error);
    }
    p:empty {
      display: none;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RowsDownload {
  private readonly output = inject(RowsOutput);
  private readonly texts = inject(Texts);
  protected readonly t = this.texts.t;
  readonly kind = input.required<'clean' | 'problems'>();

  protected readonly state = signal<State>({ step: 'idle' });
  protected readonly words = computed(() => {
    const state = this.state();
    if (state.step === 'idle') return '';
    if (state.step === 'done') return this.texts.n('wizard_review.download.done', state.rows);
    return this.t(`wizard_review.download.${state.step}`);
  });

  protected async download(): Promise<void> {
    if (this.state().step === 'busy') return;
    this.state.set({ step: 'busy' });
    try {
      const { blob, rows } = await this.output.make(this.kind());
      saveFile(blob, this.output.nameOf(this.kind()));
      this.state.set({ step: 'done', rows });
    } catch (error) {
      if (!(error instanceof TableFailure)) throw error;
      this.state.set({ step: 'failed' });
    }
  }
}
