import { inject, Injectable, signal } from '@angular/core';
import { randomKey } from '../../../http/random-key';
import { SessionStore } from '../../../session/session-store';
import type { Draft, DraftState } from './draft';
import {
  deleteDraft,
  deleteOldDrafts,
  type DraftOwner,
  loadDraft,
  saveDraft,
  saveDraftState,
} from './draft-storage';
import type { TableSource } from '../wizard-types';

/** Tells a reload of this tab from a later visit. Holds ids alone. */
const TAB_MARK = 'ponte.wizard';

/** Why the work lasts only as long as the page. */
export type DraftTrouble = 'too_big' | 'unavailable';

/** This person's draft in this account: kept in the browser, and nowhere else. */
@Injectable()
export class Drafts {
  private readonly session = inject(SessionStore);
  private readonly failed = signal<DraftTrouble | null>(null);
  private saved: { readonly source: TableSource; readonly id: string } | null = null;
  /** One write after the other, or an older one might come last. */
  private writing: Promise<void> = Promise.resolve();
  private isLeft = false;

  readonly trouble = this.failed.asReadonly();

  async load(): Promise<Draft | null> {
    const owner = this.owner();
    if (owner === null) return null;
    try {
      await deleteOldDrafts(Date.now());
      return await loadDraft(owner, Date.now());
    } catch {
      // Storage is blocked or broken. Saving will say so, when there is something to save.
      return null;
    }
  }

  /** What comes from a draft is stored already. */
  adopt(draft: Draft): void {
    this.saved = { source: draft.source, id: draft.sourceId };
  }

  isSaved(source: TableSource): boolean {
    return this.saved?.source === source;
  }

  /** Stores the decisions, and the source with them when it is a new one or another tab replaced it. */
  save(source: TableSource, state: DraftState): Promise<void> {
    this.writing = this.writing.then(() => this.write(source, state));
    return this.writing;
  }

  /** The import was accepted, or somebody starts over. */
  discard(): Promise<void> {
    this.saved = null;
    this.failed.set(null);
    unmarkTab();
    const owner = this.owner();
    this.writing = this.writing.then(async () => {
      if (owner !== null) await deleteDraft(owner).catch(() => undefined);
    });
    return this.writing;
  }

  /** The wizard's page goes: what is still written down belongs to a later visit. */
  leave(): void {
    this.isLeft = true;
    unmarkTab();
  }

  isOfThisTab(): boolean {
    try {
      return sessionStorage.getItem(TAB_MARK) === this.mark();
    } catch {
      // Storage is blocked: then there is no draft either.
      return false;
    }
  }

  private async write(source: TableSource, state: DraftState): Promise<void> {
    const owner = this.owner();
    // After the sign-out nothing of this person is written any more.
    if (owner === null) return;
    const isKnown = this.saved?.source === source;
    if (isKnown && this.failed() !== null) return;
    const id = isKnown && this.saved ? this.saved.id : randomKey();
    this.saved = { source, id };
    try {
      const isEnough = isKnown && (await saveDraftState(owner, id, state, Date.now()));
      if (!isEnough) await saveDraft(owner, id, source, state, Date.now());
      this.failed.set(null);
      if (!this.isLeft) markTab(this.mark());
    } catch (error) {
      // Private windows and full disks: the work goes on, and the page says that it is not kept.
      const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
      this.failed.set(isFull ? 'too_big' : 'unavailable');
      await deleteDraft(owner).catch(() => undefined);
    }
  }

  private owner(): DraftOwner | null {
    const [user, account] = [this.session.user(), this.session.account()];
    return user && account ? { userId: user.id, accountId: account.id } : null;
  }

  private mark(): string {
    const owner = this.owner();
    return owner === null ? '' : `${owner.userId}.${owner.accountId}`;
  }
}

function markTab(mark: string): void {
  try {
    sessionStorage.setItem(TAB_MARK, mark);
  } catch {
    // Storage is blocked: after a reload the draft is offered instead of going on by itself.
  }
}

/** After leaving the wizard, coming back is a visit and no reload. */
function unmarkTab(): void {
  try {
    sessionStorage.removeItem(TAB_MARK);
  } catch {
    // Storage is blocked: there was no mark.
  }
}
