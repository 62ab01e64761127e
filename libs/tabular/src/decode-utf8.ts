import { CsvRefusal } from './csv-refusal';
import { joinBytes } from './join-bytes';

const BYTE_ORDER_MARK = '\ufeff';

/** Where decoded text goes; `line` is asked only when a byte is wrong. */
export interface TextSink {
  push(text: string): void;
  line(): number;
}

/** Feeds bytes, cut anywhere, to a sink as text. Both functions throw `CsvRefusal` (`not_utf8`) with the line. */
export interface Utf8Decoder {
  push(bytes: Uint8Array): void;
  end(): void;
}

/**
 * Strict UTF-8. Byte order marks at the beginning are dropped, all of them: programs that add one to a file that
 * has one are common. On a wrong byte the sink is first given everything before it, so that its line is the line of
 * the first wrong byte and an earlier refusal of its own comes first.
 */
export function createUtf8Decoder(sink: TextSink): Utf8Decoder {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let tail = new Uint8Array(0); // an unfinished character at the end of what was decoded
  let isAtStart = true;

  function give(text: string): void {
    let from = 0;
    while (isAtStart && from < text.length) {
      if (text.startsWith(BYTE_ORDER_MARK, from)) from++;
      else isAtStart = false;
    }
    sink.push(from === 0 ? text : text.slice(from));
  }

  function decode(bytes: Uint8Array): void {
    let text: string;
    try {
      text = decoder.decode(bytes, { stream: true });
    } catch {
      // The only thing that a fatal decoder throws is a TypeError for bytes that are not UTF-8.
      throw refuseAt(bytes);
    }
    const all = joinBytes(tail, bytes);
    tail = all.slice(all.length - countUnfinishedUtf8(all));
    give(text);
  }

  function refuseAt(bytes: Uint8Array): CsvRefusal {
    const all = joinBytes(tail, bytes);
    const good = all.subarray(0, findInvalidUtf8(all));
    give(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(good));
    return new CsvRefusal('not_utf8', { line: sink.line() });
  }

  return {
    push: decode,
    end() {
      if (tail.length > 0) throw new CsvRefusal('not_utf8', { line: sink.line() });
    },
  };
}

/**
 * How many of the last bytes, none to three, begin a character that they do not finish; the bytes before are taken to
 * be valid.
 */
export function countUnfinishedUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return utf8SequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

/** Bytes of the sequence that a lead byte (0xC2 to 0xF4) begins. */
export function utf8SequenceLength(lead: number): number {
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/**
 * Offset of the first byte that does not belong to well-formed UTF-8 (the lead byte of a broken sequence), or the
 * length. Overlong forms, surrogates and values above U+10FFFF are not well-formed. An unfinished sequence at the
 * end counts as wrong.
 */
export function findInvalidUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const length = utf8LengthAt(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

/** Bytes of the well-formed sequence beyond ASCII that begins here; 0 if there is none or it is not finished. */
export function utf8LengthAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = utf8SequenceLength(lead);
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i];
    const [low, high] = i === 1 ? secondByteRange(lead) : CONTINUATION;
    if (byte === undefined || byte < low || byte > high) return 0;
  }
  return length;
}

const CONTINUATION = [0x80, 0xbf] as const;

/** Table 3-7 of the Unicode standard: only the second byte is narrower after some lead bytes. */
function secondByteRange(lead: number): readonly [number, number] {
  if (lead === 0xe0) return [0xa0, 0xbf];
  if (lead === 0xed) return [0x80, 0x9f];
  if (lead === 0xf0) return [0x90, 0xbf];
  if (lead === 0xf4) return [0x80, 0x8f];
  return CONTINUATION;
}
