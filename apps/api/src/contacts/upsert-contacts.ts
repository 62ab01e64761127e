import type { Contact } from '@ponte/contacts';
import type { EntityManager } from 'typeorm';
import { takeLane } from './contact-lanes';
import {
  applyContact,
  readStates,
  type ContactStates,
  type Existing,
  type StoredContact,
  type UpsertOutcome,
} from './contact-states';
import { NewContacts } from './new-contacts';
import { UpsertConflict } from './upsert-conflict';

export interface UpsertOptions {
  accountId: number;
  /** Noted on every contact that is created or changed. */
  importId: number;
  existing: Existing;
  /** The lane that all numbers of the batch belong to; null for numbers of any lane. */
  lane: number | null;
}

/**
 * Writes a batch as if each contact were written after the one before it, with a few statements for all of them: the same
 * number again is an update of the first, an empty e-mail keeps the stored one, and what does not change is not written.
 * Answers one outcome for each contact, in their order, whatever the size of the batch. Throws `UpsertConflict` inside the
 * transaction, which must then be undone.
 *
 * `fresh` are written before the others and without a look at what is there, which is the fastest way there is.
 */
export async function upsertContacts(
  manager: EntityManager,
  options: UpsertOptions,
  contacts: readonly Contact[],
  fresh: NewContacts | null = null,
): Promise<UpsertOutcome[]> {
  if (contacts.length === 0 && (fresh?.count ?? 0) === 0) return [];
  await takeLane(manager, options.accountId, options.lane);
  await fresh?.write(manager);
  if (contacts.length === 0) return [];
  const phoneNumbers = contacts.map(({ phone_number }) => phone_number);
  const states = await readStates(manager, options.accountId, phoneNumbers);
  const outcomes = contacts.map((contact) => applyContact(states, contact, options.existing));
  await insertNew(manager, options, states);
  await updateChanged(manager, options, states);
  return outcomes;
}

async function insertNew(
  manager: EntityManager,
  { accountId, importId }: UpsertOptions,
  states: ContactStates,
): Promise<void> {
  const created = new NewContacts(accountId, importId);
  for (const [phone_number, { stored, name, email }] of states) {
    if (stored === null) created.add({ phone_number, name, email });
  }
  await created.write(manager);
}

async function updateChanged(
  manager: EntityManager,
  { importId }: UpsertOptions,
  states: ContactStates,
): Promise<void> {
  const changed: { stored: StoredContact; name: string; email: string | null }[] = [];
  for (const { stored, name, email, isChanged } of states.values()) {
    if (stored !== null && isChanged) changed.push({ stored, name, email });
  }
  if (changed.length === 0) return;
  // By the key, as `readStates` has seen to; the account's condition, which its contacts fulfil, would offer another way.
  // What was read is compared again: an edit by hand that came in between must not be overwritten unseen.
  const [, affected] = await manager.query<[unknown, number]>(
    `UPDATE contacts SET name = changed.name, email = changed.email, last_import_id = $1, updated_at = now()
     FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])
       AS changed (id, name, email, stored_name, stored_email)
     WHERE contacts.id = changed.id
       AND contacts.name = changed.stored_name AND contacts.email IS NOT DISTINCT FROM changed.stored_email`,
    [
      importId,
      changed.map(({ stored }) => stored.id),
      changed.map(({ name }) => name),
      changed.map(({ email }) => email),
      changed.map(({ stored }) => stored.name),
      changed.map(({ stored }) => stored.email),
    ],
  );
  if (affected !== changed.length) throw new UpsertConflict();
}
