import { joinBytes } from '../join-bytes';
import { corruptWorkbook } from './refuse-workbook';

/** Text from the bytes of an XML part, cut anywhere. Throws `corrupt_workbook` for bytes of another encoding. */
export interface XmlDecoder {
  /** Bytes are kept that are not finished: what is decoded next is joined to them, and should be short. */
  readonly isWaiting: boolean;
  decode(bytes: Uint8Array): string;
  end(): string;
}

const GT = 0x3e;

type Utf16 = 'utf-16le' | 'utf-16be';

/**
 * Decodes UTF-8, or UTF-16 as its byte order mark or its first character `<` shows it; OPC allows no other encoding. A
 * byte order mark is dropped. Pieces of UTF-8 are cut between characters and decoded whole: faster than
 * a decoder that keeps the unfinished character itself, and text without signs beyond Latin-1 takes one byte each.
 */
export function createXmlDecoder(): XmlDecoder {
  const utf8 = createUtf8Decoder();
  let held: Uint8Array | null = null; // bytes before the encoding is known, then what is not finished
  let decodePiece: ((bytes: Uint8Array, isEnd: boolean) => string) | null = null;

  function decodeUtf8(bytes: Uint8Array, isEnd: boolean): string {
    // A cut behind a tag mostly leaves the scanner nothing unfinished, which it would have to join.
    const tagEnd = bytes.lastIndexOf(GT) + 1;
    const cut = isEnd ? bytes.length : tagEnd || finishedLength(bytes);
    held = cut < bytes.length ? bytes.slice(cut) : null;
    return utf8(bytes.subarray(0, cut));
  }

  function createUtf16(encoding: Utf16): (bytes: Uint8Array, isEnd: boolean) => string {
    const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
    return (bytes, isEnd) => refuseOthers(() => decoder.decode(bytes, { stream: !isEnd }));
  }

  function run(bytes: Uint8Array, isEnd: boolean): string {
    const all = held === null ? bytes : joinBytes(held, bytes);
    held = null;
    const isStart = decodePiece === null;
    if (decodePiece === null) {
      if (all.length < 4 && !isEnd) {
        held = all.slice();
        return '';
      }
      const wide = detectUtf16(all);
      decodePiece = wide === null ? decodeUtf8 : createUtf16(wide);
    }
    const text = decodePiece(all, isEnd);
    return isStart && text.startsWith('\ufeff') ? text.slice(1) : text;
  }

  return {
    get isWaiting() {
      return held !== null;
    },
    decode: (bytes) => run(bytes, false),
    end: () => run(new Uint8Array(0), true),
  };
}

/** Whole characters of UTF-8 to text, a byte order mark included. Throws `corrupt_workbook` for other bytes. */
export function createUtf8Decoder(): (bytes: Uint8Array) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return (bytes) => refuseOthers(() => decoder.decode(bytes));
}

function refuseOthers(decode: () => string): string {
  try {
    return decode();
  } catch {
    // The only thing that a fatal decoder throws is a TypeError for bytes of another encoding.
    throw corruptWorkbook('xml_encoding');
  }
}

function detectUtf16(bytes: Uint8Array): Utf16 | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0x3c && second === 0) return 'utf-16le';
  if (first === 0 && second === 0x3c) return 'utf-16be';
  return null;
}

/** Length without the last character of UTF-8 when that is not finished. */
function finishedLength(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}
