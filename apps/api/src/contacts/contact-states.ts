import { isSameName, type Contact } from '@ponte/contacts';
import type { EntityManager } from 'typeorm';

/** What became, or would become, of one contact of a batch. */
export type UpsertOutcome = 'created' | 'updated' | 'unchanged' | 'skipped';

/** What to do with a phone number that the account has already. */
export type Existing = 'update' | 'skip';

/** A contact as it is after the rows so far. */
export interface ContactState {
  /** Null for a contact that is not in the database yet. */
  id: number | null;
  name: string;
  email: string | null;
  isChanged: boolean;
}

/** By phone number, which is a contact's identity in its account. */
export type ContactStates = Map<string, ContactState>;

/** What the account has of the given numbers. `FOR UPDATE` lets nobody change them before the transaction ends. */
export async function readStates(
  manager: EntityManager,
  accountId: number,
  phoneNumbers: readonly string[],
  lock: 'FOR UPDATE' | '' = '',
): Promise<ContactStates> {
  if (phoneNumbers.length === 0) return new Map();
  const rows = await manager.query<
    { id: number; phone_number: string; name: string; email: string | null }[]
  >(
    `SELECT id, phone_number, name, email FROM contacts
     WHERE account_id = $1 AND phone_number = ANY ($2) ORDER BY id ${lock}`,
    [accountId, phoneNumbers],
  );
  return new Map(
    rows.map(({ id, phone_number, name, email }) => [phone_number, { id, name, email, isChanged: false }]),
  );
}

/**
 * Decides about one contact and notes in `states` what the next one with its number will find: the one place where an
 * import and its dry run decide.
 */
export function applyContact(states: ContactStates, contact: Contact, existing: Existing): UpsertOutcome {
  const state = states.get(contact.phone_number);
  if (state === undefined) {
    states.set(contact.phone_number, {
      id: null,
      name: contact.name,
      email: contact.email,
      isChanged: false,
    });
    return 'created';
  }
  if (existing === 'skip') return 'skipped';
  const name = isSameName(state.name, contact.name) ? state.name : contact.name;
  const email = contact.email ?? state.email;
  if (name === state.name && email === state.email) return 'unchanged';
  states.set(contact.phone_number, { id: state.id, name, email, isChanged: true });
  return 'updated';
}
