import { bytesSource, type ByteSource } from '@ponte/tabular';
import type { TableSource } from '../wizard-types';

/** The bytes of what somebody brought. A file is read piece by piece from the disk, each time it is asked for. */
export function byteSourceOf(source: TableSource): ByteSource {
  return 'text' in source ? bytesSource(new TextEncoder().encode(source.text)) : fileSource(source.file);
}

/**
 * A file as a source. Whoever reads on where the last read ended gets the file's stream, which fetches ahead while a
 * piece is worked on and costs half of asking for each piece alone.
 */
function fileSource(file: File): ByteSource {
  let stream: FileStream | null = null;
  let end = 0;
  return {
    size: file.size,
    read(from, to) {
      if (stream?.at !== from) {
        stream?.close();
        stream = from > 0 && from === end ? new FileStream(file, from) : null;
      }
      end = to;
      return stream === null ? readPiece(file, from, to) : stream.read(to);
    },
  };
}

async function readPiece(file: File, from: number, to: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(from, to).arrayBuffer());
}

/** The bytes of a file from some place on, in order. */
class FileStream {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private rest: Uint8Array = new Uint8Array();
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly file: File,
    /** Where the next read begins. */
    public at: number,
  ) {
    this.reader = file.slice(at).stream().getReader();
  }

  /** The bytes up to `to`; whoever asks before the last read is done waits for it. */
  read(to: number): Promise<Uint8Array> {
    const from = this.at;
    this.at = to;
    const bytes = this.last.then(() => this.take(to - from)).catch(() => null);
    this.last = bytes;
    // A stream says that it failed and not why: the piece alone is read once more, or says it.
    return bytes.then((taken) => taken ?? readPiece(this.file, from, to));
  }

  close(): void {
    // Nobody hears of it: a stream that failed has told it already.
    this.reader.cancel().catch(() => undefined);
  }

  /** `null` when the stream ends before. */
  private async take(size: number): Promise<Uint8Array | null> {
    const parts: Uint8Array[] = [];
    let missing = size;
    while (missing > this.rest.length) {
      parts.push(this.rest);
      missing -= this.rest.length;
      const { done, value } = await this.reader.read();
      if (done) return null;
      this.rest = value;
    }
    const last = this.rest.subarray(0, missing);
    this.rest = this.rest.subarray(missing);
    return parts.every(({ length }) => length === 0) ? last : join([...parts, last], size);
  }
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
