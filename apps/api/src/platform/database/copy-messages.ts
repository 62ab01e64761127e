import type { Connection } from 'pg';

/** One byte says which message it is; four say how long it is, themselves included. */
const HEADER_BYTES = 5;
const COPY_DATA = 'd'.charCodeAt(0);
const READY_FOR_QUERY = 'Z'.charCodeAt(0);

type Listener = (bytes: Buffer) => void;

/**
 * Reads what the server sends for a COPY, until it is ready for the next query. The driver makes an object and an event of
 * every row, which takes longer than PostgreSQL needs to send it; every other message it gets as it came.
 *
 * Begins when the query is submitted. Then no message is half read: nothing comes between the answer to the query before
 * and the one to this.
 */
export class CopyMessages {
  private stream: Connection['stream'] | null = null;
  private driver: readonly Listener[] = [];
  /** The beginning of a message whose end is still to come. */
  private held: Buffer[] = [];
  private heldBytes = 0;
  private neededBytes = HEADER_BYTES;

  /** `takeRows` gets whole rows, in bytes that are written to again when it has returned. */
  constructor(private readonly takeRows: (rows: Uint8Array) => void) {}

  /** Comes between the stream and the driver. */
  begin(stream: Connection['stream']): void {
    this.stream = stream;
    this.driver = stream.listeners('data') as Listener[];
    for (const listener of this.driver) stream.off('data', listener);
    stream.on('data', this.receive);
  }

  private readonly receive = (bytes: Buffer): void => {
    this.held.push(bytes);
    this.heldBytes += bytes.length;
    // A long row comes in many parts, which are joined once.
    if (this.heldBytes < this.neededBytes) return;
    const joined = this.held.length === 1 ? bytes : Buffer.concat(this.held);
    const rest = joined.subarray(this.read(joined));
    this.held = rest.length === 0 ? [] : [rest];
    this.heldBytes = rest.length;
    this.neededBytes = rest.length < HEADER_BYTES ? HEADER_BYTES : endOfMessage(rest, 0);
  };

  /** Reads whole messages, and answers where the first one begins that is not whole. */
  private read(bytes: Buffer): number {
    let rowsEnd = 0;
    let at = 0;
    while (at + HEADER_BYTES <= bytes.length) {
      const end = endOfMessage(bytes, at);
      if (end > bytes.length) break;
      if (bytes[at] === COPY_DATA) {
        // Rows move together over their headers: that makes no object for each.
        bytes.copyWithin(rowsEnd, at + HEADER_BYTES, end);
        rowsEnd += end - at - HEADER_BYTES;
      } else {
        this.takeRows(bytes.subarray(0, rowsEnd));
        rowsEnd = 0;
        if (bytes[at] === READY_FOR_QUERY) return this.giveBack(bytes.subarray(at)) + at;
        this.tellDriver(bytes.subarray(at, end));
      }
      at = end;
    }
    this.takeRows(bytes.subarray(0, rowsEnd));
    return at;
  }

  /** The driver reads alone again before it hears what lets it submit the next query. Answers how much it got. */
  private giveBack(rest: Buffer): number {
    this.stream?.off('data', this.receive);
    for (const listener of this.driver) this.stream?.on('data', listener);
    this.tellDriver(rest);
    return rest.length;
  }

  private tellDriver(bytes: Buffer): void {
    for (const listener of this.driver) listener(bytes);
  }
}

function endOfMessage(bytes: Buffer, at: number): number {
  return at + 1 + bytes.readUInt32BE(at + 1);
}
