/**
 * By what people's e-mail addresses are compared: the address with A to Z in lower case, and nothing else folded.
 * PostgreSQL computes the same for `users.email_key` and `invitations.email_key`. Neither `toLowerCase` nor `lower` can
 * do it: they treat letters such as U+0130 differently, and `lower` depends on the locale of the database.
 */
export function emailKey(address: string): string {
  return address.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** SQL of the same, for addresses of which no key is stored. */
export const emailKeyOf = (address: string) =>
  `translate(${address}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')`;
