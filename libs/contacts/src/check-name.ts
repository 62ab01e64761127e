import { CONTACT_FIELDS } from './contact-fields';
import { hasInvalidCharacter, isVisible, unescapeCell } from './clean-text';
import type { RejectionCode } from './issue-codes';

const MAX_LENGTH = CONTACT_FIELDS[0].maxLength;

/**
 * NFC joins at most four code points into one, of two UTF-16 units at most: a longer text stays too long. Checked
 * first, because ordering a million combining marks takes minutes.
 */
const MAX_RAW_UNITS = MAX_LENGTH * 4 * 2;

const SPACES = /\s+/g;

/** A name of nothing but a phone's characters, at least eight of them digits. Capped by the name's own limit. */
const PHONE_CHARACTERS = /^[\d\s().+-]+$/;
const LOOKS_LIKE_PHONE_DIGITS = 8;

/** A cell that became a value, or the code that says why it cannot. */
export type FieldVerdict<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly code: RejectionCode };

/**
 * Checks a name: trimmed, white space and line breaks folded to one space, NFC, no longer than the field table says.
 * Invisible marks inside are kept (names in Arabic and emoji need them); a name of nothing else is missing.
 * An apostrophe before `=` is kept too: whoever reads a CSV of ours undoes it before. One that makes a name too long is our
 * export's, for no name is stored that is longer.
 */
export function checkName(text: string): FieldVerdict<string> {
  if (isPlain(text)) return { ok: true, value: text };
  const folded = text.replace(SPACES, ' ').trim();
  if (hasInvalidCharacter(folded)) return { ok: false, code: 'invalid_character' };
  if (!isVisible(folded)) return { ok: false, code: 'name_missing' };
  if (folded.length > MAX_RAW_UNITS) return { ok: false, code: 'name_too_long' };
  const value = folded.normalize('NFC');
  if (countCodePoints(value) <= MAX_LENGTH) return { ok: true, value };
  const plain = unescapeName(value);
  return countCodePoints(plain) <= MAX_LENGTH
    ? { ok: true, value: plain }
    : { ok: false, code: 'name_too_long' };
}

/**
 * Undoes the apostrophes that our own formula-safe export puts into a name such as `=1+1` or `Ana;=1+1`. The same rule
 * as `unescapeFormula` of the CSV library.
 */
export function unescapeName(name: string): string {
  return unescapeCell(name);
}

/**
 * Whether an incoming name says what is stored: equal, or equal but for the apostrophes of our own export. Those are left
 * where somebody changed an export so that it no longer looks like one. Both names are as `checkContact` gives them.
 */
export function isSameName(stored: string, incoming: string): boolean {
  return incoming === stored || unescapeName(incoming) === stored;
}

/** Whether a checked name is rather a phone number. */
export function looksLikePhone(name: string): boolean {
  const first = name.charCodeAt(0);
  // Nearly every name begins with a letter: + ( and digits all lie below it.
  if (first > 0x39) return false;
  return PHONE_CHARACTERS.test(name) && name.replace(/\D/g, '').length >= LOOKS_LIKE_PHONE_DIGITS;
}

/** Most names need no work: visible Latin letters with single spaces between, which are in NFC already. */
function isPlain(text: string): boolean {
  const length = text.length;
  if (length === 0 || length > MAX_LENGTH) return false;
  let previous = 0x20;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x20) {
      if (previous === 0x20) return false;
    } else if (code < 0x21 || (code > 0x7e && code < 0xa1) || code === 0xad || code > 0x2ff) {
      return false;
    }
    previous = code;
  }
  return previous !== 0x20;
}

function countCodePoints(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i++) {
    if ((text.codePointAt(i) ?? 0) > 0xffff) {
      count--;
      i++;
    }
  }
  return count;
}
