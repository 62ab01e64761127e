import { isSameName, type Contact } from '@ponte/contacts';
import type { EntityManager } from 'typeorm';

/** What became, or would become, of one contact of a batch. */
export type UpsertOutcome = 'created' | 'updated' | 'unchanged' | 'skipped';

/** What to do with a phone number that the account has already. */
export type Existing = 'update' | 'skip';

/** A contact as it is in the database. */
export interface StoredContact {
  id: number;
  name: string;
  email: string | null;
}

/** A contact as it is after the rows so far. */
export interface ContactState {
  /** Null for a contact that is not in the database yet. */
  stored: StoredContact | null;
  name: string;
  email: string | null;
  isChanged: boolean;
}

/** By phone number, which is a contact's identity in its account. */
export type ContactStates = Map<string, ContactState>;

/**
 * What the account has of the given numbers, each looked up in the index of numbers; keeps the transaction's statements to
 * such ways, as `keepToKeys` says. That index alone has the order that is asked for, and `BETWEEN` keeps the planner from
 * seeing that one number needs none.
 */
export async function readStates(
  manager: EntityManager,
  accountId: number,
  phoneNumbers: readonly string[],
): Promise<ContactStates> {
  if (phoneNumbers.length === 0) return new Map();
  await keepToKeys(manager);
  const rows = await manager.query<(StoredContact & { phone_number: string })[]>(
    `SELECT contact.* FROM unnest($2::text[]) AS asked (phone_number) CROSS JOIN LATERAL (
       SELECT id, phone_number, name, email FROM contacts
       WHERE account_id = $1 AND contacts.phone_number BETWEEN asked.phone_number AND asked.phone_number
       ORDER BY contacts.phone_number LIMIT 1
     ) AS contact`,
    [accountId, phoneNumbers],
  );
  return new Map(
    rows.map((stored) => {
      const { phone_number, name, email } = stored;
      return [phone_number, { stored, name, email, isChanged: false }];
    }),
  );
}

/**
 * Leaves the planner nothing but indexes in the order that they have, until the transaction ends. Of an account that its
 * statistics do not know, because it was filled a moment ago or is small beside the others, it believes that it is empty:
 * it would read all of it for each contact, and of a table whose batch is large all of that.
 */
async function keepToKeys(manager: EntityManager): Promise<void> {
  const others = ['sort', 'seqscan', 'hashjoin', 'mergejoin'];
  const settings = others.map((way) => `set_config('enable_${way}', 'off', true)`);
  await manager.query(`SELECT ${settings.join(', ')}`);
}

/**
 * Decides about one contact and notes in `states` what the next one with its number will find: the one place where an
 * import and its dry run decide.
 */
export function applyContact(states: ContactStates, contact: Contact, existing: Existing): UpsertOutcome {
  const state = states.get(contact.phone_number);
  if (state === undefined) {
    const { name, email } = contact;
    states.set(contact.phone_number, { stored: null, name, email, isChanged: false });
    return 'created';
  }
  if (existing === 'skip') return 'skipped';
  const name = isSameName(state.name, contact.name) ? state.name : contact.name;
  const email = contact.email ?? state.email;
  if (name === state.name && email === state.email) return 'unchanged';
  states.set(contact.phone_number, { stored: state.stored, name, email, isChanged: true });
  return 'updated';
}
