import type { Contact } from '@ponte/contacts';
import type { EntityManager } from 'typeorm';
import { copyIn, copyLine } from '../platform/database/copy';
import { isUniqueViolation } from '../platform/database/retry';
import { takeLane } from './contact-lanes';
import {
  applyContact,
  readStates,
  type ContactStates,
  type Existing,
  type StoredContact,
  type UpsertOutcome,
} from './contact-states';

export interface UpsertOptions {
  accountId: number;
  /** Noted on every contact that is created or changed. */
  importId: number;
  existing: Existing;
  /** The lane that all numbers of the batch belong to; null for numbers of any lane. */
  lane: number | null;
}

/** Somebody else created or changed one of the contacts meanwhile: nothing was decided wrong yet, try the batch again. */
export class UpsertConflict extends Error {
  override name = 'UpsertConflict';
}

/**
 * Writes a batch as if each contact were written after the one before it, with a few statements for all of them: the same
 * number again is an update of the first, an empty e-mail keeps the stored one, and what does not change is not written.
 * Answers one outcome for each contact, in their order, whatever the size of the batch.
 *
 * `asked` are the numbers that the account may have: the others go into the table without a look at it, which is the
 * fastest way there is. A number that was there after all, or a contact that somebody changes meanwhile, throws
 * `UpsertConflict` inside the transaction, which must then be undone; asking for every number finds it.
 */
export async function upsertContacts(
  manager: EntityManager,
  options: UpsertOptions,
  contacts: readonly Contact[],
  asked: readonly string[] = contacts.map(({ phone_number }) => phone_number),
): Promise<UpsertOutcome[]> {
  if (contacts.length === 0) return [];
  await takeLane(manager, options.accountId, options.lane);
  const states = await readStates(manager, options.accountId, asked);
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
  let lines = '';
  for (const [phoneNumber, { stored, name, email }] of states) {
    if (stored === null) lines += copyLine([accountId, importId, phoneNumber, name, email]);
  }
  if (lines === '') return;
  try {
    await copyIn(manager, 'contacts (account_id, last_import_id, phone_number, name, email)', lines);
  } catch (error) {
    throw isUniqueViolation(error) ? new UpsertConflict() : error;
  }
}

async function updateChanged(
  manager: EntityManager,
  { accountId, importId }: UpsertOptions,
  states: ContactStates,
): Promise<void> {
  const changed: { stored: StoredContact; name: string; email: string | null }[] = [];
  for (const { stored, name, email, isChanged } of states.values()) {
    if (stored !== null && isChanged) changed.push({ stored, name, email });
  }
  if (changed.length === 0) return;
  // For a large batch the planner would rather read the whole table than look up each contact.
  await manager.query(
    `SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`,
  );
  // What was read is compared again: an edit by hand that came in between must not be overwritten unseen.
  const [, affected] = await manager.query<[unknown, number]>(
    `UPDATE contacts SET name = changed.name, email = changed.email, last_import_id = $2, updated_at = now()
     FROM unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[])
       AS changed (id, name, email, stored_name, stored_email)
     WHERE contacts.account_id = $1 AND contacts.id = changed.id
       AND contacts.name = changed.stored_name AND contacts.email IS NOT DISTINCT FROM changed.stored_email`,
    [
      accountId,
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
