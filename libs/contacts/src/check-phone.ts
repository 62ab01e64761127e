import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { AREA_CODE_PATTERN } from './area-codes';
import { hasInvalidCharacter, trimMarks, unescapeCell } from './clean-text';
import type { RejectionCode, WarningCode } from './issue-codes';
import { joinNational, NATIONAL_PATTERN } from './national-pattern';

/** The library gives up on longer texts; asked here, so that nothing before it works on a megabyte. */
const MAX_RAW_UNITS = 250;

/**
 * Brazilian mobiles and landlines: area code in use, then nine digits from 9 or eight from 2 to 5. The library gives
 * the same answers many times slower; a property test compares the two, so that an update of its metadata cannot
 * part them unseen.
 */
const BRAZILIAN = new RegExp(`^\\+55${AREA_CODE_PATTERN}(?:9\\d{8}|[2-5]\\d{7})$`);

/** The same as people write them. */
const FORMATTED = new RegExp(`^\\+55[ .-]?${NATIONAL_PATTERN}$`);

const MOBILE_LENGTH = '+5511987654321'.length;

const NON_GEOGRAPHIC: ReadonlySet<string> = new Set(['TOLL_FREE', 'SHARED_COST', 'PREMIUM_RATE', 'UAN']);

const NO_DIGITS = /\D+/g;

const E164 = /^\+[1-9]\d{6,14}$/;

/** A phone that became E.164, perhaps with a remark, or the code that says why it cannot. */
export type PhoneVerdict =
  | { readonly ok: true; readonly value: string; readonly warning: WarningCode | null }
  | { readonly ok: false; readonly code: RejectionCode };

/** Whether the text is E.164 to the letter: `+`, then 7 to 15 digits, the first one not 0. Says nothing of validity. */
export function isE164(text: string): boolean {
  return E164.test(text);
}

/**
 * Checks a phone: blanks and invisible marks around it dropped, one escaping apostrophe dropped, must begin with
 * `+` and be valid for libphonenumber-js/max. The value is the library's E.164, which is not always the input
 * (`+5508…` loses its 0).
 */
export function checkPhone(text: string): PhoneVerdict {
  const phone = unescapeCell(trimMarks(text));
  return readBrazilian(phone) ?? readByRules(phone);
}

function readBrazilian(phone: string): PhoneVerdict | null {
  if (BRAZILIAN.test(phone)) return acceptBrazilian(phone);
  const found = FORMATTED.exec(phone);
  return found && acceptBrazilian(joinNational(found));
}

function acceptBrazilian(value: string): PhoneVerdict {
  return { ok: true, value, warning: value.length === MOBILE_LENGTH ? null : 'phone_landline' };
}

function readByRules(phone: string): PhoneVerdict {
  if (phone === '') return { ok: false, code: 'phone_missing' };
  if (hasInvalidCharacter(phone)) return { ok: false, code: 'invalid_character' };
  if (!phone.startsWith('+')) return { ok: false, code: 'phone_no_plus' };
  if (phone.length > MAX_RAW_UNITS) return { ok: false, code: 'phone_invalid' };
  return readByLibrary(phone);
}

/** The library's answer alone, without the fast path: exported for the test that compares the two. */
export function readByLibrary(phone: string): PhoneVerdict {
  const parsed = parsePhoneNumberFromString(phone, { extract: false });
  // For the library a number is valid when it has a type, in every country of this metadata: one look gives both.
  const type = parsed?.getType();
  if (!parsed || type === undefined) return { ok: false, code: 'phone_invalid' };
  if (parsed.ext) return { ok: false, code: 'phone_has_extension' };
  // A few numbers of trunk-prefix countries shrink each time they are parsed (+375 081060… in Belarus): what is
  // stored must still be a valid number when it comes back from our own export.
  if (!isStable(parsed.number, phone)) return { ok: false, code: 'phone_invalid' };
  return { ok: true, value: parsed.number, warning: warnOfType(type) };
}

/** Asks the library again only where it has changed the digits: it reads nothing else. */
function isStable(number: string, phone: string): boolean {
  if (phone.replace(NO_DIGITS, '') === number.slice(1)) return true;
  const again = parsePhoneNumberFromString(number, { extract: false });
  return again?.number === number && again.isValid();
}

function warnOfType(type: string): WarningCode | null {
  if (type === 'FIXED_LINE') return 'phone_landline';
  return NON_GEOGRAPHIC.has(type) ? 'phone_non_geographic' : null;
}
