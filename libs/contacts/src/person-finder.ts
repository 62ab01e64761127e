import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { ninthDigitTwin } from './ninth-digit';
import { foldText } from './search-text';

/** By what a person is known: phones in E.164, an e-mail address, or both; and names that go with them. */
export interface KnownPerson {
  readonly phones: readonly string[];
  readonly email: string | null;
  readonly names?: readonly string[];
}

/** Finds one person again in what people typed. */
export interface PersonFinder {
  /** Whether a text names the person: a search, a default, the name of a file. */
  inText(text: string): boolean;
  /** Whether a row is the person's. Names alone do not count: others have them too. */
  inRow(cells: readonly string[]): boolean;
}

/** The one form of a phone that reaches the same telephone: a Brazilian mobile has its ninth digit. */
export function canonicalPhone(e164: string): string {
  const twin = ninthDigitTwin(e164);
  return twin !== null && twin.length > e164.length ? twin : e164;
}

/** Shorter national numbers are looked for with their country: too many others end like them. */
const MIN_NATIONAL_DIGITS = 9;
/** Of a search for a part of a phone. */
const MIN_PART_DIGITS = 8;

/** What may stand between the digits of one number; commas, semicolons and bars stand between two. */
const BETWEEN_DIGITS = /[^\p{L}\p{Nd},;|]+/gu;
const LEADING_ZEROS = /^0+/;
const NOT_ASCII = /[^\0-\x7f]/;

/**
 * Looks for the person's phone in any notation (`+55 11 98765-4321`, `(011) 98765-4321`, `11 8765 4321`, area code and number
 * in two cells) and for their e-mail address in any case, also inside other text.
 */
export function personFinder({ phones, email, names = [] }: KnownPerson): PersonFinder {
  const numbers = phones.flatMap(numbersOf);
  const address = email === null ? null : addressPattern(email);
  const folded = names.map(foldText).filter((name) => name !== '');
  const hasAddress = (text: string) => address?.test(text) ?? false;
  const hasNumber = (digits: string) => numbers.some(({ national }) => digits.includes(national));
  return {
    inText(text) {
      if (hasAddress(text)) return true;
      const digits = squeeze(text);
      return hasNumber(digits) || isPart(digits, numbers) || folded.some((name) => hasName(text, name));
    },
    inRow(cells) {
      if (address !== null && cells.some(hasAddress)) return true;
      const digits = squeeze(cells.join('|'));
      return hasNumber(digits) || numbers.some((number) => isSplit(number, digits, cells, folded));
    },
  };
}

interface NumberForms {
  /** All digits, without the plus. */
  whole: string;
  /** Area code and number, or all digits where that is too short. */
  national: string;
  /** For a Brazilian number what stands in two cells now and then. */
  area: string | null;
  local: string;
}

function numbersOf(phone: string): NumberForms[] {
  const twin = ninthDigitTwin(phone);
  return [phone, ...(twin === null ? [] : [twin])].map((e164) => {
    const whole = e164.slice(1);
    const isBrazilian = e164.startsWith('+55');
    const parsed = isBrazilian ? whole.slice(2) : (parsePhoneNumberFromString(e164)?.nationalNumber ?? whole);
    const national = parsed.length < MIN_NATIONAL_DIGITS ? whole : parsed;
    return { whole, national, area: isBrazilian ? parsed.slice(0, 2) : null, local: parsed.slice(2) };
  });
}

function squeeze(text: string): string {
  return (NOT_ASCII.test(text) ? text.normalize('NFKC') : text).replace(BETWEEN_DIGITS, '');
}

/** Somebody who searches types a part of the number, or all of it but its area code. */
function isPart(digits: string, numbers: readonly NumberForms[]): boolean {
  const typed = digits.replace(LEADING_ZEROS, '');
  return typed.length >= MIN_PART_DIGITS && numbers.some(({ whole }) => whole.includes(typed));
}

/** The number without its area code in one cell, and the area code or the person's name in another. */
function isSplit(
  { area, local }: NumberForms,
  digits: string,
  cells: readonly string[],
  names: readonly string[],
): boolean {
  if (area === null || !digits.includes(local)) return false;
  const bare = cells.map((cell) => squeeze(cell).replace(LEADING_ZEROS, ''));
  if (!bare.includes(local)) return false;
  return bare.includes(area) || cells.some((cell) => names.includes(foldText(cell)));
}

/** One word may be part of anything; several are somebody's name wherever they stand. */
function hasName(text: string, name: string): boolean {
  const folded = foldText(text);
  return name.includes(' ')
    ? ` ${folded.replace(/[^\p{L}\p{N}]+/gu, ' ')} `.includes(` ${name} `)
    : folded === name;
}

/** The address with no character of another address beside it: `ana@x.com` is not in `mariana@x.com` nor in `ana@x.com.br`. */
function addressPattern(email: string): RegExp {
  const escaped = email.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  return new RegExp(`(?<![\\w.!#$%&'*+/=?^\`{|}~-])'?${escaped}(?![\\w-]|\\.[\\w-])`, 'i');
}
