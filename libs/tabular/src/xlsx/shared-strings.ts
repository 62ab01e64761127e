import { createStringBlocks } from './string-blocks';
import { tooLargeUnpacked } from './refuse-workbook';
import type { XmlHandler } from './scan-xml';
import type { SkimmedStrings } from './skim-strings';
import { MAX_SHARED_LENGTH } from './unpack-limits';
import { decodeEscapes } from './xml-text';

/** The strings that cells refer to by number. */
export interface SharedStrings {
  /** Empty for a number that there is not. */
  get(index: number): string;
}

/** Shared strings while they are read: a handler for the part, and then the strings. */
export interface SharedStringsReader extends SharedStrings {
  readonly handler: XmlHandler;
  /** The same for strings that are read without their markup, while `isBetweenItems`. */
  readonly skimmed: SkimmedStrings;
  readonly isBetweenItems: boolean;
}

/** Collects the strings. Rich text is joined, phonetic readings are left out. */
export function createSharedStrings(): SharedStringsReader {
  const strings = createStringBlocks();
  let text = '';
  let phonetics = 0;
  let isInItem = false;

  const handler = {
    wantsText: false,
    open({ name }: { readonly name: string }) {
      if (name === 't') handler.wantsText = phonetics === 0;
      else if (name === 'si') {
        text = '';
        isInItem = true;
      } else if (name === 'rPh') phonetics++;
    },
    close(name: string) {
      if (name === 't') handler.wantsText = false;
      else if (name === 'si') {
        strings.add(decodeEscapes(text));
        isInItem = false;
      } else if (name === 'rPh') phonetics--;
      else if (name === 'sst') strings.end();
    },
    text(part: string) {
      text += part;
      if (strings.length + text.length > MAX_SHARED_LENGTH) throw tooLargeUnpacked(MAX_SHARED_LENGTH);
    },
  };

  return {
    handler,
    skimmed: strings,
    get isBetweenItems() {
      return !isInItem && phonetics === 0;
    },
    get: strings.get,
  };
}
