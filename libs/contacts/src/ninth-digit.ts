import { AREA_CODE_PATTERN } from './area-codes';

const WITH_NINTH = new RegExp(`^\\+55(${AREA_CODE_PATTERN})9([689]\\d{7})$`);
const WITHOUT_NINTH = new RegExp(`^\\+55(${AREA_CODE_PATTERN})([689]\\d{7})$`);

/**
 * The other form of a Brazilian mobile in E.164, by the rule of the ninth digit: `+55 DD 9XXXXXXXX` and
 * `+55 DD XXXXXXXX` (X is 6, 8 or 9) reach the same telephone. `null` for every other number: mobiles that were given out after
 * the ninth digit came never had eight, and old radio numbers from 7 keep their eight.
 */
export function ninthDigitTwin(e164: string): string | null {
  const long = WITH_NINTH.exec(e164);
  if (long) return `+55${long[1]}${long[2]}`;
  const short = WITHOUT_NINTH.exec(e164);
  return short && `+55${short[1]}9${short[2]}`;
}
