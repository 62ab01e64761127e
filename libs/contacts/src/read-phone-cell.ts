import type { AssistedCode } from './repair-codes';
import { REPAIR_BITS } from './repair-mask';
import type { DigitsRefusal, PhoneReading } from './read-phone-digits';
import { trimMarks } from './clean-text';
import { isPlaceholder } from './placeholders';
import { dropCarrierPlaces, isOtherNumber, isScientific, readNotation, unwrapPhone } from './phone-notation';

/** A number that was found in a cell, and the others that stood beside it. */
export interface CellReading extends PhoneReading {
  readonly others: string | null;
}

/** Longer cells hold no phone. The same limit as in the strict rules; after it every pattern here is cheap. */
const MAX_UNITS = 250;

/** Between two numbers: slash, `:::`, semicolon, comma, bar, line break, tab, or/and in three languages. */
const SEPARATOR = /\s*(?::::|[/;,|\r\n\t]|\s(?:ou|e|or|and|o|u|y)\s|\s[-‐-―−]\s)\s*/i;
/** A plus behind a digit begins the next number. */
const NEXT_PLUS = /([\d)])\s*\+/g;

/** `ramal 12`, `ext. 12`, `x12`, `#12`, `int 12`, `;ext=12` at the end, behind a digit. */
const EXTENSION =
  /\d\)?[\s,;.(-]*(?:ramal|ram|rml|rm|r|extens[aã]o|extension|extensi[oó]n|ext|anexo|interno|int|x|#)[\s.:#=-]*\d{1,6}\)?\s*$/i;

/** A run of a number's characters with a digit in it. */
const RUN = /[+(]*\d[\d\s().\-‐-―−]*/g;
const FIGURE = /\p{N}/u;
const LETTERS_OR_SYMBOLS = /[\p{L}\p{So}\p{Emoji_Presentation}]/u;
/** Beside a number these cast doubt on its digits, or make it part of something else. */
const DOUBTFUL = /[*?#_%$@~^=\\+]/;

/** Makes one number out of a cell that is not good as it is, or says why that cannot be done. */
export function readPhoneCell(cell: string, areaCode: string | null): CellReading | readonly AssistedCode[] {
  if (trimMarks(cell).length > MAX_UNITS) return ['phone_invalid'];
  const { text, mask } = unwrapPhone(cell);
  if (isPlaceholder(text)) return ['phone_missing_placeholder', 'phone_invalid'];
  const found = readText(dropCarrierPlaces(text), areaCode);
  return isReading(found) ? { ...found, mask: found.mask | mask } : found;
}

function isReading<Reading extends object>(
  found: Reading | string | readonly string[] | null,
): found is Reading {
  return found !== null && typeof found === 'object' && !Array.isArray(found);
}

function readText(text: string, areaCode: string | null): CellReading | readonly AssistedCode[] {
  const whole = readNotation(text, areaCode);
  if (isReading(whole)) return { ...whole, others: null };
  if (whole === 'phone_needs_area_code') return [whole];
  if (isScientific(text)) return ['phone_scientific'];
  if (isOtherNumber(text)) return ['phone_invalid'];
  if (EXTENSION.test(text)) return ['phone_has_extension', 'phone_invalid'];
  const parts = text
    .replace(NEXT_PLUS, '$1;+')
    .split(SEPARATOR)
    .filter((part) => part !== '');
  return readParts(text, parts, areaCode);
}

function readParts(
  text: string,
  parts: readonly string[],
  areaCode: string | null,
): CellReading | readonly AssistedCode[] {
  const numbers = parts.filter((part) => FIGURE.test(part));
  const readings = numbers.map((part) => readPart(part, areaCode));
  const [first] = readings;
  if (first === undefined || readings.some((reading) => reading === 'phone_invalid'))
    return ['phone_invalid'];
  if (readings.length > 1) return takeFirst(first, numbers);
  if (!isReading(first)) return [first];
  const rest = text.replace(numbers[0] ?? '', '');
  if (DOUBTFUL.test(rest)) return ['phone_invalid'];
  return { ...first, mask: first.mask | repairOfRest(rest), others: null };
}

function takeFirst(
  first: PhoneReading | DigitsRefusal,
  numbers: readonly string[],
): CellReading | readonly AssistedCode[] {
  if (!isReading(first)) return [first, 'phone_several'];
  return { ...first, mask: first.mask | REPAIR_BITS.phone_take_first, others: numbers.slice(1).join(' / ') };
}

/** Reads one number, perhaps with words around it. Anything uncertain beside its digits makes it invalid. */
function readPart(part: string, areaCode: string | null): PhoneReading | DigitsRefusal {
  const whole = readNotation(part, areaCode);
  if (whole !== null) return whole;
  const runs = part.match(RUN) ?? [];
  const run = runs[0]?.trim();
  if (run === undefined || runs.length > 1) return 'phone_invalid';
  const at = part.indexOf(run);
  const before = part.slice(0, at);
  const after = part.slice(at + run.length);
  if (FIGURE.test(before + after) || DOUBTFUL.test(before + after)) return 'phone_invalid';
  if (
    !isFreeOf(/\p{L}+$/u.exec(before)?.[0]) ||
    (/\d$/.test(run) && !isFreeOf(/^\p{L}+/u.exec(after)?.[0]))
  ) {
    return 'phone_invalid';
  }
  const found = readNotation(run, areaCode) ?? 'phone_invalid';
  return isReading(found) ? { ...found, mask: found.mask | repairOfRest(before + after) } : found;
}

/** One or two letters that touch a digit may stand for a digit (`1198765432x`, `O` for zero); a word does not. */
function isFreeOf(touching: string | undefined): boolean {
  return touching === undefined || (touching.length > 2 && !/^(.)\1*$/iu.test(touching));
}

function repairOfRest(rest: string): number {
  if (LETTERS_OR_SYMBOLS.test(rest)) return REPAIR_BITS.phone_drop_words;
  return rest.trim() === '' ? 0 : REPAIR_BITS.phone_unwrap;
}
