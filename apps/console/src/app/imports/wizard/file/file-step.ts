import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  ElementRef,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import { FILE_LIMITS } from '@ponte/contracts';
import { isolate } from '../../../i18n/format';
import { Texts } from '../../../i18n/texts';
import { Confirm } from '../../../ui/confirm';
import { FileDrop } from '../../file-drop';
import { FileRefusal } from '../../file-refusal';
import { localProblem } from '../../upload-state';
import type { CallProblem } from '../../../http/call-problem';
import { DraftKeeper } from '../draft/draft-keeper';
import { DraftOffer } from '../draft/draft-offer';
import { FileOptions } from './file-options';
import { FilePaste } from './file-paste';
import { FileSummary } from './file-summary';
import { FileTeaching } from './file-teaching';
import { broughtIn } from './file-step-brought';
import { ReadingProgress } from '../reading-progress';
import { sourceName } from '../source-name';
import { TableRefusalNote } from '../table-refusal';
import { hasWork } from '../wizard-state';
import { WizardStore } from '../wizard-store';
import type { TableSource } from '../wizard-types';

/** Step 1: bring a spreadsheet, and see what was understood. */
@Component({
  selector: 'ponte-file-step',
  imports: [
    DraftOffer,
    FileDrop,
    FileOptions,
    FilePaste,
    FileRefusal,
    FileSummary,
    FileTeaching,
    ReadingProgress,
    TableRefusalNote,
  ],
  templateUrl: './file-step.html',
  styleUrl: './file-step.scss',
  host: {
    '(window:drop)': 'drop($event)',
    '(document:paste)': 'paste($event)',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FileStep {
  private readonly confirm = inject(Confirm);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly keeper = inject(DraftKeeper);
  protected readonly store = inject(WizardStore);
  protected readonly t = inject(Texts).t;

  readonly accountId = input.required<number>();
  readonly resumed = output();

  /** Too large to be read here at all. */
  protected readonly tooLarge = signal<CallProblem | null>(null);
  protected readonly isMissed = signal(false);
  protected readonly areOptionsOpen = signal(false);

  protected readonly isFirstReading = computed(() => {
    const table = this.store.table();
    return table.phase === 'opening' && table.before === null;
  });
  protected readonly isReadingAgain = computed(
    () => this.store.table().phase === 'opening' && !this.isFirstReading(),
  );
  /** While the file is read again, what was understood before stays where it is. */
  protected readonly shown = computed(() => {
    const table = this.store.table();
    if (table.phase === 'open') return table.opened;
    return table.phase === 'none' ? null : table.before;
  });
  protected readonly problem = computed(() => {
    const table = this.store.table();
    return table.phase === 'refused' ? table.problem : null;
  });
  protected readonly name = computed(() => {
    const source = this.store.source();
    return source === null ? '' : sourceName(source, this.t);
  });

  constructor() {
    effect(() => {
      const isReading = this.store.table().phase === 'opening';
      this.store.action.set({
        isDisabled: isReading,
        ...(isReading ? { text: this.t('wizard_file.waiting') } : {}),
        run: () => this.canGoOn(),
      });
    });
    inject(DestroyRef).onDestroy(() => this.store.action.set(null));
    effect(() => {
      const opened = this.store.opened();
      untracked(() => opened !== null && this.openOptionsWhereAsked(opened.detection.sheets));
    });
  }

  protected async take(source: TableSource): Promise<void> {
    if (hasWork(this.store.decisions()) && !(await this.isSure())) return;
    this.isMissed.set(false);
    this.areOptionsOpen.set(false);
    const tooLarge = 'file' in source ? localProblem(source.file, FILE_LIMITS.fileBytes) : null;
    this.tooLarge.set(tooLarge?.code === 'import_too_large' ? tooLarge : null);
    if (this.tooLarge() === null) await this.store.open(source);
    else this.store.close();
  }

  protected drop(event: DragEvent): void {
    // The native input takes what falls into its frame.
    if (event.target instanceof HTMLInputElement && event.target.type === 'file') return;
    event.preventDefault();
    const file = event.dataTransfer?.files.item(0);
    if (file) void this.take({ file });
  }

  protected paste(event: ClipboardEvent): void {
    if (event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement) return;
    const source = broughtIn(event.clipboardData);
    if (source === null) return;
    event.preventDefault();
    void this.take(source);
  }

  /** With several sheets nobody can know which one was meant: the question stands open. */
  private openOptionsWhereAsked(sheets: readonly { visibility: string }[]): void {
    const isOpen = sheets.filter(({ visibility }) => visibility === 'visible').length > 1;
    if (isOpen && this.store.choice().sheet === undefined) this.areOptionsOpen.set(true);
  }

  private canGoOn(): boolean {
    if (this.store.opened() !== null) return true;
    if (this.keeper.offered() !== null) {
      this.resumed.emit();
      return false;
    }
    this.isMissed.set(this.problem() === null && this.tooLarge() === null);
    const target = this.host.nativeElement.querySelector<HTMLElement>('input[type=file]');
    target?.focus();
    return false;
  }

  private isSure(): Promise<boolean> {
    const name = isolate(this.name());
    return this.confirm.ask({
      title: this.t('wizard_file.replace.title'),
      text: this.t('wizard_file.replace.text', { name }),
      yes: this.t('wizard_file.replace.yes'),
      no: this.t('wizard_file.replace.no'),
    });
  }
}
