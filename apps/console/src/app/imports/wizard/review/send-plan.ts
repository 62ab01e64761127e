import { HttpEventType } from '@angular/common/http';
import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import type { DryRun, ImportOptions, OwnColumn } from '@ponte/contracts';
import type { Subscription } from 'rxjs';
import { type CallProblem, readProblem } from '../../../http/call-problem';
import { randomKey } from '../../../http/random-key';
import { ImportsApi } from '../../imports-api';
import { RowsOutput } from '../values/rows-output';
import { TableFailure } from '../table-client';
import type { Decisions } from '../wizard-types';

/** Bytes that are on their way for a moment only: not worth a sentence of their own. */
const SOON_SENT = 1_000_000;

/** The file that the server gets, made from certain decisions. */
export interface SendFile {
  readonly decisions: Decisions;
  readonly file: File;
  readonly rows: number;
  readonly ownColumns: readonly OwnColumn[];
}

/** What the server said about a file. The key belongs to both: a second try with it cannot import twice. */
export interface Plan extends SendFile {
  readonly existing: ImportOptions['existing'];
  readonly dryRun: DryRun;
  readonly key: string;
}

export type PlanState =
  | { readonly step: 'waiting' }
  | { readonly step: 'preparing' | 'uploading'; readonly share: number }
  | { readonly step: 'checking' }
  | { readonly step: 'empty' }
  | { readonly step: 'refused'; readonly problem: CallProblem }
  | { readonly step: 'not_made'; readonly failure: TableFailure }
  | { readonly step: 'planned'; readonly plan: Plan };

/** What the import is going to do, asked of the server anew whenever a decision has changed: old figures are never shown. */
@Injectable()
export class SendPlan {
  private readonly api = inject(ImportsApi);
  private readonly output = inject(RowsOutput);
  private readonly present = signal<PlanState>({ step: 'waiting' });
  private made: SendFile | null = null;
  private asking: Subscription | undefined;
  private turn = 0;

  readonly state = this.present.asReadonly();
  readonly plan = computed(() => {
    const state = this.present();
    return state.step === 'planned' ? state.plan : null;
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => this.forget());
  }

  /** Nothing is known any more, until the rows are reviewed and `make` is called. */
  forget(): void {
    this.turn++;
    this.asking?.unsubscribe();
    this.present.set({ step: 'waiting' });
  }

  async make(accountId: number, decisions: Decisions, existing: ImportOptions['existing']): Promise<void> {
    this.forget();
    const turn = this.turn;
    try {
      const made = await this.fileOf(decisions, turn);
      if (turn !== this.turn) return;
      this.made = made;
      if (made.rows === 0) this.present.set({ step: 'empty' });
      else this.ask(accountId, made, existing);
    } catch (error) {
      if (!(error instanceof TableFailure)) throw error;
      if (turn === this.turn) this.present.set({ step: 'not_made', failure: error });
    }
  }

  /** The same decisions make the same file. */
  private async fileOf(decisions: Decisions, turn: number): Promise<SendFile> {
    if (this.made?.decisions === decisions) return this.made;
    this.present.set({ step: 'preparing', share: 0 });
    const onProgress = (share: number) =>
      turn === this.turn && this.present.set({ step: 'preparing', share });
    const { blob, rows, ownColumns } = await this.output.make('send', { onProgress });
    const file = new File([blob], this.output.sourceName(), { type: 'text/csv' });
    return { decisions, file, rows, ownColumns };
  }

  private ask(accountId: number, made: SendFile, existing: ImportOptions['existing']): void {
    const sent = (share: number): PlanState =>
      share < 1 && made.file.size > SOON_SENT ? { step: 'uploading', share } : { step: 'checking' };
    this.present.set(sent(0));
    const options = { existing, own_columns: made.ownColumns };
    this.asking = this.api.dryRun(accountId, made.file, options).subscribe({
      next: (event) => {
        if (event.type === HttpEventType.UploadProgress && event.total) {
          this.present.set(sent(event.loaded / event.total));
        }
        if (event.type === HttpEventType.Response && event.body) {
          const plan = { ...made, existing, dryRun: event.body, key: randomKey() };
          this.present.set({ step: 'planned', plan });
        }
      },
      error: (error: unknown) => this.present.set({ step: 'refused', problem: readProblem(error) }),
    });
  }
}
