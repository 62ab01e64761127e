import { CONTACT_FIELDS } from './contact-fields';
import { hasInvalidCharacter, isEscapedFormula, unescapeCell } from './clean-text';
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
 * Domains that people mean otherwise. Only words that are no real mail service or top-level domain: a warning on a
 * good address teaches people to ignore warnings.
 */
const TYPO_DOMAINS: ReadonlySet<string> = new Set([
  'gmial.com',
  'gmai.com',
  'gmal.com',
  'gamil.com',
  'gnail.com',
  'gmil.com',
  'gmaill.com',
  'gmail.co',
  'gmail.com.br',
  'hotmial.com',
  'hotmal.com',
  'hotmai.com',
  'hotnail.com',
  'hormail.com',
  'outlok.com',
  'outloock.com',
  'yaho.com',
  'yahooo.com',
  'yahho.com',
]);

const MAX_TYPO_DOMAIN = Math.max(...Array.from(TYPO_DOMAINS, (domain) => domain.length));

const TYPO_TOP_LEVELS: ReadonlySet<string> = new Set([
  'con',
  'comm',
  'cmo',
  'ocm',
  'vom',
  'xom',
  'coom',
  'combr',
]);

/**
 * Checks an e-mail address: white space around it and one escaping apostrophe dropped, then the pattern above, 254
 * characters at most. Blank is `null`. Stored as typed; compare without case. An invisible mark at its end makes
 * it invalid, where a phone would be cleaned: it is part of the address as far as mail servers go.
 */
export function checkEmail(text: string): FieldVerdict<string | null> {
  const email = unescapeCell(text.trim());
  if (email === '') return { ok: true, value: null };
  if (hasInvalidCharacter(email)) return { ok: false, code: 'invalid_character' };
  // A second apostrophe before = or | would be dropped at the next check: such an address cannot be kept stable.
  const isValid =
    email.length <= MAX_LENGTH &&
    email.indexOf('@') <= MAX_LOCAL_LENGTH &&
    EMAIL.test(email) &&
    !isEscapedFormula(email);
  return isValid ? { ok: true, value: email } : { ok: false, code: 'email_invalid' };
}

/** Whether a valid address ends in a well-known slip of the finger (`gmial.com`, `.con`). */
export function isProbableTypo(email: string): boolean {
  const topLevel = email.length - email.lastIndexOf('.') - 1;
  if (topLevel > 2 && topLevel <= 5 && TYPO_TOP_LEVELS.has(email.slice(-topLevel).toLowerCase())) return true;
  const domain = email.length - email.lastIndexOf('@') - 1;
  // The length decides for most addresses, before a string is made.
  return domain <= MAX_TYPO_DOMAIN && TYPO_DOMAINS.has(email.slice(-domain).toLowerCase());
}
