/**
 * One column of a run of rows, flat: its cells as UTF-8 without anything between them. Never half a surrogate pair, which
 * no text file can hold.
 */
export interface PackedCells {
  readonly bytes: Uint8Array;
  /** Bytes of each cell; 0 where a row has none. */
  readonly lengths: Uint8Array | Uint16Array | Uint32Array;
  /** How many cells are not blank. */
  readonly filled: number;
}

/** A run of data rows as columns. The columns' bytes share one buffer, and nobody else holds it. */
export interface CellBatch {
  /** The physical line of each row, from 1. */
  readonly lines: Int32Array;
  /** Cells of each row. */
  readonly widths: Uint16Array;
  /** As many as the widest row has; `null` for one that is empty. */
  readonly columns: readonly (PackedCells | null)[];
  /** Rows, from 0, with something after a closing quote: their cells are shown and not trusted. */
  readonly malformed: readonly number[];
}
