import { readSource, type ByteSource } from './byte-source';
import { createPieceDecoder } from './decode-text';
import type { Encoding } from './table';

/** A file that comes as one chunk must not become one string and all its rows at once. */
const PIECE_BYTES = 64 * 1024;

const SUBSTITUTE = 0x1a;

export interface ReadTextOptions {
  readonly encoding: Encoding;
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number) => void;
  /** Most bytes that are decoded at once. */
  readonly pieceBytes?: number;
}

/**
 * A source as text, in order and in pieces, cut anywhere, without byte order marks and without the Ctrl-Z at the end
 * that programs of DOS times write. A first line `sep=;` is left empty, so that the lines still count. Aborting throws
 * the signal's reason.
 */
export async function* readText(source: ByteSource, options: ReadTextOptions): AsyncGenerator<string> {
  const { signal, onProgress, pieceBytes = PIECE_BYTES } = options;
  const decoder = createPieceDecoder(options.encoding);
  const text = await withoutSubstitute(source, options.encoding);
  const start = createStartRemover();
  let done = 0;

  for await (const chunk of readSource(text, signal)) {
    for (let at = 0; at < chunk.length; at += pieceBytes) {
      signal?.throwIfAborted();
      const piece = start.push(decoder.push(chunk.subarray(at, at + pieceBytes)));
      if (piece !== '') yield piece;
    }
    done += chunk.length;
    onProgress?.(done / source.size);
  }
  yield start.end(decoder.end());
}

/** More than byte order marks and a `sep=` line ever take. */
const ENOUGH_FOR_START = 64;

/** Takes pieces of text in order and holds the first ones back until it knows what to remove from them. */
export interface StartRemover {
  push(piece: string): string;
  /** The last piece, and what is still held back. */
  end(piece: string): string;
  isDone(): boolean;
}

export function createStartRemover(): StartRemover {
  let held: string | null = '';
  const release = (piece: string): string => {
    const text: string = held === null ? piece : removeStart(held + piece);
    held = null;
    return text;
  };
  return {
    push(piece) {
      if (held === null || held.length + piece.length >= ENOUGH_FOR_START) return release(piece);
      held += piece;
      return '';
    },
    end: release,
    isDone: () => held === null,
  };
}

const MARKS = /^\ufeff+/;
const SEPARATOR_LINE = /^"?sep=(.)"?(?=[\r\n]|$)/i;

/** Text that begins a source, without byte order marks, and with an empty line for `sep=;`. */
export function removeStart(text: string): string {
  return text.replace(MARKS, '').replace(SEPARATOR_LINE, '');
}

/** The character that a first line `sep=;` names, with or without byte order mark; `null` without such a line. */
export function findSeparatorLine(start: string): string | null {
  return SEPARATOR_LINE.exec(start.replace(MARKS, ''))?.[1] ?? null;
}

/** The source without the Ctrl-Z at its very end; old programs fill a last block with it. */
export async function withoutSubstitute(source: ByteSource, encoding: Encoding): Promise<ByteSource> {
  const unit = encoding.startsWith('utf-16') ? 2 : 1;
  const whole = source.size - (source.size % unit);
  const tail = await source.read(Math.max(0, whole - BLOCK), whole);
  const isSubstitute = (at: number) =>
    unit === 1
      ? tail[at] === SUBSTITUTE
      : tail[encoding === 'utf-16le' ? at - 1 : at] === SUBSTITUTE &&
        (tail[encoding === 'utf-16le' ? at : at - 1] ?? 1) === 0;
  let to = tail.length;
  while (to > 0 && isSubstitute(to - 1)) to -= unit;
  return {
    size: whole - (tail.length - to),
    read: (from, until) => source.read(from, until),
    ...(source.stream && { stream: source.stream.bind(source) }),
  };
}

const BLOCK = 1024;
