import { HttpEventType } from '@angular/common/http';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  inject,
  input,
  numberAttribute,
  signal,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { Router } from '@angular/router';
import { FILE_LIMITS, type ImportOptions } from '@ponte/contracts';
import type { Subscription } from 'rxjs';
import { readProblem } from '../http/call-problem';
import { randomKey } from '../http/random-key';
import { Formats } from '../i18n/formats';
import { Texts } from '../i18n/texts';
import { BackLink } from '../ui/back-link';
import { Confirm } from '../ui/confirm';
import { Icon } from '../ui/icon';
import { FileDrop } from './file-drop';
import { FileRefusal } from './file-refusal';
import { FileRules } from './file-rules';
import { ImportsApi } from './imports-api';
import { canSendAgain, localProblem, type UploadState } from './upload-state';

/** Choose a file, see it go, and be taken to its page. */
@Component({
  selector: 'ponte-new-import',
  imports: [BackLink, FileDrop, FileRefusal, FileRules, Icon, MatButtonModule, MatProgressBarModule],
  templateUrl: './new-import.html',
  styleUrl: './new-import.scss',
  host: { '(window:beforeunload)': 'warn($event)' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NewImport {
  private readonly api = inject(ImportsApi);
  private readonly router = inject(Router);
  private readonly confirm = inject(Confirm);
  private readonly formats = inject(Formats);
  protected readonly t = inject(Texts).t;
  protected readonly bytes = this.formats.bytes;
  protected readonly percent = this.formats.percent;

  readonly account_id = input.required<number, string>({ transform: numberAttribute });

  protected readonly upload = signal<UploadState>({ step: 'idle' });
  protected readonly existing = signal<ImportOptions['existing']>('update');
  protected readonly choices = ['update', 'skip'] as const;
  protected readonly choiceText = (choice: ImportOptions['existing']) =>
    this.t(`new_import.existing.${choice}`);
  protected readonly file = computed(() => {
    const upload = this.upload();
    return upload.step === 'idle' ? null : upload.file;
  });
  protected readonly sent = computed(() => {
    const upload = this.upload();
    if (upload.step === 'sent') return 1;
    return upload.step === 'sending' ? upload.sent : null;
  });
  protected readonly isSending = computed(() => this.upload().step === 'sending');
  protected readonly refusal = computed(() => {
    const upload = this.upload();
    return upload.step === 'refused' ? upload.problem : null;
  });
  protected readonly canSend = computed(() => {
    const upload = this.upload();
    return upload.step === 'chosen' || (upload.step === 'refused' && canSendAgain(upload.problem));
  });

  private sending: Subscription | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.sending?.unsubscribe());
  }

  protected choose(file: File): void {
    const key = randomKey();
    const problem = localProblem(file, FILE_LIMITS.fileBytes);
    this.upload.set(problem ? { step: 'refused', file, key, problem } : { step: 'chosen', file, key });
  }

  protected send(): void {
    const upload = this.upload();
    if (upload.step !== 'chosen' && upload.step !== 'refused') return;
    const { file, key } = upload;
    this.upload.set({ step: 'sending', file, key, sent: 0 });
    this.sending = this.api.upload(this.account_id(), file, key, { existing: this.existing() }).subscribe({
      next: (event) => {
        if (event.type === HttpEventType.UploadProgress && event.total) {
          this.upload.set({ step: 'sending', file, key, sent: Math.min(1, event.loaded / event.total) });
        }
        if (event.type === HttpEventType.Response && event.body) {
          this.upload.set({ step: 'sent', file, key });
          void this.router.navigate(['/accounts', this.account_id(), 'imports', event.body.id]);
        }
      },
      error: (error: unknown) => this.upload.set({ step: 'refused', file, key, problem: readProblem(error) }),
    });
  }

  /** Leaving in the middle of an upload stops it: asked first. */
  canLeave(): boolean | Promise<boolean> {
    if (!this.isSending()) return true;
    return this.confirm.ask({
      title: this.t('new_import.leave_title'),
      text: this.t('new_import.leave_text'),
      yes: this.t('new_import.stop'),
      no: this.t('new_import.stay'),
    });
  }

  /** The browser asks in its own words before the page is closed. */
  protected warn(event: BeforeUnloadEvent): void {
    if (this.isSending()) event.preventDefault();
  }

  protected stop(): void {
    this.sending?.unsubscribe();
    const upload = this.upload();
    if (upload.step === 'sending') this.upload.set({ step: 'chosen', file: upload.file, key: upload.key });
  }
}
