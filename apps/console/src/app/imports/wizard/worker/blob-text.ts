/** Bytes of one part. */
const PART_BYTES = 1024 * 1024;

/** Letters that are joined before they are encoded: short strings die young. */
const PIECE_UNITS = 16 * 1024;

const BYTES_PER_UNIT = 3;

/**
 * A text file that grows without being in memory twice: full parts become blobs, which the browser keeps outside of this
 * worker. UTF-8; lone surrogates become U+FFFD.
 */
export class BlobText {
  private readonly parts: Blob[] = [];
  private readonly encoder = new TextEncoder();
  private readonly bytes = new Uint8Array(PART_BYTES);
  private used = 0;
  private piece = '';

  /** Whole lines: a surrogate pair must not be cut in two. */
  add(lines: string): void {
    this.piece += lines;
    if (this.piece.length >= PIECE_UNITS) this.encode();
  }

  finish(): Blob {
    this.encode();
    this.flush();
    return new Blob(this.parts, { type: 'text/csv' });
  }

  private encode(): void {
    const { piece } = this;
    this.piece = '';
    if (piece.length * BYTES_PER_UNIT > PART_BYTES) {
      this.flush();
      this.parts.push(new Blob([piece]));
      return;
    }
    if (this.used + piece.length * BYTES_PER_UNIT > PART_BYTES) this.flush();
    this.used += this.encoder.encodeInto(piece, this.bytes.subarray(this.used)).written;
  }

  private flush(): void {
    if (this.used > 0) this.parts.push(new Blob([this.bytes.subarray(0, this.used)]));
    this.used = 0;
  }
}
