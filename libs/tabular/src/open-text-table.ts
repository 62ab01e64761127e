import type { ByteSource } from './byte-source';
import { CsvRefusal } from './csv-refusal';
import type { CsvLimits } from './csv-row';
import { createPieceDecoder } from './decode-text';
import { detectDelimiter } from './detect-delimiter';
import { detectEncoding, knownEncoding, type FoundEncoding } from './detect-encoding';
import { refuseOtherTexts } from './detect-format';
import { findSeparatorLine, readText, removeStart } from './read-text';
import { createCharacterCopier } from './packed/copy-character';
import { readPacked } from './packed/read-packed';
import { createRowScanner, type CsvScanner } from './scan-csv';
import {
  DELIMITERS,
  type Delimiter,
  type Encoding,
  type OpenedTable,
  type OpenTableOptions,
  type TableRow,
} from './table';
import { TableRefusal } from './table-refusal';
import { EncodingMistaken, guessEncoding, watchEncoding } from './watch-encoding';
import { dataRows, sampleRows, understandRows, type ReadRows } from './table-rows';

/** How much of the beginning tells the delimiter and whether this is a table at all. */
const START_BYTES = 256 * 1024;

/** A one-column file is scanned for a delimiter that no text has: this is no character and never will be. */
const NO_DELIMITER = '\uffff';

/**
 * A text file (or pasted cells) as a table: finds encoding, delimiter and header, or takes what was chosen. Throws
 * `TableRefusal`. The source is read once for the encoding unless it shows at once, was chosen or may be guessed, its
 * beginning a few times, and all of it once more by `rows`.
 */
export async function openTextTable(source: ByteSource, options: OpenTableOptions): Promise<OpenedTable> {
  const known = options.choice?.encoding ?? (await knownEncoding(source));
  const isGuessed = known === null && options.encodingFrom === 'start' && source.size > START_BYTES;
  if (!isGuessed) return openEncoded(source, known ?? (await detectEncoding(source, options)), options);
  const guess = await guessEncoding(source, START_BYTES);
  const isMistaken = async (error: unknown): Promise<boolean> =>
    error instanceof EncodingMistaken ||
    (error instanceof TableRefusal && (await detectEncoding(source, options)) !== guess);
  try {
    const table = await openEncoded(watchEncoding(source, guess), guess, options);
    const { rows, packed } = table;
    return {
      ...table,
      rows: () => readGuess(rows(), isMistaken),
      ...(packed && { packed: () => readGuess(packed(), isMistaken) }),
    };
  } catch (error) {
    if (await isMistaken(error)) return openEncoded(source, await detectEncoding(source, options), options);
    throw error;
  }
}

/** What was refused may have been read in the wrong way. */
async function* readGuess<Batch>(
  batches: AsyncGenerator<Batch>,
  isMistaken: (error: unknown) => Promise<boolean>,
): AsyncGenerator<Batch> {
  try {
    yield* batches;
  } catch (error) {
    throw (await isMistaken(error)) ? new EncodingMistaken() : error;
  }
}

async function openEncoded(
  source: ByteSource,
  found: FoundEncoding,
  options: OpenTableOptions,
): Promise<OpenedTable> {
  const { limits, choice = {} } = options;
  const readable: Encoding = found === 'ascii' ? 'utf-8' : found;
  const start = await readStart(source, readable);
  refuseOtherTexts(start, source.size <= START_BYTES);
  const delimiter = choice.delimiter ?? chooseDelimiter(start, limits);
  const encoding = found === 'ascii' ? usualEncoding(delimiter) : found;

  const read: ReadRows = () => refuseAsTable(scanRows(source, encoding, delimiter, options));
  const sample = await sampleRows(read, choice.headerLine);
  const { headerLine, header, top, hasData } = understandRows(sample, choice.headerLine);
  if (sample.isWhole && !hasData) throw new TableRefusal('no_rows');
  const characters = createCharacterCopier(encoding);
  return {
    detection: { format: 'csv', encoding, delimiter, sheets: [], sheet: null, headerLine },
    header,
    top,
    rows: () => dataRows(read, headerLine, limits),
    ...(characters && {
      packed: () =>
        refuseAsTable(
          readPacked(source, {
            encoding,
            characters,
            delimiter: (delimiter ?? NO_DELIMITER).charCodeAt(0),
            scanner: createTableScanner(delimiter, limits),
            headerLine,
            limits,
            ...(options.signal && { signal: options.signal }),
            ...(options.onProgress && { onProgress: options.onProgress }),
          }),
        ),
    }),
  };
}

async function readStart(source: ByteSource, encoding: Encoding): Promise<string> {
  const decoder = createPieceDecoder(encoding);
  const head = await source.read(0, Math.min(source.size, START_BYTES));
  return decoder.push(head) + (source.size <= START_BYTES ? decoder.end() : '');
}

function chooseDelimiter(start: string, limits: CsvLimits): Delimiter | null {
  const named = findSeparatorLine(start);
  return DELIMITERS.find((known) => known === named) ?? detectDelimiter(removeStart(start), limits);
}

/**
 * ASCII is the same in UTF-8 and in Windows-1252, so the name is only what people expect to read: Excel in Portuguese
 * writes semicolons and Windows-1252, whoever writes commas or tabs writes UTF-8.
 */
function usualEncoding(delimiter: Delimiter | null): Encoding {
  return delimiter === ';' ? 'windows-1252' : 'utf-8';
}

/** All rows that are not blank, from the top, as the scanner gives them. The limit of rows is the caller's. */
async function* scanRows(
  source: ByteSource,
  encoding: Encoding,
  delimiter: Delimiter | null,
  { limits, signal, onProgress }: OpenTableOptions,
): AsyncGenerator<readonly TableRow[]> {
  const scanner = createTableScanner(delimiter, limits);
  const take = () => scanner.rows.splice(0);
  for await (const text of readText(source, {
    encoding,
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  })) {
    scanner.push(text);
    if (scanner.rows.length > 0) yield take();
  }
  scanner.end();
  if (scanner.rows.length > 0) yield take();
}

function createTableScanner(delimiter: Delimiter | null, limits: CsvLimits): CsvScanner<TableRow> {
  return createRowScanner(delimiter ?? NO_DELIMITER, { ...limits, maxRows: Infinity }, makeTableRow);
}

/** What the scanner refuses is a table here. */
async function* refuseAsTable<Batch>(batches: AsyncGenerator<Batch>): AsyncGenerator<Batch> {
  try {
    yield* batches;
  } catch (error) {
    throw error instanceof CsvRefusal ? asTableRefusal(error) : error;
  }
}

const makeTableRow = (line: number, cells: readonly string[], isMalformed: boolean): TableRow => ({
  line,
  cells,
  isMalformed,
  isHidden: false,
});

function asTableRefusal({ code, line, params }: CsvRefusal): TableRefusal {
  // The scanner knows nothing of formats and encodings, so these two never come from it.
  const known = code === 'not_utf8' || code === 'not_csv' ? 'malformed_csv' : code;
  return new TableRefusal(known, { ...(line !== undefined && { line }), ...(params && { params }) });
}
