import { AREA_CODE_PATTERN, isAreaCode } from './area-codes';
import { checkPhone } from './check-phone';
import type { WarningCode } from './issue-codes';
import { REPAIR_BITS, type RepairMask } from './repair-mask';

/** A number that was understood, in E.164, and the repairs that it took. */
export interface PhoneReading {
  readonly value: string;
  readonly mask: RepairMask;
  readonly warning: WarningCode | null;
}

/** Why digits are no number. A number that lacks only its area code is one as soon as somebody confirms which. */
export type DigitsRefusal = 'phone_invalid' | 'phone_needs_area_code';

const COUNTRY = REPAIR_BITS.phone_add_country;
const AREA = REPAIR_BITS.phone_add_area_code;
const NINTH = REPAIR_BITS.phone_add_ninth;

const MAX_INTERNATIONAL_DIGITS = 15;

const COMPLETE = new RegExp(`^${AREA_CODE_PATTERN}(?:9\\d{8}|[2-5]\\d{7})$`);
const WITHOUT_NINTH = new RegExp(`^(${AREA_CODE_PATTERN})([689]\\d{7})$`);
/** Mobiles of nine and eight digits, landlines, and the old radio numbers that begin with 7. */
const WITHOUT_AREA = /^(?:9\d{8}|[2-9]\d{7})$/;
/** 0300, 0500, 0800 and 0900: the zero is no trunk prefix for them, and 30, 50, 80 and 90 are no area codes. */
const NON_GEOGRAPHIC = /^0[3589]00\d{6,7}$/;

/**
 * Reads the digits of one number as people in Brazil write them. `hasPlus`: a plus stood before them. The length decides
 * what a prefix is: `55` is the country in twelve or thirteen digits and the area of Santa Maria in ten or eleven; two
 * digits after a trunk zero are a carrier only when a whole number follows. Nothing is invented but country 55, the
 * area code that was given (`null`: none was) and the ninth digit. `00` and another country is read as that country.
 */
export function readDigits(
  digits: string,
  hasPlus: boolean,
  areaCode: string | null,
): PhoneReading | DigitsRefusal {
  if (hasPlus) return readInternational(digits, 0, areaCode);
  if (digits.startsWith('00')) return readInternational(digits.slice(2), COUNTRY, areaCode);
  if (NON_GEOGRAPHIC.test(digits)) return readByLibrary(`+55${digits.slice(1)}`, COUNTRY);
  if (digits.startsWith('0')) {
    const national = dropCarrier(digits.slice(1));
    return national.length < 10 ? 'phone_invalid' : readNational(national, COUNTRY, areaCode);
  }
  if (digits.length >= 12)
    return digits.startsWith('55') ? readInternational(digits, COUNTRY, areaCode) : 'phone_invalid';
  return readNational(digits, COUNTRY, areaCode);
}

function readInternational(
  digits: string,
  mask: RepairMask,
  areaCode: string | null,
): PhoneReading | DigitsRefusal {
  if (digits.startsWith('55')) return readNational(dropTrunk(digits.slice(2)), mask, areaCode);
  if (digits.startsWith('0') || digits.length > MAX_INTERNATIONAL_DIGITS) return 'phone_invalid';
  const verdict = checkPhone(`+${digits}`);
  return verdict.ok ? { value: verdict.value, mask, warning: verdict.warning } : 'phone_invalid';
}

/** `+55 0 11 …`: the zero is a trunk prefix, perhaps with a carrier behind it. */
function dropTrunk(national: string): string {
  return national.startsWith('0') ? dropCarrier(national.slice(1)) : national;
}

function dropCarrier(national: string): string {
  return national.length === 12 || national.length === 13 ? national.slice(2) : national;
}

function readNational(
  national: string,
  mask: RepairMask,
  areaCode: string | null,
): PhoneReading | DigitsRefusal {
  if (COMPLETE.test(national)) return readByLibrary(`+55${national}`, mask);
  const old = WITHOUT_NINTH.exec(national);
  if (old) return readByLibrary(`+55${old[1]}9${old[2]}`, mask | NINTH);
  if (national.length > 11 || national.startsWith('0')) return 'phone_invalid';
  // Nine digits from 9 are a mobile, although 0900 numbers look alike without their zero.
  if (!(national.length === 9 && national.startsWith('9'))) {
    const found = readByLibrary(`+55${national}`, mask);
    if (found !== 'phone_invalid') return found;
  }
  if (!WITHOUT_AREA.test(national)) return 'phone_invalid';
  if (areaCode === null || !isAreaCode(areaCode)) return 'phone_needs_area_code';
  return readNational(areaCode + national, mask | AREA, null);
}

/** The last word is the strict rule's; a Brazilian number that it would change was not understood. */
function readByLibrary(number: string, mask: RepairMask): PhoneReading | DigitsRefusal {
  const verdict = checkPhone(number);
  return verdict.ok && verdict.value === number
    ? { value: number, mask, warning: verdict.warning }
    : 'phone_invalid';
}
