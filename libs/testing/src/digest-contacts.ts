import { createHash } from 'node:crypto';
import type { Contact } from '@ponte/contacts';

/**
 * One hexadecimal SHA-256 for a set of contacts: over the lines `phone TAB name TAB email LF` (no e-mail is empty),
 * sorted by UTF-16 code units. Two stores hold the same contacts if and only if their digests are equal.
 */
export function digestContacts(contacts: Iterable<Contact>): string {
  const lines = Array.from(
    contacts,
    ({ phone_number, name, email }) => `${phone_number}\t${name}\t${email ?? ''}\n`,
  );
  const hash = createHash('sha256');
  for (const line of lines.sort()) hash.update(line);
  return hash.digest('hex');
}
