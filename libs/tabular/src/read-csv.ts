import { createUtf8Decoder } from './decode-utf8';
import type { CsvLimits, CsvRow } from './csv-row';
import { createCsvScanner } from './scan-csv';
import { refuseOtherFormats, SNIFF_BYTES } from './sniff-bytes';

const DEFAULT_BATCH_SIZE = 1000;

/** A file that comes as one chunk must not become one string and all its rows at once. */
const PIECE_BYTES = 64 * 1024;

/** How to read: limits always, the rest when it differs from a comma and batches of 1000 rows. */
export interface ReadCsvOptions {
  readonly limits: CsvLimits;
  /** Most rows in one batch. */
  readonly batchSize?: number;
  /** One character, ASCII. */
  readonly delimiter?: string;
  /** Aborting throws the signal's reason at the next chunk or batch. */
  readonly signal?: AbortSignal;
}

/**
 * Reads CSV bytes, cut anywhere, to batches of records. The first batch holds the header alone, so that a wrong
 * header is answered before the rest of the upload has come; then batches of at most `batchSize` records, in file
 * order. Records whose cells are all blank are skipped, but their lines count. RFC 4180 quotes; CR, LF, CRLF, mixed.
 *
 * Throws `CsvRefusal` as soon as the file shows itself unreadable, possibly after batches were given; errors of
 * `bytes` itself pass through. Memory: one chunk, one batch and one unfinished row, which the limits bound.
 */
export async function* readCsv(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadCsvOptions,
): AsyncGenerator<readonly CsvRow[]> {
  const { signal, batchSize = DEFAULT_BATCH_SIZE } = options;
  const scanner = createCsvScanner(options.delimiter ?? ',', options.limits);
  const decoder = createUtf8Decoder(scanner);
  let isHeaderGiven = false;

  function* takeBatches(isEnd: boolean): Generator<readonly CsvRow[]> {
    const { rows } = scanner;
    let from = 0;
    if (!isHeaderGiven && rows.length > 0) {
      isHeaderGiven = true;
      from = 1;
      yield rows.slice(0, 1);
    }
    for (; rows.length - from >= batchSize; from += batchSize) yield rows.slice(from, from + batchSize);
    if (isEnd && from < rows.length) yield rows.slice(from);
    if (from > 0) rows.splice(0, from);
  }

  for await (const chunk of sniffFirst(bytes)) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      signal?.throwIfAborted();
      decoder.push(chunk.subarray(at, at + PIECE_BYTES));
      yield* takeBatches(false);
    }
  }
  signal?.throwIfAborted();
  decoder.end();
  scanner.end();
  yield* takeBatches(true);
}

/** Holds the first chunks back until there are enough bytes to judge them, then passes everything on as it came. */
async function* sniffFirst(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const head = new Uint8Array(SNIFF_BYTES);
  let held: Uint8Array[] | null = [];
  let length = 0;
  for await (const chunk of bytes) {
    if (held === null) {
      yield chunk;
      continue;
    }
    if (chunk.length > 0) held.push(chunk);
    const taken = chunk.subarray(0, SNIFF_BYTES - length);
    head.set(taken, length);
    length += taken.length;
    if (length < SNIFF_BYTES) continue;
    refuseOtherFormats(head);
    yield* held;
    held = null;
  }
  if (held === null) return;
  refuseOtherFormats(head.subarray(0, length));
  yield* held;
}
