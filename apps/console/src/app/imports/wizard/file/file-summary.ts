import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { isolate } from '../../../i18n/format';
import { Formats } from '../../../i18n/formats';
import { Texts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { FilePreview } from './file-preview';
import { sourceName } from '../source-name';
import { UnderstoodTexts } from './understood-texts';
import { WizardStore } from '../wizard-store';
import type { OpenedView } from '../wizard-types';

/** What was understood of the file, its first rows, and the way to correct it. */
@Component({
  selector: 'ponte-file-summary',
  imports: [FilePreview, Icon, MatButtonModule, MatProgressBarModule],
  templateUrl: './file-summary.html',
  styleUrl: './file-summary.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FileSummary {
  private readonly texts = inject(Texts);
  private readonly formats = inject(Formats);
  private readonly understood = inject(UnderstoodTexts);
  private readonly store = inject(WizardStore);
  protected readonly t = this.texts.t;
  protected readonly n = this.texts.n;

  readonly opened = input.required<OpenedView>();
  /** The file is being read again under another choice. */
  readonly isBusy = input(false);
  readonly areOptionsOpen = input(false);
  readonly optionsToggled = output();

  protected readonly name = computed(() => {
    const source = this.store.source();
    return source === null ? '' : sourceName(source, this.t);
  });
  protected readonly size = computed(() => {
    const source = this.store.source();
    return source !== null && 'file' in source ? this.formats.bytes(source.file.size) : '';
  });
  protected readonly sentence = computed(() => {
    const source = this.store.source();
    return source === null ? '' : this.understood.sentence(this.opened(), source);
  });
  protected readonly header = computed(() => this.understood.header(this.opened()));
  protected readonly share = computed(() => {
    const table = this.store.table();
    return table.phase === 'opening' ? table.share : 1;
  });
  protected readonly spoken = computed(() =>
    this.isBusy() ? '' : this.t('wizard_file.read', { name: isolate(this.name()), what: this.sentence() }),
  );
}
