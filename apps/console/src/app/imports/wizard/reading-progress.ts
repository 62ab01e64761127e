import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { isolate } from '../../i18n/format';
import { Formats } from '../../i18n/formats';
import { Texts } from '../../i18n/texts';
import { spokenShare } from '../import-figures';
import { sourceName } from './source-name';
import { WizardStore } from './wizard-store';

/** How far the reading of the file is. */
@Component({
  selector: 'ponte-reading-progress',
  imports: [MatButtonModule, MatProgressBarModule],
  template: `
    <p class="row">
      <strong>{{ text() }}</strong>
      <span class="spring"></span>
      <span class="figures">{{ percent() }}</span>
    </p>
    <mat-progress-bar
      mode="determinate"
      [value]="share() * 100"
      [attr.aria-label]="t('wizard_file.progress')"
    />
    <p class="visually-hidden" aria-live="polite">{{ spoken() }}</p>
    <div>
      <button matButton="outlined" (click)="store.close()">{{ t('wizard_file.stop') }}</button>
    </div>
  `,
  styles: `
    :host {
      display: grid;
      gap: 0.75rem;
    }
    .row {
      flex-wrap: nowrap;
      align-items: baseline;
    }
    strong {
      overflow-wrap: anywhere;
    }
    .spring {
      flex: 1;
    }
    mat-progress-bar {
      --mat-progress-bar-active-indicator-height: 8px;
      --mat-progress-bar-track-height: 8px;
      --mat-progress-bar-track-shape: 99px;
      border-radius: 99px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ReadingProgress {
  private readonly formats = inject(Formats);
  protected readonly store = inject(WizardStore);
  protected readonly t = inject(Texts).t;

  protected readonly share = computed(() => {
    const table = this.store.table();
    return table.phase === 'opening' ? table.share : 0;
  });
  protected readonly percent = computed(() => this.formats.percent(this.share()));
  protected readonly text = computed(() => {
    const source = this.store.source();
    return source === null
      ? ''
      : this.t('wizard_file.reading', { name: isolate(sourceName(source, this.t)) });
  });
  /** Changes every ten per cent: that is when a screen reader speaks. */
  protected readonly spoken = computed(() =>
    this.t('wizard_file.reading_spoken', { percent: this.formats.percent(spokenShare(this.share())) }),
  );
}
