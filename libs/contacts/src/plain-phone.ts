import { isAreaCode } from './area-codes';

const BLANK = 0x20;
const PLUS = 0x2b;
const HYPHEN = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;

/** Marks between digits, each at most once in a gap and in this order. */
const CLOSE = 1;
const SEPARATOR = 2;
const OPEN = 4;

/** Every byte that is no digit, as the mark that it is. */
const MARKS = new Uint8Array(256);
for (const byte of [BLANK, DOT, HYPHEN]) MARKS[byte] = SEPARATOR;
MARKS[0x28] = OPEN;
MARKS[0x29] = CLOSE;

const COUNTRY = 55;
const COUNTRY_DIGITS = 2;
/** A landline with its area code; a mobile has the nine more, and either may have the country before it. */
const SHORTEST = 10;
const LONGEST = 13;
/** `+55 (11) 9 8765-4321` with some more marks. */
const MAX_BYTES = 24;
/** The first digits are counted together, the others too: both stay small integers. */
const HEAD = 6;
const HEAD_VALUES = 1_000_000;
const POWERS = Float64Array.from({ length: LONGEST + 1 }, (_, digits) => 10 ** digits);

const AREA_CODES = Uint8Array.from({ length: 100 }, (_, code) => (isAreaCode(`${code}`) ? 1 : 0));

/** The least mobile: landlines have a digit less. */
const FIRST_MOBILE = 5_511_900_000_000;

/** Whether what `readPlainPhone` read is a mobile. */
export function isPlainMobile(phone: number): boolean {
  return phone >= FIRST_MOBILE;
}

/**
 * The digits in E.164 of a cell that is one whole Brazilian number, as a number: `+5511987654321`, `(11) 98765-4321`,
 * `5511987654321`. 0 for everything else and everything that needs a closer look. It says what `proposePhone` says of
 * such a cell: with a plus the cell is good, without one the country is to be added. A test compares the two.
 */
export function readPlainPhone(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > MAX_BYTES || to - from < SHORTEST) return 0;
  const hasPlus = bytes[from] === PLUS;
  let head = 0;
  let tail = 0;
  let digits = 0;
  let gap = 0;
  // By how many digits stand before them, a bit each.
  let opens = 0;
  let closes = 0;
  let separators = 0;
  for (let at = hasPlus ? from + 1 : from; at < to; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (digits < HEAD) head = head * 10 + digit;
      else tail = tail * 10 + digit;
      digits++;
      gap = 0;
      continue;
    }
    const mark = MARKS[digit + ZERO] ?? 0;
    if (mark <= gap || digits > LONGEST) return 0;
    gap |= mark;
    if (mark === SEPARATOR) separators |= 1 << digits;
    else if (mark === OPEN) opens |= 1 << digits;
    else closes |= 1 << digits;
  }
  if (digits < SHORTEST || digits > LONGEST) return 0;

  const country = digits >= SHORTEST + COUNTRY_DIGITS ? COUNTRY_DIGITS : 0;
  const ninth = digits & 1;
  const area = country + 2;
  const outer = hasPlus || !isBlankOuter(bytes, from, to) ? 0 : 1 | (1 << digits);
  const between = (country === 0 ? 0 : 1 << country) | (1 << area) | (1 << (area + ninth));
  const allowed = outer | between | (1 << (area + ninth + 4));
  if ((separators & ~allowed) !== 0 || (opens & ~(1 << country)) !== 0 || (closes & ~(1 << area)) !== 0)
    return 0;
  return isNumber(head, tail, country, ninth, hasPlus)
    ? (country === 0 ? COUNTRY * (POWERS[digits] ?? 0) : 0) + head * (POWERS[digits - HEAD] ?? 0) + tail
    : 0;
}

/** Around a number only a blank may stand, and neither a dot nor a hyphen. */
function isBlankOuter(bytes: Uint8Array, from: number, to: number): boolean {
  const first = bytes[from];
  const last = bytes[to - 1];
  return first !== DOT && first !== HYPHEN && last !== DOT && last !== HYPHEN;
}

/** Whether the digits are those of a Brazilian number. One digit again and again may be none: the rules decide. */
function isNumber(head: number, tail: number, country: number, ninth: number, hasPlus: boolean): boolean {
  if (country === 0 ? hasPlus : ((head / 10_000) | 0) !== COUNTRY) return false;
  const national = country === 0 ? head : (head * 100) % HEAD_VALUES;
  const first = ((national / 1000) | 0) % 10;
  const isKnown = ninth === 1 ? first === 9 : first >= 2 && first <= 5;
  if (!isKnown || AREA_CODES[(national / 10_000) | 0] === 0) return false;
  return hasPlus || (tail % 10_000) % 1111 !== 0;
}
