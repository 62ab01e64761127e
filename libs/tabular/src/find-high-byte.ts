const WORD = 4;
const HIGH_BITS = 0x80808080;

/**
 * A function that says where the next byte of 0x80 or above is, from a place on; the length when there is none. Most
 * text is ASCII, and is looked at four bytes at a time.
 */
export function createHighByteFinder(bytes: Uint8Array): (from: number) => number {
  // Words begin at multiples of four in the buffer.
  const first = (WORD - (bytes.byteOffset % WORD)) % WORD;
  const count = Math.max(0, Math.floor((bytes.length - first) / WORD));
  const words =
    count === 0 ? new Uint32Array() : new Uint32Array(bytes.buffer, bytes.byteOffset + first, count);
  const isLow = (at: number) => (bytes[at] ?? 0xff) < 0x80;
  return (from) => {
    let at = from;
    while ((at - first) % WORD !== 0 && isLow(at)) at++;
    if (at >= first && (at - first) % WORD === 0) {
      let word = (at - first) / WORD;
      while (word < words.length && ((words[word] ?? 0) & HIGH_BITS) === 0) word++;
      at = first + word * WORD;
    }
    while (at < bytes.length && isLow(at)) at++;
    return Math.min(at, bytes.length);
  };
}
