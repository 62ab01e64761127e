import { computed, DestroyRef, inject, Injectable, InjectionToken, signal } from '@angular/core';
import type { ImportView } from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
import { type CallProblem, readProblem } from '../http/call-problem';
import { isEnded } from '../runs/is-ended';
import { ImportsApi, importUrl } from './imports-api';

export const OPEN_EVENTS = new InjectionToken<(url: string) => EventSource>('OPEN_EVENTS', {
  factory: () => (url) => new EventSource(url),
});

const RETRY_MS = 3000;
const MAIL_MS = 4000;
const MAIL_TRIES = 8;

/** One import as it is right now: asked once, then told by the server until it has ended. */
@Injectable()
export class ImportLive {
  private readonly api = inject(ImportsApi);
  private readonly openEvents = inject(OPEN_EVENTS);
  private readonly view = signal<ImportView | null>(null);
  private source: EventSource | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private address: readonly [accountId: number, id: number] = [0, 0];

  readonly run = this.view.asReadonly();
  readonly problem = signal<CallProblem | null>(null);
  /** False while the connection is broken and the browser tries again. */
  readonly isConnected = signal(true);
  readonly isEnded = computed(() => {
    const run = this.view();
    return run !== null && isEnded(run.state);
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => this.stop());
  }

  async watch(accountId: number, id: number): Promise<void> {
    this.stop();
    this.address = [accountId, id];
    this.view.set(null);
    await this.ask();
  }

  async cancel(): Promise<void> {
    this.set(await firstValueFrom(this.api.cancel(...this.address)));
  }

  private async ask(): Promise<void> {
    const address = this.address;
    try {
      const run = await firstValueFrom(this.api.get(...address));
      if (address !== this.address) return;
      this.problem.set(null);
      this.set(run);
      if (isEnded(run.state)) this.followMail(MAIL_TRIES);
      else this.listen();
    } catch (error) {
      if (address !== this.address) return;
      const problem = readProblem(error);
      // A figure on screen is worth more than a message in its place: keep it and ask again.
      if (this.view() && (problem.code === 'network' || problem.status >= 500)) this.askAgain();
      else this.problem.set(problem);
    }
  }

  private listen(): void {
    const source = this.openEvents(`${importUrl(...this.address)}/events`);
    this.source = source;
    source.addEventListener('open', () => this.isConnected.set(true));
    source.addEventListener('import', (event: MessageEvent<string>) => {
      this.isConnected.set(true);
      const run = JSON.parse(event.data) as ImportView;
      this.set(run);
      if (!isEnded(run.state)) return;
      source.close();
      this.followMail(MAIL_TRIES);
    });
    source.addEventListener('error', () => {
      if (this.source !== source || this.isEnded()) return;
      this.isConnected.set(false);
      // Otherwise the browser connects again by itself.
      if (source.readyState === source.CLOSED) this.askAgain();
    });
  }

  private askAgain(): void {
    this.isConnected.set(false);
    this.timer = setTimeout(() => void this.ask(), RETRY_MS);
  }

  /** The e-mail leaves a moment after the end. */
  private followMail(triesLeft: number): void {
    if (this.view()?.mail?.state === 'sent' || triesLeft === 0) return;
    const address = this.address;
    this.timer = setTimeout(async () => {
      try {
        const run = await firstValueFrom(this.api.get(...address));
        if (address === this.address) this.set(run);
      } catch (error) {
        // The run is over and on screen; only the remark about the e-mail stays as it was.
        readProblem(error);
      }
      if (address === this.address) this.followMail(triesLeft - 1);
    }, MAIL_MS);
  }

  private set(run: ImportView): void {
    const present = this.view();
    // An answer that was under way may be older than the last event.
    if (present?.id === run.id && isEnded(present.state) && !isEnded(run.state)) return;
    this.view.set(run);
  }

  private stop(): void {
    this.source?.close();
    this.source = null;
    clearTimeout(this.timer);
    this.address = [0, 0];
  }
}
