import type { Contact } from '@ponte/contacts';
import { NewContacts } from '../contacts';
import { detached } from './detached';
import type { ImportEntity } from './import.entity';
import { rejected, type JudgedRow, type RejectedRow } from './judge-rows';

const ASKED_WEIGHT = 8;

/** Rows of one lane that are written in one transaction. */
export class LaneBatch {
  /** Contacts that cannot be in the account yet. */
  readonly fresh: NewContacts;
  /** Contacts whose phone number the account or an earlier row may have. */
  asked: Contact[] = [];
  rejected: RejectedRow[] = [];
  /** The last row of the file that is in the batch; 0 while it is empty. */
  position = 0;

  constructor({ accountId, id }: ImportEntity) {
    this.fresh = new NewContacts(accountId, id);
  }

  /**
   * How much is in it, in rows that are written without being asked for. One that is asked for is held as objects, those of
   * the file and those of the database, and costs the memory of several.
   */
  get weight(): number {
    return this.fresh.count + this.rejected.length + ASKED_WEIGHT * this.asked.length;
  }

  /** Takes a row that comes after those that are in it. */
  add(row: JudgedRow, mayBeKnown: boolean): void {
    if (row.contact === null) this.reject(row);
    else if (mayBeKnown)
      this.asked.push(this.asked.length > this.fresh.count ? row.contact : apart(row.contact));
    else this.fresh.add(row.contact);
    this.position = row.row;
  }

  /** Takes a row that does not become a contact, whatever its verdict was. */
  reject(row: JudgedRow): void {
    this.rejected.push(rejected({ ...row, cells: row.cells.map(detached) }));
    this.position = row.row;
  }

  clear(): void {
    this.fresh.clear();
    this.asked = [];
    this.rejected = [];
    this.position = 0;
  }
}

/** A few rows must not keep the pieces of the file that all were cut from; when most rows are kept, nothing is won. */
function apart({ name, phone_number, email }: Contact): Contact {
  return {
    name: detached(name),
    phone_number: detached(phone_number),
    email: email === null ? null : detached(email),
  };
}
