import { CONTACT_FIELDS } from './contact-fields';
import { hasInvalidCharacter, unescapeCell } from './clean-text';
import type { FieldVerdict } from './check-name';

const MAX_LENGTH = CONTACT_FIELDS[2].maxLength;

const MAX_LOCAL_LENGTH = 64;

/**
 * The addresses on which HTML, validator.js and isemail agree: dot-separated atoms, then labels of up to 63
 * letters, digits and inner hyphens, the last one alphabetic (or punycode) with at least two characters. No quoted
 * local part, no address literal, no raw Unicode. Every repetition is delimited by a character that it cannot
 * itself match, so that the time is linear; the length is capped first all the same.
 */
const EMAIL =
  /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?:[a-z]{2,63}|xn--[a-z\d-]{0,58}[a-z\d])$/i;

/**
 * Checks an e-mail address: white space around it and one escaping apostrophe dropped, then the pattern above, 254
 * characters at most. Blank is `null`. Stored as typed; compare without case. An invisible mark at its end makes
 * it invalid, where a phone would be cleaned: it is part of the address as far as mail servers go.
 */
export function checkEmail(text: string): FieldVerdict<string | null> {
  // Nearly every cell is blank or an address as it stands, which holds no blank and no control character.
  if (isAddress(text)) return { ok: true, value: text };
  const email = unescapeCell(text.trim());
  if (email === '') return { ok: true, value: null };
  if (hasInvalidCharacter(email)) return { ok: false, code: 'invalid_character' };
  return isAddress(email) ? { ok: true, value: email } : { ok: false, code: 'email_invalid' };
}

/** An apostrophe before = or | would be dropped at the next check: such an address cannot be kept stable. */
function isAddress(text: string): boolean {
  return (
    text.length <= MAX_LENGTH &&
    text.indexOf('@') <= MAX_LOCAL_LENGTH &&
    EMAIL.test(text) &&
    unescapeCell(text) === text
  );
}
