import { resolveHeader, type ContactColumns } from '@ponte/contacts';
import type { ImportRefusalCode } from '@ponte/contracts';
import { CsvRefusal, guessDelimiter, readCsv, type CsvLimits, type CsvRow } from '@ponte/tabular';
import { RequestProblem } from '../platform/http/request-problem';

/** What a file turned out to be, once all of it was read. */
export interface FileStructure {
  header: string[];
  fields: ContactColumns;
  ignoredColumns: string[];
  rows: number;
}

/**
 * Reads a whole file and judges it as a file: encoding, quotes, columns, limits. Rows are counted and not judged. Throws
 * `RequestProblem` with an `import_…` code and the line as soon as the file shows itself unusable.
 */
export async function checkStructure(
  bytes: AsyncIterable<Uint8Array>,
  limits: CsvLimits,
): Promise<FileStructure> {
  let columns: Omit<FileStructure, 'rows'> | null = null;
  let rows = 0;
  try {
    for await (const batch of readCsv(bytes, { limits })) {
      if (columns === null) columns = readHeader(batch[0]);
      else rows += batch.length;
    }
  } catch (error) {
    if (error instanceof CsvRefusal) throw fromCsvRefusal(error);
    throw error;
  }
  if (columns === null) throw new RequestProblem('import_empty_file');
  if (rows === 0) throw new RequestProblem('import_no_rows');
  return { ...columns, rows };
}

/** The API's refusal for what the CSV reader refused. */
export function fromCsvRefusal({ code, line, params }: CsvRefusal): RequestProblem {
  const refusal: ImportRefusalCode = `import_${code}`;
  return new RequestProblem(refusal, { line, params });
}

function readHeader(row: CsvRow | undefined): Omit<FileStructure, 'rows'> {
  if (row === undefined) throw new RequestProblem('import_empty_file');
  const { line, cells } = row;
  if (row.isMalformed) throw new RequestProblem('import_malformed_csv', { line });
  const verdict = resolveHeader(cells);
  if (verdict.ok) {
    const header = cells.map((cell) => cell.trim());
    return { header, fields: verdict.columns, ignoredColumns: [...verdict.ignored] };
  }
  const missing = [...verdict.missing];
  const delimiter = missing.length > 0 ? guessDelimiter(cells) : null;
  if (delimiter !== null)
    throw new RequestProblem('import_wrong_delimiter', { line, params: { delimiter, columns: missing } });
  if (missing.length > 0)
    throw new RequestProblem('import_missing_column', { line, params: { columns: missing } });
  throw new RequestProblem('import_duplicate_column', { line, params: { columns: [...verdict.duplicated] } });
}
