/** A set of rows, one bit each. It grows with the highest row that is added. */
export class RowSet {
  private bits = new Uint8Array(128);
  private members = 0;

  get size(): number {
    return this.members;
  }

  has(row: number): boolean {
    return ((this.bits[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
  }

  add(row: number): void {
    if (this.has(row)) return;
    const at = row >> 3;
    if (at >= this.bits.length) {
      const larger = new Uint8Array(Math.max(at + 1, this.bits.length * 2));
      larger.set(this.bits);
      this.bits = larger;
    }
    this.bits[at] = (this.bits[at] ?? 0) | (1 << (row & 7));
    this.members++;
  }
}
