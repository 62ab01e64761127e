import { computed, DestroyRef, effect, inject, Injectable, signal, untracked } from '@angular/core';
import type { Draft, DraftState } from './draft';
import { Drafts } from './drafts';
import type { WizardStep } from '../wizard-state';
import { WizardStore } from '../wizard-store';

const PAUSE_MS = 300;

/** Writes the work down as it is done, and brings it back. */
@Injectable()
export class DraftKeeper {
  private readonly store = inject(WizardStore);
  private readonly drafts = inject(Drafts);
  private readonly found = signal<Draft | null>(null);
  private readonly asked = signal(false);
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Work from an earlier visit that waits for an answer. */
  readonly offered = this.found.asReadonly();
  /** Whether it is known if there is a draft: until then nothing is shown that would jump away. */
  readonly isReady = this.asked.asReadonly();

  private readonly state = computed((): DraftState => ({
    step: this.store.step(),
    choice: this.store.choice(),
    existing: this.store.existing(),
    decisions: this.store.decisions(),
    remembered: this.store.remembered(),
  }));

  constructor() {
    effect(() => {
      this.state();
      if (this.store.table().phase === 'open') untracked(() => this.note());
    });
    const flush = () => this.flush();
    addEventListener('pagehide', flush);
    inject(DestroyRef).onDestroy(() => {
      removeEventListener('pagehide', flush);
      this.flush();
      this.drafts.leave();
    });
  }

  /** Looks for a draft. One of this very tab goes on at once, and its step is the answer; another one is offered. */
  async find(): Promise<WizardStep | null> {
    const draft = await this.drafts.load();
    const isReload = this.drafts.isOfThisTab();
    if (draft !== null && !isReload) this.found.set(draft);
    this.asked.set(true);
    return draft !== null && isReload ? this.goOn(draft) : null;
  }

  /** Takes the offered draft up where it was left. */
  async accept(): Promise<WizardStep | null> {
    const draft = this.found();
    return draft === null ? null : this.goOn(draft);
  }

  /** Somebody starts over, or brings another file. */
  async decline(): Promise<void> {
    this.found.set(null);
    await this.drafts.discard();
  }

  private async goOn(draft: Draft): Promise<WizardStep> {
    const { state, source } = draft;
    this.drafts.adopt(draft);
    this.found.set(null);
    const kept = state.decisions && { decisions: state.decisions, remembered: state.remembered };
    this.store.existing.set(state.existing);
    await this.store.open(source, state.choice, kept);
    return state.step;
  }

  /** A new file is written down at once, a decision after a short pause. */
  private note(): void {
    const source = this.store.source();
    this.found.set(null);
    clearTimeout(this.timer);
    if (source !== null && !this.drafts.isSaved(source)) this.flush();
    else this.timer = setTimeout(() => this.flush(), PAUSE_MS);
  }

  private flush(): void {
    clearTimeout(this.timer);
    const table = this.store.table();
    if (table.phase === 'open' && !this.store.isFinished()) void this.drafts.save(table.source, this.state());
  }
}
