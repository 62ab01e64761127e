import type { Contact } from '@ponte/contacts';
import type { EntityManager } from 'typeorm';
import {
  applyContact,
  readStates,
  type ContactStates,
  type Existing,
  type UpsertOutcome,
} from './contact-states';

export interface UpsertOptions {
  accountId: number;
  /** Noted on every contact that is created or changed. */
  importId: number;
  existing: Existing;
}

/** Somebody else created one of the phone numbers meanwhile: nothing was decided wrong yet, try the batch again. */
export class UpsertConflict extends Error {
  override name = 'UpsertConflict';
}

/**
 * Writes a batch as if each contact were written after the one before it, with two statements for all of them: the same
 * number again is an update of the first, an empty e-mail keeps the stored one. Answers one outcome for each contact, in
 * their order, whatever the size of the batch. Throws `UpsertConflict` inside the transaction, which must then be undone.
 */
export async function upsertContacts(
  manager: EntityManager,
  options: UpsertOptions,
  contacts: readonly Contact[],
): Promise<UpsertOutcome[]> {
  if (contacts.length === 0) return [];
  await waitForOtherImports(manager, options.accountId);
  const phoneNumbers = contacts.map(({ phone_number }) => phone_number);
  // Locked, so that an edit by hand comes before this batch or after it, never in between.
  const states = await readStates(manager, options.accountId, phoneNumbers, 'FOR UPDATE');
  const outcomes = contacts.map((contact) => applyContact(states, contact, options.existing));
  await insertNew(manager, options, states);
  await updateChanged(manager, options, states);
  return outcomes;
}

/**
 * One batch of an account at a time: two imports that add the same numbers in different orders would wait for each other
 * until PostgreSQL kills one of them. Nobody else waits: adding one contact asks for a weaker lock.
 */
async function waitForOtherImports(manager: EntityManager, accountId: number): Promise<void> {
  await manager.query('SELECT FROM accounts WHERE id = $1 FOR NO KEY UPDATE', [accountId]);
}

async function insertNew(
  manager: EntityManager,
  options: UpsertOptions,
  states: ContactStates,
): Promise<void> {
  const created = [...states].filter(([, { id }]) => id === null);
  if (created.length === 0) return;
  const inserted = await manager.query<unknown[]>(
    `INSERT INTO contacts (account_id, last_import_id, phone_number, name, email)
     SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::text[]) ON CONFLICT DO NOTHING RETURNING 1`,
    [
      options.accountId,
      options.importId,
      created.map(([phoneNumber]) => phoneNumber),
      created.map(([, { name }]) => name),
      created.map(([, { email }]) => email),
    ],
  );
  if (inserted.length !== created.length) throw new UpsertConflict();
}

async function updateChanged(
  manager: EntityManager,
  options: UpsertOptions,
  states: ContactStates,
): Promise<void> {
  const changed = [...states.values()].filter(({ id, isChanged }) => id !== null && isChanged);
  if (changed.length === 0) return;
  await manager.query(
    `UPDATE contacts SET name = changed.name, email = changed.email, last_import_id = $2, updated_at = now()
     FROM unnest($3::bigint[], $4::text[], $5::text[]) AS changed (id, name, email)
     WHERE contacts.account_id = $1 AND contacts.id = changed.id`,
    [
      options.accountId,
      options.importId,
      changed.map(({ id }) => id),
      changed.map(({ name }) => name),
      changed.map(({ email }) => email),
    ],
  );
}
