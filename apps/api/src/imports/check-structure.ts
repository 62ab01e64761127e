import { resolveHeader, type ContactColumns, type HeaderVerdict } from '@ponte/contacts';
import type { ImportRefusalCode, OwnColumn } from '@ponte/contracts';
import {
  CsvRefusal,
  guessDelimiter,
  isEscaped,
  readCsv,
  unescapeFormula,
  type CsvLimits,
  type CsvRow,
} from '@ponte/tabular';
import { RequestProblem } from '../platform/http/request-problem';

/** What a file turned out to be, once all of it was read. */
export interface FileStructure {
  header: string[];
  fields: ContactColumns;
  ignoredColumns: string[];
  rows: number;
  /**
   * Every name could have been written by our formula-safe writer, so that its apostrophes are undone. A name that begins with
   * a bare `=` shows that another program wrote the file: there an apostrophe is part of the name.
   */
  isEscaped: boolean;
}

type Columns = Omit<FileStructure, 'rows' | 'isEscaped'>;

/**
 * Reads a whole file and judges it as a file: encoding, quotes, columns, limits. Rows are counted and not judged. Throws
 * `RequestProblem` with an `import_…` code and the line as soon as the file shows itself unusable. The last columns are
 * the person's own when `own` describes them.
 */
export async function checkStructure(
  bytes: AsyncIterable<Uint8Array>,
  limits: CsvLimits,
  own: readonly OwnColumn[] = [],
): Promise<FileStructure> {
  let columns: Columns | null = null;
  let rows = 0;
  let isSafe = true;
  try {
    for await (const batch of readCsv(bytes, { limits })) {
      if (columns === null) columns = readHeader(batch[0], own);
      else {
        rows += batch.length;
        const { name } = columns.fields;
        isSafe &&= batch.every(({ cells }) => isEscaped(cells[name] ?? ''));
      }
    }
  } catch (error) {
    if (error instanceof CsvRefusal) throw fromCsvRefusal(error);
    throw error;
  }
  if (columns === null) throw new RequestProblem('import_empty_file');
  if (rows === 0) throw new RequestProblem('import_no_rows');
  return isSafe
    ? { ...unescapedTitles(columns), rows, isEscaped: true }
    : { ...columns, rows, isEscaped: false };
}

function unescapedTitles({ header, ignoredColumns, fields }: Columns): Columns {
  return { header: header.map(unescapeFormula), ignoredColumns: ignoredColumns.map(unescapeFormula), fields };
}

/** The API's refusal for what the CSV reader refused. */
export function fromCsvRefusal({ code, line, params }: CsvRefusal): RequestProblem {
  const refusal: ImportRefusalCode = `import_${code}`;
  return new RequestProblem(refusal, { line, params });
}

/** Name and phone number: no file has fewer columns of the contact. */
const FEWEST_CONTACT_COLUMNS = 2;

function readHeader(row: CsvRow | undefined, own: readonly OwnColumn[]): Columns {
  if (row === undefined) throw new RequestProblem('import_empty_file');
  const { line, cells } = row;
  if (row.isMalformed) throw new RequestProblem('import_malformed_csv', { line });
  const firstOwn = cells.length - own.length;
  if (own.length > 0 && firstOwn < FEWEST_CONTACT_COLUMNS) throw ownColumnsInvalid();
  // Judged without the person's own columns: those may have the contact's names too.
  const verdict = resolveHeader(cells.slice(0, firstOwn));
  if (!verdict.ok) throw headerRefusal(cells, line, verdict);
  const header = cells.map((cell) => cell.trim());
  const unusedOwn = header.filter((title, index) => own[index - firstOwn] === null && title !== '');
  return {
    header,
    // Own cells are no surplus: a row is too long only beyond them.
    fields: { ...verdict.columns, width: cells.length },
    ignoredColumns: [...verdict.ignored, ...unusedOwn],
  };
}

function headerRefusal(
  cells: readonly string[],
  line: number,
  verdict: Extract<HeaderVerdict, { ok: false }>,
): RequestProblem {
  const missing = [...verdict.missing];
  const delimiter = missing.length > 0 ? guessDelimiter(cells) : null;
  if (delimiter !== null)
    return new RequestProblem('import_wrong_delimiter', { line, params: { delimiter, columns: missing } });
  if (missing.length > 0)
    return new RequestProblem('import_missing_column', { line, params: { columns: missing } });
  return new RequestProblem('import_duplicate_column', {
    line,
    params: { columns: [...verdict.duplicated] },
  });
}

function ownColumnsInvalid(): RequestProblem {
  return new RequestProblem('request_invalid', {
    issues: [{ field: 'options.own_columns', code: 'invalid' }],
  });
}
