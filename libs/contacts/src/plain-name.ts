import { CONTACT_FIELDS } from './contact-fields';

/** A byte is at least as much as a character, so this is no more than the name may have. */
const MAX_BYTES = CONTACT_FIELDS[0].maxLength;

const BLANK = 0x20;
/** Names that begin with a digit, a plus or a parenthesis may be phones; letters all lie above. */
const LAST_OF_PHONES = 0x39;
const LAST_ASCII = 0x7e;
/** The first byte of U+0080 to U+00BF, where controls, the no-break space and the soft hyphen are. */
const LATIN_SIGNS = 0xc2;
/** The first byte of U+00C0 to U+00FF and of U+02C0 to U+02FF: letters, composed already. */
const FIRST_LETTERS = 0xc3;
const LAST_LETTERS = 0xcb;

/**
 * Whether a cell, given as UTF-8, is a name that `proposeName` takes as it is and without a remark. Says yes to nearly
 * every good name and no to whatever needs a closer look. A test compares the two.
 */
export function isPlainName(bytes: Uint8Array, from: number, to: number): boolean {
  const first = bytes[from] ?? 0;
  if (to <= from || to - from > MAX_BYTES || first <= LAST_OF_PHONES) return false;
  let previous = first;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte <= LAST_ASCII) {
      if (byte < BLANK || (byte === BLANK && previous === BLANK)) return false;
    } else if (byte >= FIRST_LETTERS && byte <= LAST_LETTERS) {
      at++;
    } else if (byte !== LATIN_SIGNS || !isVisibleSign(bytes[++at] ?? 0)) {
      return false;
    }
    previous = byte;
  }
  return previous !== BLANK;
}

/** By the second byte: U+00A1 to U+00BF without the soft hyphen. */
function isVisibleSign(byte: number): boolean {
  return byte > 0xa0 && byte !== 0xad;
}
