import { trimMarks } from './clean-text';

/** Longer texts are no search; also bounds the work of normalising. */
const MAX_FOLDED_UNITS = 2048;
const MAX_PHONE_UNITS = 40;
const MIN_PHONE_DIGITS = 3;

const ACCENTS = /\p{M}+/gu;
const SPACES = /\s+/g;
const PHONE_NOTATION = /^\+?[\d\s().\-/‐-―−]+$/;

/**
 * Text for comparing names as people search them: no accents, lower case, single spaces, trimmed. Only the first
 * 2048 UTF-16 units are used. Folding twice changes nothing.
 */
export function foldText(text: string): string {
  const folded = text.slice(0, MAX_FOLDED_UNITS).normalize('NFKD').replace(ACCENTS, '').toLowerCase();
  // Lower case brings a mark of its own (İ); NFKD can bring spaces (´).
  return folded.normalize('NFKD').replace(ACCENTS, '').replace(SPACES, ' ').trim();
}

/**
 * The digits to look for inside stored E.164 numbers when somebody types a phone in a search box, in any notation:
 * `(11) 98765-4321`, `+55 11 98765-4321`, `98765-4321`, `011987654321`, `0xx11 …`, `0 15 11 …`, `0055…`. Trunk zero,
 * carrier and international prefix are dropped, since stored numbers have none. `null` when the text does not look
 * like a phone (letters, or fewer than three digits). A name may be made of digits too: search it as well.
 */
export function phoneQuery(text: string): string | null {
  const typed = trimMarks(text.slice(0, MAX_PHONE_UNITS + 1)).replace(/^0xx/i, '0');
  if (typed.length > MAX_PHONE_UNITS || !PHONE_NOTATION.test(typed)) return null;
  const digits = typed.replace(/\D/g, '');
  const fragment = typed.startsWith('+') ? dropTrunk(digits) : dropPrefixes(digits);
  return fragment.length < MIN_PHONE_DIGITS ? null : fragment;
}

function dropPrefixes(digits: string): string {
  if (digits.startsWith('00')) return dropTrunk(digits.slice(2));
  return digits.startsWith('0') ? dropCarrier(digits.slice(1)) : dropTrunk(digits);
}

/** `+55 0 11 …`: the zero after the country code is a trunk prefix, never part of a Brazilian number. */
function dropTrunk(digits: string): string {
  return digits.startsWith('550') ? `55${dropCarrier(digits.slice(3))}` : digits;
}

/** After a trunk zero, 12 or 13 digits are a two-digit carrier before area code and number. */
function dropCarrier(national: string): string {
  return national.length === 12 || national.length === 13 ? national.slice(2) : national;
}
