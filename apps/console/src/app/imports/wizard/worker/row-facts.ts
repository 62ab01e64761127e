import type { CellProposal, ContactCells, ContactFieldName, RowProposal } from '@ponte/contacts';
import { CellKinds, issueNumber } from './cell-kinds';
import { hashEmail } from './email-hash';
import { PhoneKeys } from './phone-keys';
import { RowGroups } from './row-groups';

export const FIELDS: readonly ContactFieldName[] = ['name', 'phone_number', 'email'];

export const NAME_AS_TYPED = 1;
export const PHONE_AS_TYPED = 2;
export const EMAIL_AS_TYPED = 4;

const GOOD: CellProposal = {
  ok: true,
  value: '',
  needs: [],
  mask: 0,
  warning: null,
  strict: null,
  offer: null,
  others: null,
};

/**
 * What was found out about every row whatever repairs are accepted: from these arrays alone it follows which rows are
 * ready under any choice of repairs and duplicates, so that a switch reads no cell again.
 */
export class RowFacts {
  readonly kinds = new CellKinds(GOOD);
  /** The kind of each row's cell. */
  readonly fields: Readonly<Record<ContactFieldName, Uint16Array>>;
  /** Reasons about a row as a whole; its cells are not judged then. */
  readonly rowIssues: Uint8Array;
  /** Keys of the phones when all needs are met; 0 without one. */
  readonly phones: Float64Array;
  readonly phoneKeys = new PhoneKeys();
  /** Hashes of the e-mail addresses when all needs are met; 0 without one. */
  readonly emails: Float64Array;
  /** The same for the few rows whose address would change by an offered repair. */
  private readonly offeredEmails = new Map<number, number>();
  /** Bits, in the order of `FIELDS`, of the texts that are already what will be sent. */
  readonly asTyped: Uint8Array;

  private byPhone: RowGroups | null = null;
  private byEmail: RowGroups | null = null;
  private byOfferedEmail: RowGroups | null = null;

  constructor(readonly rows: number) {
    this.fields = {
      name: new Uint16Array(rows),
      phone_number: new Uint16Array(rows),
      email: new Uint16Array(rows),
    };
    this.rowIssues = new Uint8Array(rows);
    this.phones = new Float64Array(rows);
    this.emails = new Float64Array(rows);
    this.asTyped = new Uint8Array(rows);
  }

  /** Rows of one phone, whether they are ready or not. Found once for all switches. */
  phoneGroups(): RowGroups {
    this.byPhone ??= RowGroups.of(this.phones);
    return this.byPhone;
  }

  /** Rows of one e-mail address, as typed or with the offered repairs. */
  emailGroups(isOfferTaken: boolean): RowGroups {
    if (!isOfferTaken || this.offeredEmails.size === 0) {
      this.byEmail ??= RowGroups.of(this.emails);
      return this.byEmail;
    }
    if (this.byOfferedEmail === null) {
      const emails = this.emails.slice();
      for (const [row, email] of this.offeredEmails) emails[row] = email;
      this.byOfferedEmail = RowGroups.of(emails);
    }
    return this.byOfferedEmail;
  }

  /** To be called when rows were written: their groups are to be found anew. */
  forgetGroups(): void {
    this.byPhone = this.byEmail = this.byOfferedEmail = null;
  }

  /** A row that is wrong as a whole. */
  reject(row: number, code: 'malformed_row' | 'wrong_cell_count'): void {
    this.write(row, ['', '', ''], { name: GOOD, phone: GOOD, email: GOOD });
    this.rowIssues[row] = issueNumber(code);
    this.phones[row] = 0;
  }

  /** A row with a good name and a good e-mail or none, of which nothing is proposed but what its phone needs. */
  writePlain(row: number, phoneKind: number, phone: number, email: number, asTyped: number): void {
    const { fields } = this;
    fields.name[row] = 0;
    fields.phone_number[row] = phoneKind;
    fields.email[row] = 0;
    this.rowIssues[row] = 0;
    this.phones[row] = phone;
    this.emails[row] = email;
    this.asTyped[row] = asTyped;
  }

  /** What was proposed for a row with these texts. */
  write(row: number, texts: ContactCells, { name, phone, email }: RowProposal): void {
    const { fields, kinds } = this;
    fields.name[row] = kinds.of(name);
    fields.phone_number[row] = kinds.of(phone);
    fields.email[row] = kinds.of(email);
    this.rowIssues[row] = 0;
    this.phones[row] = phone.ok && phone.value ? this.phoneKeys.of(phone.value) : 0;
    this.emails[row] = email.ok && email.value ? hashEmail(email.value) : 0;
    if (email.ok && email.offer !== null) this.offeredEmails.set(row, hashEmail(email.offer.value));
    else if (this.offeredEmails.size > 0) this.offeredEmails.delete(row);
    this.asTyped[row] =
      (isGood(name, texts[0]) ? NAME_AS_TYPED : 0) |
      (isGood(phone, texts[1]) ? PHONE_AS_TYPED : 0) |
      (isGood(email, texts[2]) ? EMAIL_AS_TYPED : 0);
  }
}

function isGood(cell: CellProposal, text: string): boolean {
  return cell.ok && cell.offer === null && (cell.value ?? '') === text;
}
