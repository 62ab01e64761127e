import type { Contact } from '@ponte/contacts';
import type { EntityManager } from 'typeorm';
import { copyIn, copyLine } from '../platform/database/copy';
import { isUniqueViolation } from '../platform/database/retry';
import { UpsertConflict } from './upsert-conflict';

const FIRST_BYTES = 64 * 1024;

/** UTF-8 takes at most so many bytes for a unit of a JavaScript string. */
const BYTES_PER_UNIT = 3;

/**
 * Contacts that the account does not have, as the bytes that COPY takes: a batch of objects would live just long enough
 * to be moved to the old part of the heap, where a million of them cost more than everything else that is done to a row.
 */
export class NewContacts {
  private bytes = Buffer.allocUnsafe(FIRST_BYTES);
  private length = 0;
  private rows = 0;

  /** `importId` is noted on every contact. */
  constructor(
    private readonly accountId: number,
    private readonly importId: number,
  ) {}

  get count(): number {
    return this.rows;
  }

  add({ phone_number, name, email }: Contact): void {
    const line = copyLine([this.accountId, this.importId, phone_number, name, email]);
    const needed = this.length + line.length * BYTES_PER_UNIT;
    if (needed > this.bytes.length) this.grow(needed);
    this.length += this.bytes.write(line, this.length);
    this.rows += 1;
  }

  /** Forgets the contacts and keeps the memory for the next ones. */
  clear(): void {
    this.length = 0;
    this.rows = 0;
  }

  /** Writes them in their order. Throws `UpsertConflict` when the account has one of the numbers after all. */
  async write(manager: EntityManager): Promise<void> {
    if (this.rows === 0) return;
    try {
      const target = 'contacts (account_id, last_import_id, phone_number, name, email)';
      await copyIn(manager, target, this.bytes.subarray(0, this.length));
    } catch (error) {
      throw isUniqueViolation(error) ? new UpsertConflict() : error;
    }
  }

  private grow(needed: number): void {
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.bytes.length));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
