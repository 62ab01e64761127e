import { createUtf8Decoder } from './decode-xml';
import { tooLargeUnpacked } from './refuse-workbook';
import { MAX_SHARED_LENGTH, MAX_SHARED_STRINGS } from './unpack-limits';

const BLOCK = 1024;

/** Bytes of the strings that are decoded together. Longer strings are not added as bytes. */
const WAITING_BYTES = 64 * 1024;
export const MAX_STRING_BYTES = 4096;

/** Up to some million strings in few objects: 1024 of them joined to one, and where each one ends. */
export interface StringBlocks {
  /** UTF-16 units of all strings. */
  readonly length: number;
  add(text: string): void;
  /**
   * The UTF-8 of a string, which becomes `units` UTF-16 units and is 4096 bytes at most. It may not begin with a byte
   * that continues a character; what else is wrong with it throws `corrupt_workbook` with some later string.
   */
  addBytes(bytes: Uint8Array, from: number, to: number, units: number): void;
  /** All strings were added. */
  end(): void;
  /** Empty for a number that there is not. */
  get(index: number): string;
}

/** Creates the strings. Adding throws `too_large_unpacked`. */
export function createStringBlocks(): StringBlocks {
  const decode = createUtf8Decoder();
  const blocks: string[] = [];
  const ends: Uint32Array[] = [];
  let blockEnds = new Uint32Array(BLOCK);
  let count = 0;
  let total = 0;
  let block: string[] = [];
  let blockLength = 0;
  const waiting = new Uint8Array(WAITING_BYTES);
  let waitingLength = 0;

  function add(text: string): void {
    decodeWaiting();
    block.push(text);
    note(text.length);
  }

  function addBytes(bytes: Uint8Array, from: number, to: number, units: number): void {
    if (waitingLength + to - from > WAITING_BYTES) decodeWaiting();
    // Most strings are so short that telling the platform to copy them would take longer.
    for (let at = from; at < to; at++) waiting[waitingLength++] = bytes[at] ?? 0;
    note(units);
  }

  function note(length: number): void {
    total += length;
    if (total > MAX_SHARED_LENGTH) throw tooLargeUnpacked(MAX_SHARED_LENGTH);
    if (count >= MAX_SHARED_STRINGS) throw tooLargeUnpacked(MAX_SHARED_STRINGS);
    blockLength += length;
    blockEnds[count++ % BLOCK] = blockLength;
    if (count % BLOCK === 0) end();
  }

  function decodeWaiting(): void {
    if (waitingLength === 0) return;
    block.push(decode(waiting.subarray(0, waitingLength)));
    waitingLength = 0;
  }

  function end(): void {
    decodeWaiting();
    blocks.push(block.join(''));
    ends.push(blockEnds);
    blockEnds = new Uint32Array(BLOCK);
    block = [];
    blockLength = 0;
  }

  function get(index: number): string {
    if (!(index >= 0 && index < count && Number.isInteger(index))) return '';
    const number = Math.floor(index / BLOCK);
    const places = ends[number];
    const at = index % BLOCK;
    return (blocks[number] ?? '').slice(at === 0 ? 0 : places?.[at - 1], places?.[at]);
  }

  return {
    get length() {
      return total;
    },
    add,
    addBytes,
    end,
    get,
  };
}
