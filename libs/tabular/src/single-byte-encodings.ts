/** Encodings that write each character as one byte, the first 128 of them as ASCII. */
export type SingleByteEncoding = 'windows-1252' | 'ibm850' | 'macintosh';

const controls = (from: number, to: number) =>
  String.fromCharCode(...Array.from({ length: to - from + 1 }, (_, index) => from + index));

/** Bytes that Windows-1252 leaves undefined stand for the control characters of the same number, as in browsers. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ' + controls(0xa0, 0xff);

const IBM850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ' +
  'áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
  '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀' +
  'ÓßÔÒõÕµþÞÚÛÙýÝ¯´\xad±‗¾¶§÷¸°¨·¹³²■\xa0';

const MACINTOSH =
  'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü' +
  '†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø' +
  '¿¡¬√ƒ≈∆«»…\xa0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ' +
  '‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ';

/** The characters of the bytes 0x80 to 0xFF, 128 UTF-16 units each; every byte has one, so nothing is ever lost. */
export const HIGH_CHARACTERS: Readonly<Record<SingleByteEncoding, string>> = {
  'windows-1252': WINDOWS_1252,
  ibm850: IBM850,
  macintosh: MACINTOSH,
};

const C1 = /[\x80-\x9f]/g;
const C1_FIRST = 0x80;

/** A decoder of whole bytes to text. It keeps nothing between calls, so pieces may be cut anywhere. */
export function createSingleByteDecoder(encoding: SingleByteEncoding): (bytes: Uint8Array) => string {
  return encoding === 'windows-1252'
    ? createWindows1252Decoder()
    : createTableDecoder(HIGH_CHARACTERS[encoding]);
}

/**
 * The platform's decoder, corrected. Node 20 leaves 0x80-0x9F as control characters (nodejs/node 56542), browsers do
 * not; as only bytes without a character of their own may come out as such, putting the right ones there is correct,
 * and it costs a quarter of what a table costs.
 */
function createWindows1252Decoder(): (bytes: Uint8Array) => string {
  const decoder = new TextDecoder('windows-1252');
  const isCorrect = decoder.decode(Uint8Array.of(C1_FIRST)) === WINDOWS_1252.charAt(0);
  if (isCorrect) return (bytes) => decoder.decode(bytes, { stream: true });
  const correct = (control: string) => WINDOWS_1252.charAt(control.charCodeAt(0) - C1_FIRST);
  return (bytes) => decoder.decode(bytes, { stream: true }).replace(C1, correct);
}

/** By way of UTF-16, which every platform decodes natively: faster than joining characters. */
function createTableDecoder(high: string): (bytes: Uint8Array) => string {
  const units = new Uint16Array(256).map((_, byte) => (byte < 0x80 ? byte : high.charCodeAt(byte - 0x80)));
  const decoder = new TextDecoder('utf-16le', { ignoreBOM: true });
  return (bytes) => {
    const wide = new Uint8Array(bytes.length * 2);
    for (let at = 0; at < bytes.length; at++) {
      const unit = units[bytes[at] ?? 0] ?? 0;
      wide[at * 2] = unit & 0xff;
      wide[at * 2 + 1] = unit >> 8;
    }
    return decoder.decode(wide);
  };
}
