import { bytesSource, readSource, type ByteSource } from './byte-source';
import {
  createEncodingDetector,
  detectEncoding,
  rememberEncoding,
  type FoundEncoding,
} from './detect-encoding';
import { countUnfinishedUtf8 } from './decode-utf8';

/** Thrown by who reads a source whose encoding was guessed wrong. The right one is known then: open the source again. */
export class EncodingMistaken extends Error {
  override readonly name = 'EncodingMistaken';
}

/** What the first bytes of a source say, which may be less than the truth: an accent may come later. */
export async function guessEncoding(source: ByteSource, bytes: number): Promise<FoundEncoding> {
  const head = await source.read(0, Math.min(source.size, bytes));
  const isWhole = head.length >= source.size;
  return detectEncoding(
    bytesSource(isWhole ? head : head.subarray(0, head.length - countUnfinishedUtf8(head))),
  );
}

/**
 * The source, examined on its way to whoever reads it. A reading that comes to the end throws `EncodingMistaken` where the
 * encoding is another one than was guessed.
 */
export function watchEncoding(source: ByteSource, guess: FoundEncoding): ByteSource {
  async function* watch(to: number): AsyncGenerator<Uint8Array> {
    const detector = createEncodingDetector(to);
    const whole: ByteSource = {
      size: to,
      read: (from, until) => source.read(from, until),
      ...(source.stream && { stream: source.stream.bind(source) }),
    };
    for await (const piece of readSource(whole)) {
      detector.push(piece);
      yield piece;
    }
    const found = detector.end();
    rememberEncoding(source, found);
    if (found !== guess) throw new EncodingMistaken();
  }
  return { size: source.size, read: (from, to) => source.read(from, to), stream: watch };
}
