import { asItIs, type CellProposal } from './cell-proposal';
import { checkName, looksLikePhone } from './check-name';
import { dropInvalidCharacters } from './clean-text';
import { REPAIR_BITS, repairsOf } from './repair-mask';

const DROP = REPAIR_BITS.drop_invalid_characters;

/** What can be made of a name cell: control characters can be dropped; a missing or too long name stays a problem. */
export function proposeName(text: string): CellProposal {
  const strict = checkName(text);
  if (strict.ok) return asItIs(strict.value, warnOf(strict.value));
  if (strict.code !== 'invalid_character') return { ok: false, codes: [strict.code], strict: strict.code };
  const legal = checkName(dropInvalidCharacters(text));
  if (!legal.ok) return { ok: false, codes: [legal.code], strict: strict.code };
  const { value } = legal;
  return {
    ok: true,
    value,
    needs: repairsOf(DROP),
    mask: DROP,
    warning: warnOf(value),
    strict: strict.code,
    offer: null,
    others: null,
  };
}

function warnOf(name: string): 'name_looks_like_phone' | null {
  return looksLikePhone(name) ? 'name_looks_like_phone' : null;
}
