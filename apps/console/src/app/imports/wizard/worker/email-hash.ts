/**
 * A 53-bit hash of an e-mail address without the case of its ASCII letters, never 0. Two different addresses of a million
 * share one in one file out of twenty thousand, and then a row gets a remark too many.
 */
export function hashEmail(email: string): number {
  let low = LOW;
  let high = HIGH;
  for (let i = 0; i < email.length; i++) {
    const folded = fold(email.charCodeAt(i));
    low = mixLow(low, folded);
    high = mixHigh(high, folded);
  }
  return join(low, high);
}

/** The same of an address of ASCII characters as bytes. */
export function hashEmailBytes(bytes: Uint8Array, from: number, to: number): number {
  let low = LOW;
  let high = HIGH;
  for (let at = from; at < to; at++) {
    const folded = fold(bytes[at] ?? 0);
    low = mixLow(low, folded);
    high = mixHigh(high, folded);
  }
  return join(low, high);
}

const LOW = 0x811c9dc5;
const HIGH = 0x9dc5811c;

const fold = (code: number): number => (code >= 0x41 && code <= 0x5a ? code + 0x20 : code);
const mixLow = (low: number, code: number): number => Math.imul(low ^ code, 0x01000193);
const mixHigh = (high: number, code: number): number => Math.imul(high ^ code, 0x85ebca6b) ^ (high >>> 13);

function join(low: number, high: number): number {
  const mixedLow = low ^ (low >>> 16);
  const mixedHigh = high ^ (high >>> 15);
  return (mixedHigh & 0x1fffff) * 0x1_0000_0000 + (mixedLow >>> 0) + 1;
}
