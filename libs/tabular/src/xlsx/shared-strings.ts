import { tooLargeUnpacked } from './refuse-workbook';
import type { XmlHandler } from './scan-xml';
import { MAX_SHARED_LENGTH, MAX_SHARED_STRINGS } from './unpack-limits';
import { decodeEscapes } from './xml-text';

const BLOCK = 1024;

/** How nearly every string begins and ends; `xml:space` says nothing that we do not do anyway. */
const BEGINS = ['<si><t>', '<si><t xml:space="preserve">'] as const;
const END = '</t></si>';

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
  let isInItem = false;

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
      else if (name === 'si') {
        text = '';
        isInItem = true;
      } else if (name === 'rPh') phonetics++;
    },
    close(name: string) {
      if (name === 't') handler.wantsText = false;
      else if (name === 'si') {
        add();
        isInItem = false;
      } else if (name === 'rPh') phonetics--;
      else if (name === 'sst') endBlock();
    },
    text(part: string) {
      text += part;
      if (total + text.length > MAX_SHARED_LENGTH) throw tooLargeUnpacked(MAX_SHARED_LENGTH);
    },
    /** Most strings, without hearing of their four tags. */
    skim(source: string, at: number, plain: number): number {
      const begin =
        isInItem || phonetics > 0 ? undefined : BEGINS.find((tags) => source.startsWith(tags, at));
      if (begin === undefined) return -1;
      const from = at + begin.length;
      const to = source.indexOf('<', from);
      if (to < 0 || to > plain || !source.startsWith(END, to)) return -1;
      text = source.slice(from, to);
      add();
      return to + END.length;
    },
  };

  function get(index: number): string {
    if (!(index >= 0 && index < count && Number.isInteger(index))) return '';
    const from = index % BLOCK === 0 ? 0 : (ends[index - 1] ?? 0);
    return (blocks[Math.floor(index / BLOCK)] ?? '').slice(from, ends[index]);
  }

  return { handler, get };
}
