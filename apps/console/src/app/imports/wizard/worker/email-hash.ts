/**
 * A 53-bit hash of an e-mail address without the case of its ASCII letters, never 0. Two different addresses of a million
 * share one in one file out of twenty thousand, and then a row gets a remark too many.
 */
export function hashEmail(email: string): number {
  let low = 0x811c9dc5;
  let high = 0x9dc5811c;
  for (let i = 0; i < email.length; i++) {
    const code = email.charCodeAt(i);
    const folded = code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
    low = Math.imul(low ^ folded, 0x01000193);
    high = Math.imul(high ^ folded, 0x85ebca6b) ^ (high >>> 13);
  }
  low ^= low >>> 16;
  high ^= high >>> 15;
  return (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0) + 1;
}
