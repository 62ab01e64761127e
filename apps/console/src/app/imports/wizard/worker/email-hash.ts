const encoder = new TextEncoder();
/** A character of UTF-16 takes at most so many bytes of UTF-8. */
const BYTES_PER_UNIT = 3;
let scratch = new Uint8Array(1024);

/**
 * A 53-bit hash of an e-mail address without the case of its ASCII letters, never 0. Two different addresses of a million
 * share one in one file out of twenty thousand, and then a row gets a remark too many.
 */
export function hashEmail(email: string): number {
  if (scratch.length < email.length * BYTES_PER_UNIT) scratch = new Uint8Array(email.length * BYTES_PER_UNIT);
  for (let at = 0; at < email.length; at++) {
    const code = email.charCodeAt(at);
    if (code >= 0x80) return hashEmailBytes(scratch, 0, encoder.encodeInto(email, scratch).written);
    scratch[at] = code;
  }
  return hashEmailBytes(scratch, 0, email.length);
}

/** The same of an address as UTF-8. Four bytes are mixed in at once: each of them alone costs as much. */
export function hashEmailBytes(bytes: Uint8Array, from: number, to: number): number {
  let low = LOW ^ (to - from);
  let high = HIGH;
  for (let at = from; at < to; at += 4) {
    let word = bytes[at] ?? 0;
    if (at + 1 < to) word |= (bytes[at + 1] ?? 0) << 8;
    if (at + 2 < to) word |= (bytes[at + 2] ?? 0) << 16;
    if (at + 3 < to) word |= (bytes[at + 3] ?? 0) << 24;
    word = fold(word);
    low = Math.imul(low ^ word, 0x9e3779b1);
    low ^= low >>> 15;
    high = Math.imul(high ^ word, 0x85ebca6b);
    high ^= high >>> 13;
  }
  low = Math.imul(low, 0x2c1b3c6d);
  high = Math.imul(high, 0xc2b2ae35);
  return ((high ^ (high >>> 16)) & 0x1fffff) * 0x1_0000_0000 + ((low ^ (low >>> 13)) >>> 0) + 1;
}

const LOW = 0x811c9dc5;
const HIGH = 0x9dc5811c;

/** Four bytes with the letters A to Z as small ones: the sums reach the upper bit of a byte from `A`, and from behind `Z`, on. */
function fold(word: number): number {
  const low = word & 0x7f7f7f7f;
  const upper = (low + 0x3f3f3f3f) & ~(low + 0x25252525) & ~word & 0x80808080;
  return word | (upper >>> 2);
}
