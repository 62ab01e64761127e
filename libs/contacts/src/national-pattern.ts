import { AREA_CODE_PATTERN } from './area-codes';

/**
 * A Brazilian mobile or landline of today behind its country, as nearly everybody writes it: perhaps a trunk zero and
 * parentheses, at most one separator between the groups. Without anchors; its groups are the area code, the ninth digit
 * (none for a landline), and twice four digits.
 */
export const NATIONAL_PATTERN = `\\(?0?(${AREA_CODE_PATTERN})\\)?[ .-]?(?:(9)[ .-]?(?=\\d)|(?=[2-5]))(\\d{4})[ .–-]?(\\d{4})`;

/** The number of a match of `NATIONAL_PATTERN` in E.164. */
export function joinNational(found: RegExpExecArray): string {
  return `+55${found[1]}${found[2] ?? ''}${found[3]}${found[4]}`;
}
