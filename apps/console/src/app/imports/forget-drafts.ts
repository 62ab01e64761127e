/** Unfinished imports hold other people's names and numbers: they do not stay in a browser for longer than they help. */

/** At the sign-out nothing of this person stays behind. */
export function forgetDraftsOf(userId: number): Promise<void> {
  return withStorage((storage) => storage.deleteDraftsOf(userId));
}

/** Drafts that nobody came back for, also where the wizard is never opened again. */
export function forgetOldDrafts(): Promise<void> {
  return withStorage((storage) => storage.deleteOldDrafts(Date.now()));
}

type Storage = typeof import('./wizard/draft/draft-storage');

async function withStorage(work: (storage: Storage) => Promise<void>): Promise<void> {
  try {
    await work(await import('./wizard/draft/draft-storage'));
  } catch {
    // Storage is blocked: then nothing was kept either.
  }
}
