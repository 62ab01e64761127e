import { joinBytes } from '../join-bytes';
import { createXmlDecoder } from './decode-xml';

/** Browsers inflate in larger pieces than Node; small ones bound what one piece of hostile markup can become. */
const PIECE_BYTES = 16 * 1024;

const GT = 0x3e;

/**
 * Asked first for each piece: may read bytes in its own way, from `from` until `to` or a little over it, and should
 * begin nothing in the last 256 bytes. Where it ended; -1 when it can read nothing now.
 */
export type Skim = (bytes: Uint8Array, from: number, to: number) => number;

/** What is left at the end of an inflated piece may be half of a row or a cell: it is skimmed with the next piece. */
export const BORDER_BYTES = 256;

/**
 * Behind so much of something unusual skimming is tried again, and behind twice as much each time that it got no further
 * than this.
 */
const UNUSUAL_BYTES = 256;

/** A piece mostly ends inside a cell: where rows can be skimmed again is a few tags on. */
const TAGS_OF_CELL = 4;

const NOTHING = new Uint8Array();

/**
 * Inflated pieces, cut anywhere, to text in small pieces, without what was skimmed; empty where all of a piece was. Throws
 * `TableRefusal` for bytes of another encoding; errors of the pieces pass through. The pieces are left to the collector:
 * Chromium keeps what `transfer(0)` gives back, and its collector, told that it is gone, comes later.
 */
export async function* textOfPieces(
  pieces: AsyncIterable<Uint8Array>,
  skim: Skim | null = null,
): AsyncGenerator<string> {
  const decoder = createXmlDecoder();
  let border: Uint8Array = NOTHING;
  let tags = 0;
  let longest = UNUSUAL_BYTES;
  for await (const bytes of pieces) {
    let at = 0;
    if (skim !== null && border.length > 0) {
      const joined = joinBytes(border, bytes.subarray(0, BORDER_BYTES));
      const to = Math.max(0, skim(joined, 0, border.length));
      if (to < border.length) yield decoder.decode(joined.subarray(to, border.length));
      at = Math.max(0, to - border.length);
      border = NOTHING;
    }
    while (at < bytes.length) {
      const from = at;
      const most = Math.min(bytes.length, at + PIECE_BYTES);
      const skimmed = skim === null || decoder.isWaiting ? -1 : skim(bytes, at, most);
      at = Math.max(at, skimmed);
      if (skimmed >= 0 && bytes.length - at <= BORDER_BYTES) {
        border = bytes.slice(at);
        yield '';
        break;
      }
      const isShort = decoder.isWaiting || (skim !== null && skimmed < 0 && tags < TAGS_OF_CELL);
      tags = isShort ? tags + 1 : 0;
      if (skimmed - from > UNUSUAL_BYTES) longest = UNUSUAL_BYTES;
      else if (!isShort) longest = Math.min(PIECE_BYTES, longest * 2);
      const to = at >= most ? at : endOfPiece(bytes, at, longest, isShort);
      yield decoder.decode(bytes.subarray(at, to));
      at = to;
    }
  }
  yield decoder.decode(border) + decoder.end();
}

/** Behind a tag, so that nothing is unfinished: behind the first one for a short piece, else the last. */
function endOfPiece(bytes: Uint8Array, from: number, longest: number, isShort: boolean): number {
  const most = Math.min(bytes.length, from + longest);
  if (!isShort && most === bytes.length) return most;
  const tagEnd = isShort ? bytes.indexOf(GT, from) : bytes.lastIndexOf(GT, most - 1);
  return tagEnd >= from && tagEnd < most ? tagEnd + 1 : most;
}
