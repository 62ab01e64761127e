import { REPAIR_BITS, type RepairMask } from './repair-mask';
import { dropInvalidCharacters, dropMarks, trimMarks } from './clean-text';
import { toAscii } from './wide-text';
import { readDigits, type DigitsRefusal, type PhoneReading } from './read-phone-digits';

/** Digits, blanks and what people put between the groups of one number. No slash: that is between two numbers. */
const NOTATION = /^[+(\s]*[\d\s().\-‐-―−]+$/;
const PLUS_BEFORE_DIGITS = /^[(\s]*\+/;
const LONG_RUN = /\d{16}/;

/** `0xx11`, `(0xx11)`, `0**11`: the place of a carrier. The same text without the crosses. */
const CARRIER_PLACE = /(^|\D)0\s?\(?(?:xx|\*\*)\)?[\s-]*(?=\(?\s?[1-9])/gi;

/** `11/98765-4321`: a slash behind the area code. */
const AREA_SLASH = /^(\(?0?\d\d\)?)\s?\/\s?(?=[\d\s.-]{8,12}$)/;

const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const MONTH = '(?:0?[1-9]|1[0-2])';
/** Dates in figures, with or without a time of day. */
const DATE = new RegExp(
  `^(?:${DAY}([-./ ])${MONTH}\\1(?:\\d\\d|(?:19|20)\\d\\d)|(?:19|20)\\d\\d([-./ ])${MONTH}\\2${DAY})(?:[ T]\\d{1,2}:\\d\\d.*)?$`,
);
/** Brazilian tax number and post code: as many digits as a phone, grouped as no phone is. */
const OTHER_NUMBER = /^(?:\d{3}\.\d{3}\.\d{3}-\d\d|\d{5}-\d{3}|\d\d\.\d{3}-\d{3})$/;
/** Three, three and four digits as in `(213) 373-4253`, or three times three: telephones of other countries. */
const FOREIGN = /^(?:(?:\([1-9]\d\d\) ?|[1-9]\d\d[ .-])\d{3}[ .-]\d{4}|[1-9]\d\d[ .-]\d{3}[ .-]\d{3})$/;

/** The groups of a mobile that lost its last digit (`11 98765-432`) are not those of an old one (`11 9876-5432`). */
const TRUNCATED = /(?:^|\D)\d{5}[ .-]\d{3}$/;
/** So are those of a mobile that lost a digit of its area code: `1 95765-4321` is not `19 5765-4321`. */
const MOBILE_GROUPS = /(?:^|\D)\d{5}[ .-]\d{4}$/;
const GUESSED = REPAIR_BITS.phone_add_ninth | REPAIR_BITS.phone_add_area_code;
const LANDLINE = /^\+55\d{10}$/;

/** A calculated number with a fraction that is not zero. Its last digits are no part of a phone. */
const FRACTION = /^\+?\d{8,}[.,]\d{1,3}$/;
const ZERO_FRACTION = /^(\+?\d{8,15})[.,]0{1,3}$/;
/** `5,51199E+12`: a spreadsheet wrote a number short, and the digits that are missing are nowhere. */
const SCIENTIFIC = /\d[.,]?\s?e\s?[+-]\s?\d{1,3}\s*$|\d[eE]\d{1,2}\s*$/i;
const MINUS = /^[-‐-―−]\s*\d/;

/** Whether the text is a number that lost digits in a spreadsheet. */
export function isScientific(text: string): boolean {
  return SCIENTIFIC.test(text);
}

/**
 * Whether the figures are surely no phone: dates, tax numbers, post codes, foreign telephones without their country,
 * fractions, negative numbers.
 */
export function isOtherNumber(text: string): boolean {
  return (
    DATE.test(text) ||
    OTHER_NUMBER.test(text) ||
    FOREIGN.test(text) ||
    FRACTION.test(text) ||
    MINUS.test(text)
  );
}

/** A text that was freed of its wrapping, and the repairs that it took. */
export interface Unwrapped {
  readonly text: string;
  readonly mask: RepairMask;
}

/** Nothing that could wrap anything: most cells, and not worth the rest of the work. */
const BARE = /^[\d\s().+-]*$/;

/** One wrapping; the number is in one of the groups. */
const WRAPPED = /^(?:="(.*)"|=“(.*)”|"(.*)"|“(.*)”|'(.*)'|=(\d+))$/s;
const LEADING_QUOTES = /^['’‘`´]+/;
/** The longest wrapping that was seen is `="'…'"`. */
const MAX_WRAPPINGS = 3;

/** Frees a cell of control characters, marks, wide characters, formulas that only quote, apostrophes and decimal zeros. */
export function unwrapPhone(cell: string): Unwrapped {
  const legal = dropInvalidCharacters(cell);
  let mask = legal === cell ? 0 : REPAIR_BITS.drop_invalid_characters;
  const trimmed = trimMarks(legal);
  const text = BARE.test(trimmed) ? trimmed : unquote(toAscii(dropMarks(trimmed)));
  if (text !== trimmed) mask |= REPAIR_BITS.phone_unwrap;
  const decimal = ZERO_FRACTION.exec(text)?.[1];
  return decimal === undefined
    ? { text, mask }
    : { text: decimal, mask: mask | REPAIR_BITS.phone_drop_decimals };
}

function unquote(quoted: string): string {
  let text = quoted;
  for (let round = 0; round < MAX_WRAPPINGS; round++) {
    const inner = WRAPPED.exec(text)
      ?.slice(1)
      .find((group) => group !== undefined);
    text = (inner ?? text).replace(LEADING_QUOTES, '').trim();
  }
  return text;
}

/** Replaces the crosses that stand for a carrier, wherever they are: `(0xx11)` becomes `(011)`. */
export function dropCarrierPlaces(text: string): string {
  return text.replace(CARRIER_PLACE, '$10');
}

/** Reads a text that is nothing but one number; `null` when it is more, or has nothing to do with one. */
export function readNotation(text: string, areaCode: string | null): PhoneReading | DigitsRefusal | null {
  const joined = text.replace(AREA_SLASH, '$1 ');
  if (!NOTATION.test(joined)) return null;
  if (isOtherNumber(text) || LONG_RUN.test(joined)) return 'phone_invalid';
  const found = readDigits(joined.replace(/\D/g, ''), PLUS_BEFORE_DIGITS.test(joined), areaCode);
  return contradictsGroups(found, joined) ? 'phone_invalid' : found;
}

/** Whether the groups in which the digits were written say that one of them is missing. */
function contradictsGroups(found: PhoneReading | DigitsRefusal, written: string): boolean {
  if (typeof found === 'string') return TRUNCATED.test(written);
  if ((found.mask & GUESSED) !== 0 && TRUNCATED.test(written)) return true;
  const isShort = LANDLINE.test(found.value) || (found.mask & REPAIR_BITS.phone_add_ninth) !== 0;
  return isShort && MOBILE_GROUPS.test(written);
}
