const NUMBER = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?\s*$/;
const MAX_SIGNIFICANT = 15;

/** A double has 17 significant digits and 309 places; what is longer is no number that a program wrote. */
const MAX_LENGTH = 400;

/**
 * A number as a workbook stores it, as digits: never an exponent, no trailing zeros behind the point, no sign before
 * zero. Whole numbers keep every digit that is stored; others are rounded to the 15 digits that a spreadsheet shows
 * (it stores 1.1 as 1.1000000000000001). The text itself when it is no number.
 */
export function formatNumber(stored: string): string {
  if (isPlainWhole(stored)) return stored;
  const match = stored.length > MAX_LENGTH ? null : NUMBER.exec(stored);
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (match === null || whole + fraction === '') return stored;
  const digits = expand(whole, fraction, Number(match[4] ?? 0));
  const isRounded =
    digits.includes('.') && countSignificant(digits) > MAX_SIGNIFICANT && !isLongWhole(digits);
  // Rounding may bring an exponent back, which the second pass, now of 15 digits, expands.
  if (isRounded) return formatNumber(Number(stored).toPrecision(MAX_SIGNIFICANT));
  return match[1] === '-' && digits !== '0' ? `-${digits}` : digits;
}

/** The most common number by far, a phone among them: up to 15 digits, the first not zero. */
function isPlainWhole(stored: string): boolean {
  if (stored.length === 0 || stored.length > MAX_SIGNIFICANT) return false;
  for (let i = 0; i < stored.length; i++) {
    const code = stored.charCodeAt(i);
    if (code < 0x30 || code > 0x39) return false;
  }
  return stored.charCodeAt(0) !== 0x30 || stored.length === 1;
}

/** Moves the point by the exponent. */
function expand(whole: string, fraction: string, exponent: number): string {
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const left = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0');
  const right = point <= 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  const kept = right.replace(/0+$/, '');
  return left.replace(/^0+(?=\d)/, '') + (kept === '' ? '' : `.${kept}`);
}

function countSignificant(digits: string): number {
  return digits.replace('.', '').replace(/^0+/, '').length;
}

/** All shown digits stand before the point: rounding would make a whole number of what is none. */
function isLongWhole(digits: string): boolean {
  return digits.indexOf('.') >= MAX_SIGNIFICANT;
}
