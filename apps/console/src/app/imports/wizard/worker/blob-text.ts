/** Letters of one part, about a megabyte. */
const PART_UNITS = 1024 * 1024;

/**
 * A text file that grows without being in memory twice: full parts become blobs, which the browser keeps outside of this
 * worker. UTF-8; lone surrogates become U+FFFD.
 */
export class BlobText {
  private readonly parts: Blob[] = [];
  private text = '';

  add(text: string): void {
    this.text += text;
    if (this.text.length >= PART_UNITS) this.flush();
  }

  finish(): Blob {
    this.flush();
    return new Blob(this.parts, { type: 'text/csv' });
  }

  private flush(): void {
    if (this.text !== '') this.parts.push(new Blob([this.text]));
    this.text = '';
  }
}
