import { isAreaCode } from '@ponte/contacts';

/** The area code in what was typed: "(11)" and "011" are 11; null when there is none that is in use. */
export function readAreaCode(text: string): string | null {
  const digits = text.replace(/\D/g, '').replace(/^0/, '');
  return isAreaCode(digits) ? digits : null;
}
