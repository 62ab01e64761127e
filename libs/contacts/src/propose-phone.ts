import { asItIs, type CellProposal, type RepairContext } from './cell-proposal';
import { checkPhone } from './check-phone';
import { joinNational, NATIONAL_PATTERN } from './national-pattern';
import { readPhoneCell } from './read-phone-cell';
import { REPAIR_BITS, repairsOf } from './repair-mask';

const PLUS = 0x2b;

/**
 * A whole Brazilian number, with or without its country, as nearly all spreadsheets have it: `(11) 98765-4321`,
 * `(11) 9 8765-4321`, `11987654321`, `5511987654321`, `(011) 3234-5678`. The slow path gives the same answer; a test
 * compares the two.
 */
const NATIONAL = new RegExp(`^ ?(?:55[ .-]?)?${NATIONAL_PATTERN} ?$`);
const REPEATED = /^(\d)\1+$/;

const COUNTRY = REPAIR_BITS.phone_add_country;
const COUNTRY_ALONE = repairsOf(COUNTRY);

/**
 * What can be made of a phone cell: the number in E.164 and the repairs that it takes. Never throws. The value always
 * passes the strict rules and stays the same when it is proposed again; no digit of it is invented but country 55, the
 * confirmed area code and the ninth digit of a mobile.
 */
export function proposePhone(text: string, context: RepairContext): CellProposal {
  return text.charCodeAt(0) === PLUS
    ? proposeByRules(text, context)
    : (proposeNational(text) ?? proposeByRules(text, context));
}

/** The fast path alone; `null` where it has nothing to say. Exported for the test that compares the two. */
export function proposeNational(text: string): CellProposal | null {
  const found = NATIONAL.exec(text);
  if (found === null) return null;
  // One digit again and again may be no number at all: the rules decide.
  if (REPEATED.test(found[4] ?? '')) return null;
  return {
    ok: true,
    value: joinNational(found),
    needs: COUNTRY_ALONE,
    mask: COUNTRY,
    warning: found[2] === undefined ? 'phone_landline' : null,
    strict: 'phone_no_plus',
    offer: null,
    others: null,
  };
}

/** The same without the fast path: exported for the test that compares the two. */
export function proposeByRules(text: string, context: RepairContext): CellProposal {
  const strict = checkPhone(text);
  if (strict.ok) return asItIs(strict.value, strict.warning);
  if (strict.code === 'phone_missing') return { ok: false, codes: ['phone_missing'], strict: strict.code };
  const found = readPhoneCell(text, context.areaCode);
  if (!('value' in found)) return { ok: false, codes: found, strict: strict.code };
  const { value, warning, others } = found;
  // Whatever made the strict rules refuse a text in which a number could be read was some wrapping.
  const mask = found.mask === 0 ? REPAIR_BITS.phone_unwrap : found.mask;
  return { ok: true, value, needs: repairsOf(mask), mask, warning, strict: strict.code, offer: null, others };
}
