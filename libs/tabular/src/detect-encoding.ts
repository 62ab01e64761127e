import { readSource, type ByteSource } from './byte-source';
import { countUnfinishedUtf8, utf8SequenceLength } from './decode-utf8';
import { joinBytes } from './join-bytes';
import { createSingleByteJudge } from './judge-single-bytes';
import { detectWideEncoding, SNIFF_BYTES } from './sniff-bytes';
import type { Encoding } from './table';

/** What the bytes say about themselves. Pure ASCII is the same text in every encoding but UTF-16. */
export type FoundEncoding = Encoding | 'ascii';

export interface DetectEncodingOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number) => void;
}

/** What was found is remembered with its source: opening a table and showing its other encodings ask the same. */
const KNOWN = new WeakMap<ByteSource, FoundEncoding>();

/**
 * How the text of a source is written, in this order: byte order mark, zero bytes of UTF-16, strict UTF-8 over the
 * whole source, a single-byte encoding; `mixed` when there are characters of UTF-8 and bytes that are none. Reads the
 * source once, from the start, unless the first bytes decide, and not again when it is asked again. Aborting throws the signal's reason.
 */
export async function detectEncoding(
  source: ByteSource,
  options: DetectEncodingOptions = {},
): Promise<FoundEncoding> {
  const known = KNOWN.get(source);
  if (known !== undefined) return known;
  const found = (await sniffEncoding(source)) ?? (await examineBytes(source, options));
  rememberEncoding(source, found);
  return found;
}

/** What was found about a source by somebody who has read it whole. */
export function rememberEncoding(source: ByteSource, found: FoundEncoding): void {
  KNOWN.set(source, found);
}

/** What is known of a source without reading it whole; `null` where nothing else would tell. */
export async function knownEncoding(source: ByteSource): Promise<FoundEncoding | null> {
  return KNOWN.get(source) ?? (await sniffEncoding(source));
}

async function sniffEncoding(source: ByteSource): Promise<FoundEncoding | null> {
  const head = await source.read(0, Math.min(source.size, SNIFF_BYTES));
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  const wide = detectWideEncoding(head);
  return wide === 'utf-16le' || wide === 'utf-16be' ? wide : null;
}

async function examineBytes(source: ByteSource, options: DetectEncodingOptions): Promise<FoundEncoding> {
  const detector = createEncodingDetector(source.size);
  let done = 0;
  for await (const chunk of readSource(source, options.signal)) {
    done += chunk.length;
    options.onProgress?.(done / source.size);
    detector.push(chunk);
  }
  return detector.end();
}

/** Takes all bytes of a source in order and says how they are written. */
export interface EncodingDetector {
  push(chunk: Uint8Array): void;
  end(): FoundEncoding;
}

/** A detector for so many bytes without a byte order mark and zero bytes of UTF-16. */
export function createEncodingDetector(size: number): EncodingDetector {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest: Uint8Array = new Uint8Array(0); // an unfinished character at the end of what was decoded
  let isAscii = true;
  let examiner: BytesExaminer | null = null;
  let done = 0;

  function push(chunk: Uint8Array): void {
    done += chunk.length;
    if (examiner !== null) return examiner.push(chunk);
    const all = joinBytes(rest, chunk);
    const whole = done >= size ? all : all.subarray(0, all.length - countUnfinishedUtf8(all));
    try {
      if (decoder.decode(whole).length < whole.length) isAscii = false;
      rest = all.slice(whole.length);
    } catch {
      // The only thing that a fatal decoder throws is a TypeError for bytes that are not UTF-8.
      examiner = createBytesExaminer(!isAscii);
      examiner.push(all);
    }
  }

  return { push, end: () => examiner?.end() ?? (isAscii ? 'ascii' : 'utf-8') };
}

interface BytesExaminer {
  push(bytes: Uint8Array): void;
  end(): Encoding;
}

/** The longest sequence of UTF-8 and the byte behind it. */
const LOOK_AHEAD = 5;

/** So much of a piece is joined to what the last one left: enough to see all of that, with a neighbour to go on from. */
const BORDER = LOOK_AHEAD + 1;

/** For bytes that are not all UTF-8: tells whether some are, and in what the others are written. */
function createBytesExaminer(hasUtf8: boolean): BytesExaminer {
  const judge = createSingleByteJudge();
  let rest: Uint8Array = new Uint8Array(1); // what the last piece left, after one byte that was seen: at first none
  let isMixed = hasUtf8;

  /** Sees the bytes from `from`, before which there is a neighbour, up to and without `to`; where it goes on. */
  function examine(bytes: Uint8Array, from: number, to: number): number {
    const words = wordsOf(bytes);
    for (let at = from; ;) {
      if (at < to) at = skipAscii(bytes, words, at, to);
      if (at >= to) return at;
      const byte = bytes[at] ?? 0;
      const length = likelyUtf8Length(bytes, at);
      if (length > 0) {
        isMixed = true;
        at += length;
      } else {
        judge.see(bytes[at - 1] ?? 0, byte, bytes[at + 1] ?? 0);
        at++;
      }
    }
  }

  return {
    push(bytes) {
      const border = joinBytes(rest, bytes.subarray(0, BORDER));
      const seen = examine(border, 1, border.length - LOOK_AHEAD);
      if (bytes.length <= BORDER) {
        rest = border.slice(seen - 1);
        return;
      }
      const at = examine(bytes, seen - rest.length, bytes.length - LOOK_AHEAD);
      rest = bytes.slice(at - 1);
    },
    end() {
      examine(rest, 1, rest.length);
      return isMixed ? 'mixed' : judge.verdict();
    },
  };
}

const WORD_BYTES = 4;
const WORD_NOT_ASCII = 0x80808080;

/** Bytes as words of four, from the first place where the platform takes them. */
interface Words {
  readonly shift: number;
  readonly words: Int32Array;
}

function wordsOf({ buffer, byteOffset, length }: Uint8Array): Words {
  const shift = Math.min(length, (WORD_BYTES - (byteOffset % WORD_BYTES)) % WORD_BYTES);
  return { shift, words: new Int32Array(buffer, byteOffset + shift, (length - shift) >> 2) };
}

/** Where the next byte beyond ASCII is, from `at` to `to`, or `to`. Most text is passed four bytes at a time. */
function skipAscii(bytes: Uint8Array, { shift, words }: Words, from: number, to: number): number {
  let at = from;
  for (; at < to; at++) {
    if (((at - shift) & (WORD_BYTES - 1)) === 0) {
      let word = (at - shift) >> 2;
      while (word < words.length && ((words[word] ?? 0) & WORD_NOT_ASCII) === 0) word++;
      at = shift + word * WORD_BYTES;
    }
    if ((bytes[at] ?? 0) >= 0x80) break;
  }
  return Math.min(at, to);
}

/**
 * Bytes of the well-formed sequence that begins here, 0 if there is none, or one that only chance has made: `É”` in
 * Windows-1252 is also a letter of an African alphabet in UTF-8. Of two bytes, only Latin letters and combining
 * accents count; three or four that fit are no chance.
 */
function likelyUtf8Length(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = utf8SequenceLength(lead);
  if (length === 2 && lead > 0xc5 && lead !== 0xcc && lead !== 0xcd) return 0;
  for (let next = at + 1; next < at + length; next++) {
    if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}
