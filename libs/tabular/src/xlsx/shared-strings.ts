import { tooLargeUnpacked } from './refuse-workbook';
import type { XmlHandler } from './scan-xml';
import { MAX_SHARED_LENGTH, MAX_SHARED_STRINGS } from './unpack-limits';
import { decodeEscapes } from './xml-text';

const BLOCK = 1024;

/** The strings that cells refer to by number. */
export interface SharedStrings {
  /** Empty for a number that there is not. */
  get(index: number): string;
}

/** Shared strings while they are read: a handler for the part, and then the strings. */
export interface SharedStringsReader extends SharedStrings {
  readonly handler: XmlHandler;
}

/**
 * Keeps up to some million strings in few objects: 1024 of them joined to one, and where each one ends. Rich text is
 * joined, phonetic readings are left out.
 */
export function createSharedStrings(): SharedStringsReader {
  const blocks: string[] = [];
  let ends = new Uint32Array(BLOCK);
  let count = 0;
  let total = 0;
  let block: string[] = [];
  let blockLength = 0;
  let text = '';
  let phonetics = 0;

  function add(): void {
    if (count === ends.length) {
      const longer = new Uint32Array(ends.length * 2);
      longer.set(ends);
      ends = longer;
    }
    const string = decodeEscapes(text);
    total += string.length;
    if (total > MAX_SHARED_LENGTH) throw tooLargeUnpacked(MAX_SHARED_LENGTH);
    if (count >= MAX_SHARED_STRINGS) throw tooLargeUnpacked(MAX_SHARED_STRINGS);
    block.push(string);
    blockLength += string.length;
    ends[count++] = blockLength;
    if (count % BLOCK === 0) endBlock();
  }

  function endBlock(): void {
    blocks.push(block.join(''));
    block = [];
    blockLength = 0;
  }

  const handler = {
    wantsText: false,
    open({ name }: { readonly name: string }) {
      if (name === 't') handler.wantsText = phonetics === 0;
      else if (name === 'si') text = '';
      else if (name === 'rPh') phonetics++;
    },
    close(name: string) {
      if (name === 't') handler.wantsText = false;
      else if (name === 'si') add();
      else if (name === 'rPh') phonetics--;
      else if (name === 'sst') endBlock();
    },
    text(part: string) {
      text += part;
      if (total + text.length > MAX_SHARED_LENGTH) throw tooLargeUnpacked(MAX_SHARED_LENGTH);
    },
  };

  function get(index: number): string {
    if (!(index >= 0 && index < count && Number.isInteger(index))) return '';
    const from = index % BLOCK === 0 ? 0 : (ends[index - 1] ?? 0);
    return (blocks[Math.floor(index / BLOCK)] ?? '').slice(from, ends[index]);
  }

  return { handler, get };
}
