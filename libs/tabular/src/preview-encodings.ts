import { readSource, type ByteSource } from './byte-source';
import { createPieceDecoder } from './decode-text';
import { detectEncoding } from './detect-encoding';
import { detectContainer } from './detect-format';
import { readText } from './read-text';
import { SNIFF_BYTES, startsWith } from './sniff-bytes';
import type { Encoding } from './table';
import { TableRefusal } from './table-refusal';

/** The same words of a file, as one encoding reads them. */
export interface EncodingPreview {
  readonly encoding: Encoding;
  /** Up to six distinct words that have letters beyond ASCII; the same words in the same order for each encoding. */
  readonly samples: readonly string[];
}

export interface PreviewEncodingsOptions {
  readonly signal?: AbortSignal;
}

const SAMPLES = 6;

/** Longer things are no words. */
const LONGEST_WORD = 40;

const UTF8_MARK = [0xef, 0xbb, 0xbf];

const SINGLE_BYTE = ['windows-1252', 'ibm850', 'macintosh'] as const;

/**
 * How the accented words of a text look in each encoding that it may be in, the detected one first, for somebody who
 * knows the names. UTF-8 is offered only for a source that is valid UTF-8. Empty for plain ASCII, workbooks and other
 * formats, where there is nothing to choose. Reads the source once or twice; errors of the source pass through.
 */
export async function previewEncodings(
  source: ByteSource,
  options: PreviewEncodingsOptions = {},
): Promise<readonly EncodingPreview[]> {
  if (!(await isText(source))) return [];
  const found = await detectEncoding(source, options);
  if (found === 'ascii') return [];
  // Text with zero bytes is in no other encoding, but its words may be shown.
  const isWide = found === 'utf-16le' || found === 'utf-16be';
  const words = isWide
    ? await findWideWords(source, found, options.signal)
    : await findWords(source, options.signal);
  if (words.length === 0) return [];
  const others = isWide ? [] : SINGLE_BYTE.filter((encoding) => encoding !== found);
  return [found, ...others].map((encoding) => ({
    encoding,
    samples: words.map((word) => (typeof word === 'string' ? word : decodeWord(word, encoding))),
  }));
}

function decodeWord(word: Uint8Array, encoding: Encoding): string {
  const decoder = createPieceDecoder(encoding);
  return decoder.push(word) + decoder.end();
}

async function isText(source: ByteSource): Promise<boolean> {
  try {
    return detectContainer(await source.read(0, Math.min(source.size, SNIFF_BYTES))) === 'text';
  } catch (error) {
    // Other formats are refused when they are opened; here they only have no words.
    if (error instanceof TableRefusal) return false;
    throw error;
  }
}

/** The bytes of the first distinct words with something beyond ASCII in them. */
async function findWords(source: ByteSource, signal?: AbortSignal): Promise<readonly Uint8Array[]> {
  const words = new Map<string, Uint8Array>();
  let done = 0;
  for await (const chunk of readSource(source, signal)) {
    const from = done === 0 && startsWith(chunk, UTF8_MARK) ? UTF8_MARK.length : 0;
    // Words that reach into the next chunk or come from the last one are cut, maybe inside a letter.
    for (const word of wordsOf(chunk.subarray(from), done > 0, (done += chunk.length) < source.size)) {
      words.set(word.join(), word);
      if (words.size === SAMPLES) return [...words.values()];
    }
  }
  return [...words.values()];
}

/** Words with a byte of 0x80 or above, without the one that a cut begins or ends. */
function* wordsOf(bytes: Uint8Array, isCutBefore: boolean, isCutBehind: boolean): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    let from = at;
    while (from > 0 && !isBetweenWords(bytes[from - 1] ?? 0)) from--;
    while (at < bytes.length && !isBetweenWords(bytes[at] ?? 0)) at++;
    const isCut = (from === 0 && isCutBefore) || (at === bytes.length && isCutBehind);
    if (!isCut && at - from <= LONGEST_WORD) yield bytes.slice(from, at);
  }
}

/** White space and controls, quotes and what separates cells. */
function isBetweenWords(byte: number): boolean {
  return byte <= 0x20 || byte === 0x22 || byte === 0x2c || byte === 0x3b || byte === 0x7c;
}

const BETWEEN_WORDS = /[\s,;|"]+/;
const BEYOND_ASCII = /[^ -~]/;

async function findWideWords(
  source: ByteSource,
  encoding: 'utf-16le' | 'utf-16be',
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const words = new Set<string>();
  for await (const text of readText(source, { encoding, ...(signal && { signal }) })) {
    for (const word of text.split(BETWEEN_WORDS)) {
      if (word.length > LONGEST_WORD || !BEYOND_ASCII.test(word)) continue;
      words.add(word);
      if (words.size === SAMPLES) return [...words];
    }
  }
  return [...words];
}
