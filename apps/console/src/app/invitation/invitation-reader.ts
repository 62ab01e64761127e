import type { AccountView, ReceivedInvitation } from '@ponte/contracts';

/** Who reads an invitation: the invited person, signed in or not, a new person, or a person who is signed in as another. */
export type InvitationReader = 'signed_in' | 'known' | 'new' | 'other';

export function readerOf(
  { email, has_sign_in }: Pick<ReceivedInvitation, 'email' | 'has_sign_in'>,
  signedInAs: string | null,
): InvitationReader {
  if (signedInAs !== null) return signedInAs.toLowerCase() === email.toLowerCase() ? 'signed_in' : 'other';
  return has_sign_in ? 'known' : 'new';
}

/** The account that was joined: new among the person's accounts, or the newest of that name if none was known before. */
export function joinedAccount(
  before: readonly AccountView[],
  after: readonly AccountView[],
  name: string,
): AccountView | null {
  const known = new Set(before.map(({ id }) => id));
  const isNew = after.filter((account) => account.name === name && !known.has(account.id));
  return isNew.reduce<AccountView | null>((a, b) => (a !== null && a.id > b.id ? a : b), null);
}

/** The first letters of the first two words. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).slice(0, 2);
  return words
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}
