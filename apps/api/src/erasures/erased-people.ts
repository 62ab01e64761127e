import { canonicalPhone, checkEmail, proposePhone } from '@ponte/contacts';
import { createHmac, randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { RequestProblem } from '../platform/http/request-problem';

/** By what the person of a row or of a form is known. */
export interface Identity {
  phone_number: string | null;
  email: string | null;
}

/** Who two cells as people write them are about: a phone in any notation, and an address; null for what cannot be read. */
export function readIdentity(phoneCell: string, emailCell: string): Identity {
  const phone = proposePhone(phoneCell, { areaCode: null });
  const email = checkEmail(emailCell);
  return { phone_number: phone.ok ? phone.value : null, email: email.ok ? email.value : null };
}

/** People were erased, or let back, since the erased ones were read: rows that were judged before are judged again. */
export class ErasuresChanged extends Error {
  override name = 'ErasuresChanged';
}

/** What is kept of an erased person's phone. */
export function hashPhone(key: Buffer, phone: string): Buffer {
  return keyedHash(key, canonicalPhone(phone));
}

/** What is kept of an erased person's e-mail address. */
export function hashEmail(key: Buffer, email: string): Buffer {
  return keyedHash(key, email.toLowerCase());
}

function keyedHash(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** The account's key, made when there is none. */
export async function takeKey(manager: EntityManager, accountId: number): Promise<Buffer> {
  await manager.query('INSERT INTO erasure_keys (account_id, key) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    accountId,
    randomBytes(32),
  ]);
  const [row] = await manager.query<{ key: Buffer }[]>('SELECT key FROM erasure_keys WHERE account_id = $1', [
    accountId,
  ]);
  if (row === undefined) throw new Error('The key of an account is gone.');
  return row.key;
}

/** The erased people of one account, as they were when a run began. */
export class ErasedPeople {
  private constructor(
    private readonly accountId: number,
    private readonly version: number,
    private readonly key: Buffer,
    private readonly phones: ReadonlySet<string>,
    private readonly emails: ReadonlySet<string>,
  ) {}

  static async of(manager: EntityManager, accountId: number): Promise<ErasedPeople> {
    const rows = await manager.query<
      { version: number; key: Buffer | null; phones: Buffer[] | null; email: Buffer | null }[]
    >(
      `SELECT accounts.erasures AS version, key, phone_hashes AS phones, email_hash AS email FROM accounts
       LEFT JOIN erasure_keys ON erasure_keys.account_id = accounts.id
       LEFT JOIN erasures ON erasures.account_id = accounts.id WHERE accounts.id = $1`,
      [accountId],
    );
    const texts = (hashes: Buffer[]) => new Set(hashes.map((hash) => hash.toString('latin1')));
    return new ErasedPeople(
      accountId,
      rows[0]?.version ?? 0,
      rows[0]?.key ?? Buffer.alloc(0),
      texts(rows.flatMap(({ phones }) => phones ?? [])),
      texts(rows.flatMap(({ email }) => email ?? [])),
    );
  }

  /** Whether nobody was erased: then nothing has to be looked at. */
  get isEmpty(): boolean {
    return this.phones.size === 0 && this.emails.size === 0;
  }

  has({ phone_number: phone, email }: Identity): boolean {
    const { key, phones, emails } = this;
    if (phones.size > 0 && phone !== null && phones.has(hashPhone(key, phone).toString('latin1')))
      return true;
    return emails.size > 0 && email !== null && emails.has(hashEmail(key, email).toString('latin1'));
  }

  /**
   * Keeps others from erasing people until the transaction ends. Throws `ErasuresChanged` when somebody did since this was
   * read: what the transaction is about to write may be theirs.
   */
  async hold(manager: EntityManager): Promise<void> {
    if ((await holdVersion(manager, this.accountId)) !== this.version) throw new ErasuresChanged();
  }
}

/** For what is written by hand: a contact, the defaults of a mapping. Throws `person_erased` for an erased person. */
export async function refuseErased(
  manager: EntityManager,
  accountId: number,
  identity: Identity,
): Promise<void> {
  if ((await holdVersion(manager, accountId)) === 0) return;
  const people = await ErasedPeople.of(manager, accountId);
  if (people.has(identity)) throw new RequestProblem('person_erased');
}

/** An erasure changes the account's row and waits here for those who write contacts; 0 for an account without one. */
async function holdVersion(manager: EntityManager, accountId: number): Promise<number> {
  const [row] = await manager.query<{ erasures: number }[]>(
    'SELECT erasures FROM accounts WHERE id = $1 FOR SHARE',
    [accountId],
  );
  return row?.erasures ?? 0;
}
