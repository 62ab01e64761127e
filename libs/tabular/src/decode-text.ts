import { countUnfinishedUtf8, findInvalidUtf8 } from './decode-utf8';
import { joinBytes } from './join-bytes';
import { createSingleByteDecoder } from './single-byte-encodings';
import type { Encoding } from './table';

/**
 * Bytes in order, cut anywhere, to text. `push` answers what is known so far, `end` the rest. Neither throws: a byte
 * that does not belong to the encoding still becomes a character.
 */
export interface PieceDecoder {
  push(bytes: Uint8Array): string;
  end(): string;
}

/**
 * A decoder for any of the encodings. UTF-8 is read like `mixed`, because somebody may choose it for a file that is
 * none, and a replacement character would lose a letter.
 */
export function createPieceDecoder(encoding: Encoding): PieceDecoder {
  if (encoding === 'utf-8' || encoding === 'mixed') return createMixedDecoder();
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const decoder = new TextDecoder(encoding, { ignoreBOM: true });
    // Half a unit at the very end is a broken download: it is no character, and there is nothing to show.
    return { push: (bytes) => decoder.decode(bytes, { stream: true }), end: () => '' };
  }
  return { push: createSingleByteDecoder(encoding), end: () => '' };
}

const LF = 0x0a;
const CR = 0x0d;

/** A line that is longer is judged part by part: memory must not grow with it. */
const LONGEST_LINE = 64 * 1024;

/**
 * UTF-8 line by line, and Windows-1252 for the lines that are not UTF-8: files glued together from two sources. What
 * comes out ends with a line, so that it does not matter where pieces are cut.
 */
function createMixedDecoder(): PieceDecoder {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const windows1252 = createSingleByteDecoder('windows-1252');
  let rest: Uint8Array = new Uint8Array(0);

  function decode(bytes: Uint8Array): string {
    try {
      return utf8.decode(bytes);
    } catch {
      // The only thing that a fatal decoder throws is a TypeError for bytes that are not UTF-8.
      return decodeLines(bytes);
    }
  }

  function decodeLines(bytes: Uint8Array): string {
    let text = '';
    for (let from = 0; from < bytes.length;) {
      let to = from;
      while (to < bytes.length && bytes[to] !== LF && bytes[to] !== CR) to++;
      const line = bytes.subarray(from, ++to);
      text += findInvalidUtf8(line) === line.length ? utf8.decode(line) : windows1252(line);
      from = to;
    }
    return text;
  }

  return {
    push(bytes) {
      const all = joinBytes(rest, bytes);
      let to = endOfLines(all);
      if (to === 0 && all.length >= LONGEST_LINE) to = all.length - countUnfinishedUtf8(all);
      rest = all.slice(to);
      return decode(all.subarray(0, to));
    },
    end() {
      const text = decode(rest);
      rest = new Uint8Array(0);
      return text;
    },
  };
}

/** Where the last line end ends; 0 without one. */
function endOfLines(bytes: Uint8Array): number {
  return Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR)) + 1;
}
