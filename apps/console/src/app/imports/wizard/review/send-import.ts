import { HttpEventType } from '@angular/common/http';
import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import { Router } from '@angular/router';
import type { Subscription } from 'rxjs';
import { type CallProblem, readProblem } from '../../../http/call-problem';
import { ImportsApi } from '../../imports-api';
import { canSendAgain } from '../../upload-state';
import type { Plan } from './send-plan';
import { WizardStore } from '../wizard-store';

export type SendState =
  | { readonly step: 'idle' | 'stopped' | 'sent' }
  | { readonly step: 'sending'; readonly share: number }
  | { readonly step: 'refused'; readonly problem: CallProblem };

/** Sends the file that the plan is about, once, and leads to the import's page. */
@Injectable()
export class SendImport {
  private readonly api = inject(ImportsApi);
  private readonly router = inject(Router);
  private readonly store = inject(WizardStore);
  private readonly present = signal<SendState>({ step: 'idle' });
  private sending: Subscription | undefined;

  readonly state = this.present.asReadonly();
  readonly isBusy = computed(() => ['sending', 'sent'].includes(this.present().step));
  /** Whether the same file may be sent once more as it is. */
  readonly canSend = computed(() => {
    const state = this.present();
    return state.step === 'refused' ? canSendAgain(state.problem) : !this.isBusy();
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.sending?.unsubscribe();
      this.store.isSending.set(false);
    });
  }

  send(accountId: number, { file, key, existing, ownColumns }: Plan): void {
    if (!this.canSend()) return;
    this.set({ step: 'sending', share: 0 });
    const options = { existing, own_columns: ownColumns };
    this.sending = this.api.upload(accountId, file, key, options).subscribe({
      next: (event) => {
        if (event.type === HttpEventType.UploadProgress && event.total)
          this.set({ step: 'sending', share: Math.min(1, event.loaded / event.total) });
        if (event.type === HttpEventType.Response && event.body) void this.follow(accountId, event.body.id);
      },
      error: (error: unknown) => this.set({ step: 'refused', problem: readProblem(error) }),
    });
  }

  stop(): void {
    this.sending?.unsubscribe();
    if (this.present().step === 'sending') this.set({ step: 'stopped' });
  }

  /** Another plan: what was said about sending the one before is over. */
  reset(): void {
    this.stop();
    if (!this.isBusy()) this.set({ step: 'idle' });
  }

  private async follow(accountId: number, id: number): Promise<void> {
    this.set({ step: 'sent' });
    await this.store.finish();
    await this.router.navigate(['/accounts', accountId, 'imports', id]);
  }

  private set(state: SendState): void {
    this.present.set(state);
    this.store.isSending.set(state.step === 'sending');
  }
}
