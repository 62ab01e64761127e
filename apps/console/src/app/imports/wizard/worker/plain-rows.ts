import {
  isPlainEmail,
  isPlainMobile,
  isPlainName,
  proposePhone,
  readPlainPhone,
  type ColumnMapping,
} from '@ponte/contacts';
import { ColumnBytes } from './column-bytes';
import { hashEmailBytes } from './email-hash';
import type { RowBatch } from './row-batch';
import { EMAIL_AS_TYPED, NAME_AS_TYPED, PHONE_AS_TYPED, type RowFacts } from './row-facts';

const NAME_AND_EMAIL = NAME_AS_TYPED | EMAIL_AS_TYPED;

const PLUS = 0x2b;
/** `+5511987654321`, and a digit less for a landline: a number without anything between its digits. */
const MOBILE_BYTES = 14;

/** A phone of each kind that is read here: without and with the country, a landline and a mobile. */
const EXAMPLES = ['1132345678', '11987654321', '+551132345678', '+5511987654321'];

/**
 * Writes down the facts about rows of which nothing has to be proposed, as nearly all are: a plain name, one Brazilian
 * number and a plain address or none. It looks at the bytes of whole columns and makes no string of any cell. The rows
 * that it leaves are for the rules.
 */
export class PlainRows {
  private readonly name = new ColumnBytes();
  private readonly phone = new ColumnBytes();
  private readonly email = new ColumnBytes();
  private readonly phoneKinds: readonly number[];
  private done = new Uint8Array(0);

  private constructor(
    private readonly facts: RowFacts,
    private readonly columns: { readonly name: number; readonly phone: number; readonly email: number },
    private readonly hasEmailDefault: boolean,
  ) {
    this.phoneKinds = EXAMPLES.map((text) => facts.kinds.of(proposePhone(text, { areaCode: null })));
  }

  /** `null` where a name or a phone is made of several cells. */
  static of(facts: RowFacts, { roles, defaults }: ColumnMapping): PlainRows | null {
    if (roles.includes('last_name') || roles.includes('area_code')) return null;
    const columns = {
      name: roles.indexOf('name'),
      phone: roles.indexOf('phone_number'),
      email: roles.indexOf('email'),
    };
    return columns.name < 0 || columns.phone < 0
      ? null
      : new PlainRows(facts, columns, defaults.email !== undefined);
  }

  /** Takes what it can of a batch. Answers a one for each row that is done; good until the next batch. */
  take(batch: RowBatch, isFaulty: (row: number) => boolean): Uint8Array {
    const { start, rows } = batch;
    const { columns, name, phone, email } = this;
    if (this.done.length < rows) this.done = new Uint8Array(rows);
    name.load(batch.packed(columns.name), rows);
    phone.load(batch.packed(columns.phone), rows);
    email.load(batch.packed(columns.email), rows);
    let nameAt = 0;
    let phoneAt = 0;
    let emailAt = 0;
    for (let n = 0; n < rows; n++) {
      const nameEnd = name.ends[n] ?? 0;
      const phoneEnd = phone.ends[n] ?? 0;
      const emailEnd = email.ends[n] ?? 0;
      const isDone =
        isPlainName(name.bytes, nameAt, nameEnd) &&
        (emailEnd === emailAt ? !this.hasEmailDefault : isPlainEmail(email.bytes, emailAt, emailEnd)) &&
        !isFaulty(n) &&
        this.write(start + n, phoneAt, phoneEnd, emailAt, emailEnd);
      this.done[n] = isDone ? 1 : 0;
      nameAt = nameEnd;
      phoneAt = phoneEnd;
      emailAt = emailEnd;
    }
    return this.done;
  }

  /** Writes a row of which only the phone is still to be looked at; whether it could be read. */
  private write(row: number, phoneAt: number, phoneEnd: number, emailAt: number, emailEnd: number): boolean {
    const { bytes } = this.phone;
    const key = readPlainPhone(bytes, phoneAt, phoneEnd);
    if (key === 0) return false;
    const isMobile = isPlainMobile(key);
    const hasPlus = bytes[phoneAt] === PLUS;
    const isTyped = hasPlus && phoneEnd - phoneAt === (isMobile ? MOBILE_BYTES : MOBILE_BYTES - 1);
    const kind = this.phoneKinds[(hasPlus ? 2 : 0) + (isMobile ? 1 : 0)] ?? 0;
    const email = emailEnd === emailAt ? 0 : hashEmailBytes(this.email.bytes, emailAt, emailEnd);
    this.facts.writePlain(row, kind, key, email, isTyped ? NAME_AND_EMAIL | PHONE_AS_TYPED : NAME_AND_EMAIL);
    return true;
  }
}
