import { readSource, type ByteSource } from '../byte-source';
import type { CsvLimits } from '../csv-row';
import { createPieceDecoder, type PieceDecoder } from '../decode-text';
import { createStartRemover, withoutSubstitute } from '../read-text';
import type { CsvScanner } from '../scan-csv';
import type { Encoding, TableRow } from '../table';
import { TableRefusal } from '../table-refusal';
import type { CellBatch } from './cell-batch';
import { viewBytes } from './column-packer';
import type { CharacterCopier } from './copy-character';
import { PlainRowPacker } from './plain-row-packer';
import { RowPacker } from './row-packer';

const LF = 0x0a;

/** Most bytes that the scanner gets at once where nothing is plain. */
const MOST_SCANNED = 64 * 1024;

/** After so many plain rows the next one that is not plain is taken for a single one. */
const PLAIN_RUN = 16;

export interface ReadPackedOptions {
  readonly encoding: Encoding;
  readonly characters: CharacterCopier;
  /** The code of a character; of one that no text has where there is but one column. */
  readonly delimiter: number;
  /** Reads what is not plain, and knows no limit of rows. */
  readonly scanner: CsvScanner<TableRow>;
  /** Rows up to this line are left out. */
  readonly headerLine: number;
  readonly limits: CsvLimits;
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number) => void;
}

/**
 * The data rows of a text below its header, as packed columns. Plain rows go there from the bytes; lines with anything
 * unusual are decoded for the scanner, which says what rows they are. Throws what the scanner throws, and `TableRefusal`
 * (`too_many_rows`).
 */
export async function* readPacked(source: ByteSource, options: ReadPackedOptions): AsyncGenerator<CellBatch> {
  const { encoding, signal, onProgress } = options;
  const text = await withoutSubstitute(source, encoding);
  const reader = new PackedReader(options, createPieceDecoder(encoding));
  let done = 0;
  for await (const piece of readSource(text, signal)) {
    yield* reader.push(piece);
    done += piece.length;
    onProgress?.(done / source.size);
  }
  yield* reader.end();
}

class PackedReader {
  private readonly rows = new RowPacker();
  private readonly plain: PlainRowPacker;
  private readonly start = createStartRemover();
  /** Rows of the batches that were given. */
  private given = 0;
  /** How much the scanner gets, at least to the end of a line. */
  private scanned = 1;
  private plainRows = 0;
  /** Whether a row begins at the next byte, and the decoder holds nothing back. */
  private isAtRow = false;

  constructor(
    private readonly options: ReadPackedOptions,
    private readonly decoder: PieceDecoder,
  ) {
    const { delimiter, characters, limits } = options;
    this.plain = new PlainRowPacker(this.rows, delimiter, characters, limits.maxCellBytes / 3);
  }

  *push(piece: Uint8Array): Generator<CellBatch> {
    const memory = viewBytes(piece);
    for (let at = 0; at < piece.length;) {
      const next = this.isAtRow ? this.plain.take(memory, at) : at;
      if (next > at) this.plainRows++;
      at = next > at ? next : this.scan(piece, at);
      if (this.rows.batches.length > 0) yield* this.takeBatches();
    }
  }

  *end(): Generator<CellBatch> {
    const { scanner } = this.options;
    scanner.push(this.start.end(this.decoder.end()));
    scanner.end();
    this.addScanned();
    this.rows.close();
    yield* this.takeBatches();
  }

  /** Gives some lines to the scanner; where the last of them ends. */
  private scan(piece: Uint8Array, from: number): number {
    const { scanner, headerLine } = this.options;
    this.scanned = this.plainRows < PLAIN_RUN ? Math.min(this.scanned * 2, MOST_SCANNED) : 1;
    scanner.skip(this.plain.line - scanner.line(), this.plainRows);
    this.plainRows = 0;
    const feed = piece.indexOf(LF, from + this.scanned - 1);
    const to = feed < 0 ? piece.length : feed + 1;
    const text = this.start.push(this.decoder.push(piece.subarray(from, to)));
    scanner.push(text);
    this.addScanned();
    this.plain.line = scanner.line();
    this.isAtRow =
      feed >= 0 &&
      this.start.isDone() &&
      scanner.isAtRow() &&
      scanner.line() > headerLine &&
      this.plain.width > 0;
    return to;
  }

  private addScanned(): void {
    const { scanner, headerLine } = this.options;
    for (const row of scanner.rows) {
      this.plain.width = row.cells.length;
      this.rows.widen(row.cells.length);
      if (row.line > headerLine) this.rows.add(row);
    }
    scanner.rows.length = 0;
  }

  private *takeBatches(): Generator<CellBatch> {
    const { batches } = this.rows;
    const { maxRows } = this.options.limits;
    for (const batch of batches) {
      const tooMany = batch.lines[maxRows - this.given];
      if (tooMany !== undefined)
        throw new TableRefusal('too_many_rows', { line: tooMany, params: { limit: maxRows } });
      this.given += batch.lines.length;
      yield batch;
    }
    batches.length = 0;
  }
}
