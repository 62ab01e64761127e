import { asItIs, type CellProposal, type RepairOffer } from './cell-proposal';
import { checkEmail } from './check-email';
import { dropInvalidCharacters, dropMarks } from './clean-text';
import type { RejectionCode } from './issue-codes';
import { fixTypo, isProbableTypo } from './email-typos';
import { toAscii } from './wide-text';
import { REPAIR_BITS, repairsOf } from './repair-mask';

/** Longer cells hold no address, whatever is around it. After it every pattern here is cheap. */
const MAX_UNITS = 500;

const IN_BRACKETS = /^[^<>@]*<([^<>]*)>[\s.,;]*$/;
const SCHEME = /^mailto:/i;
const QUERY = /\?(?:subject|cc|bcc|body)=.*$/is;
const AROUND = /^[\s"'“”‘’«»()[\]<>.,;:=]+|[\s"'“”‘’«»()[\]<>.,;:/\\]+$/g;
const BLANKS_AT = /\s*@\s*/;
const BLANKS_AT_DOTS = /\s+\.\s*|\.\s+/g;

/**
 * What can be made of an e-mail cell. Never throws, and always something: what is no address can be left out
 * (`email_leave_out`, value `null`), because a contact needs none. An address is freed of its wrapping only where one
 * address remains. A known slip of the finger comes as an offer.
 */
export function proposeEmail(text: string): CellProposal {
  const strict = checkEmail(text);
  if (strict.ok) return strict.value === null ? asItIs(null, null) : accept(strict.value);
  const legal = dropInvalidCharacters(text);
  const dropped = legal === text ? 0 : REPAIR_BITS.drop_invalid_characters;
  const asTyped = checkEmail(legal);
  if (dropped !== 0 && asTyped.ok) return repaired(asTyped.value, dropped, strict.code);
  const unwrapped = checkEmail(unwrapEmail(legal));
  const hasAddress = unwrapped.ok && unwrapped.value !== null && checkEmail(unwrapped.value).ok;
  return hasAddress
    ? repaired(unwrapped.value, dropped | REPAIR_BITS.email_unwrap, strict.code)
    : repaired(null, REPAIR_BITS.email_leave_out, strict.code);
}

function accept(email: string): CellProposal {
  return isProbableTypo(email) ? asItIs(email, 'email_maybe_typo', offerFix(email)) : asItIs(email, null);
}

function repaired(value: string | null, mask: number, strict: RejectionCode): CellProposal {
  const isTypo = value !== null && isProbableTypo(value);
  return {
    ok: true,
    value,
    needs: repairsOf(mask),
    mask,
    warning: isTypo ? 'email_maybe_typo' : null,
    strict,
    offer: isTypo ? offerFix(value) : null,
    others: null,
  };
}

function offerFix(email: string): RepairOffer | null {
  const value = fixTypo(email);
  return checkEmail(value).ok ? { code: 'email_fix_typo', value } : null;
}

function unwrapEmail(cell: string): string {
  if (cell.length > MAX_UNITS) return '';
  const text = toAscii(dropMarks(cell)).trim();
  const inner = IN_BRACKETS.exec(text)?.[1] ?? text;
  const bare = inner.replace(AROUND, '').replace(SCHEME, '').replace(QUERY, '').replace(AROUND, '');
  const [local, domain, ...more] = bare.split(BLANKS_AT);
  if (local === undefined || domain === undefined || more.length > 0) return bare;
  return `${local}@${domain.replace(BLANKS_AT_DOTS, '.')}`;
}
