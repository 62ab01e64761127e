import { parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/max';

/** What the library alone makes of a text, before any rule: `null` for none, and for one that it does not call valid. */
export function parseAlone(text: string): PhoneNumber | null {
  const parsed = parsePhoneNumberFromString(text, { extract: false });
  return parsed?.isValid() === true ? parsed : null;
}

/**
 * The contact rules on a phone, written down a second time: plainly, without a fast path, and with nothing of the contacts
 * library. Answers the number and its remark, or the code. `parsed` is what the library makes of the text as it stands.
 */
export function judgeAlone(text: string, parsed: PhoneNumber | null): string {
  const phone = text.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '').replace(/^'(?=[=+@-])/, '');
  if (phone === '') return 'phone_missing';
  if (/(?!\s)\p{Cc}|\p{Surrogate}/u.test(phone)) return 'invalid_character';
  if (!phone.startsWith('+')) return 'phone_no_plus';
  const found = phone === text ? parsed : parseAlone(phone);
  if (found === null) return 'phone_invalid';
  if (found.ext) return 'phone_has_extension';
  const isStable = found.number === phone || parseAlone(found.number)?.number === found.number;
  return isStable ? `${found.number} ${remarkOn(found)}`.trimEnd() : 'phone_invalid';
}

function remarkOn(phone: PhoneNumber): string {
  switch (phone.getType()) {
    case 'FIXED_LINE':
      return 'phone_landline';
    case 'TOLL_FREE':
    case 'SHARED_COST':
    case 'PREMIUM_RATE':
    case 'UAN':
      return 'phone_non_geographic';
    default:
      return '';
  }
}
