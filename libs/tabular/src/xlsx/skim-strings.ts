import { createUtf8Decoder } from './decode-xml';
import { BORDER_BYTES, type Skim } from './piece-text';
import type { XmlScanner } from './scan-xml';
import type { SharedStringsReader } from './shared-strings';
import { asciiBytes, isAt } from './skim-bytes';
import { MAX_STRING_BYTES } from './string-blocks';
import { decodeEscapes, decodeXmlText } from './xml-text';

const LOWER_X = 0x78;

/** How nearly every string begins and ends; `xml:space` says nothing that we do not do anyway. */
const PLAIN = asciiBytes('<si><t>');
const SPACED = asciiBytes('<si><t xml:space="preserve">');
const END = asciiBytes('</t></si>');

/** What a byte of a text is, beside a character of its own. */
const LT = 1;
const CHANGES = 2;
const UNDERSCORE = 3;
const CONTINUES = 4;
const BEGINS_PAIR = 5;
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x80) return byte < 0xc0 ? CONTINUES : byte < 0xf0 ? 0 : BEGINS_PAIR;
  const character = String.fromCharCode(byte);
  return character === '<' ? LT : character === '_' ? UNDERSCORE : '&\r'.includes(character) ? CHANGES : 0;
});

/** What hears of the strings that were read in place. */
export interface SkimmedStrings {
  add(text: string): void;
  addBytes(bytes: Uint8Array, from: number, to: number, units: number): void;
}

/**
 * Reads strings in the very bytes that nearly all have, and hands these on: the few that have to be decoded one by one
 * have references or escapes. It stops in front of anything else, as `createRowSkimmer` does.
 */
export function createStringsSkim(scanner: XmlScanner, strings: SharedStringsReader): Skim {
  const { skimmed } = strings;
  const decode = createUtf8Decoder();

  /** Where the string ends whose text begins at `from`; -1 for a text that is not read here. */
  function skimText(bytes: Uint8Array, from: number): number {
    const most = Math.min(bytes.length - END.length, from + MAX_STRING_BYTES);
    // Behind the string before, such a byte could become a part of that one's last character.
    if (KINDS[bytes[from] ?? 0] === CONTINUES) return -1;
    let units = 0;
    let isDecoded = true;
    let at = from;
    for (; at < most; at++) {
      const kind = KINDS[bytes[at] ?? 0] ?? 0;
      if (kind === 0) units++;
      else if (kind === LT) break;
      else if (kind === CHANGES || (kind === UNDERSCORE && bytes[at + 1] === LOWER_X)) isDecoded = false;
      else if (kind === BEGINS_PAIR) units += 2;
      else if (kind === UNDERSCORE) units++;
    }
    if (at >= most || !isAt(bytes, at, END)) return -1;
    if (isDecoded) skimmed.addBytes(bytes, from, at, units);
    else skimmed.add(decodeEscapes(decodeXmlText(decode(bytes.subarray(from, at)))));
    return at + END.length;
  }

  return (bytes, from, to) => {
    if (scanner.innermost !== 'sst' || !strings.isBetweenItems) return -1;
    const last = Math.min(to, bytes.length - BORDER_BYTES);
    let at = from;
    while (at < last) {
      const begin = isAt(bytes, at, PLAIN) ? PLAIN : SPACED;
      const next = begin === PLAIN || isAt(bytes, at, SPACED) ? skimText(bytes, at + begin.length) : -1;
      if (next < 0) break;
      at = next;
    }
    return at;
  };
}
