import { bytesSource, type ByteSource } from '@ponte/tabular';
import type { TableSource } from '../wizard-types';

/** The bytes of what somebody brought. A file is read piece by piece from the disk, each time it is asked for. */
export function byteSourceOf(source: TableSource): ByteSource {
  return 'text' in source ? bytesSource(new TextEncoder().encode(source.text)) : readAhead(source.file);
}

const PIECE_BYTES = 1024 * 1024;

interface Ahead {
  readonly from: number;
  readonly to: number;
  readonly bytes: Promise<Uint8Array>;
}

/** Whoever reads a file in order gets the next piece at once: it was fetched while the last one was worked on. */
function readAhead(file: File): ByteSource {
  let ahead: Ahead | null = null;
  let end = -1;
  const fetch = (from: number, to: number): Ahead => {
    const bytes = readPiece(file, from, to);
    // Reported to whoever asks for the piece; perhaps nobody does.
    bytes.catch(() => undefined);
    return { from, to, bytes };
  };
  return {
    size: file.size,
    read(from, to) {
      const known = ahead?.from === from && ahead.to === to ? ahead : fetch(from, to);
      const isInOrder = from === 0 || from === end;
      const next = Math.min(file.size, to + (to - from));
      ahead = isInOrder && next > to ? fetch(to, next) : null;
      end = to;
      return known.bytes;
    },
    stream: (to) => streamFile(file, to),
  };
}

async function readPiece(file: File, from: number, to: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(from, to).arrayBuffer());
}

/** The file's own stream: half the price of asking for its pieces, and none of them is copied. */
async function* streamFile(file: File, to: number): AsyncGenerator<Uint8Array> {
  const reader = file.slice(0, to).stream().getReader();
  let at = 0;
  try {
    while (at < to) {
      // A stream that fails tells nothing; the piece that it did not give tells why.
      const { value } = await reader.read().catch(() => ({ value: undefined }));
      const piece = value ?? (await readPiece(file, at, Math.min(to, at + PIECE_BYTES)));
      if (piece.length === 0) return;
      at += piece.length;
      yield piece;
    }
  } finally {
    // Of a stream that failed there is nothing left to cancel.
    await reader.cancel().catch(() => undefined);
  }
}
