import { bytesSource, type ByteSource } from '@ponte/tabular';
import type { TableSource } from '../wizard-types';

/** The bytes of what somebody brought. A file is read piece by piece from the disk, each time it is asked for. */
export function byteSourceOf(source: TableSource): ByteSource {
  return 'text' in source ? bytesSource(new TextEncoder().encode(source.text)) : readAhead(source.file);
}

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
    const bytes = file
      .slice(from, to)
      .arrayBuffer()
      .then((buffer) => new Uint8Array(buffer));
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
  };
}
