import { createStore, delMany, entries, get, getMany, keys, set, setMany, type UseStore } from 'idb-keyval';
import { decodeDraft, type Draft, type DraftState, encodeSource, encodeState, isExpired } from './draft';
import type { TableSource } from '../wizard-types';

/** Whose draft: one for each person and account. */
export interface DraftOwner {
  readonly userId: number;
  readonly accountId: number;
}

type Part = 'source' | 'state';
type DraftKey = [userId: number, accountId: number, part: Part];

/** Made at the first use: where there is no storage, this throws, and the caller says what that means. */
let opened: UseStore | undefined;
const drafts = (): UseStore => (opened ??= createStore('ponte', 'drafts'));

const keyOf = ({ userId, accountId }: DraftOwner, part: Part): DraftKey => [userId, accountId, part];
const keysOf = (owner: DraftOwner): DraftKey[] => [keyOf(owner, 'source'), keyOf(owner, 'state')];

export async function loadDraft(owner: DraftOwner, now: number): Promise<Draft | null> {
  const [source, state] = await getMany<unknown>(keysOf(owner), drafts());
  return decodeDraft(source, state, now);
}

/** The whole draft, in one transaction. Throws `QuotaExceededError` where it does not fit. */
export async function saveDraft(
  owner: DraftOwner,
  sourceId: string,
  source: TableSource,
  state: DraftState,
  now: number,
): Promise<void> {
  await setMany(
    [
      [keyOf(owner, 'source'), encodeSource(source)],
      [keyOf(owner, 'state'), encodeState(state, sourceId, now)],
    ],
    drafts(),
  );
}

/** The decisions alone; false when another tab has put its own file in this place. */
export async function saveDraftState(
  owner: DraftOwner,
  sourceId: string,
  state: DraftState,
  now: number,
): Promise<boolean> {
  const key = keyOf(owner, 'state');
  const present = await get<{ sourceId?: string }>(key, drafts());
  if (present?.sourceId !== sourceId) return false;
  await set(key, encodeState(state, sourceId, now), drafts());
  return true;
}

export async function deleteDraft(owner: DraftOwner): Promise<void> {
  await delMany(keysOf(owner), drafts());
}

/** At the sign-out nothing of this person stays behind. */
export async function deleteDraftsOf(userId: number): Promise<void> {
  const all = await keys<DraftKey>(drafts());
  await delMany(
    all.filter(([owner]) => owner === userId),
    drafts(),
  );
}

/** Files that nobody came back for, whoever they belong to. */
export async function deleteOldDrafts(now: number): Promise<void> {
  const all = await entries<DraftKey, unknown>(drafts());
  const old = all.filter(([[, , part], value]) => part === 'state' && isExpired(value, now));
  const owners = old.map(([[userId, accountId]]) => ({ userId, accountId }));
  await delMany(owners.flatMap(keysOf), drafts());
}
