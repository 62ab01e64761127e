import {
  checkRow,
  contactKey,
  isSameName,
  rejectRow,
  resolveHeader,
  type Contact,
  type ContactColumns,
} from '@ponte/contacts';
import {
  CsvRefusal,
  guessDelimiter,
  isEscaped,
  readCsv,
  unescapeFormula,
  type CsvLimits,
  type CsvRow,
} from '@ponte/tabular';
import type { ImportOutcome } from './compare-outcome';

/** What became of an import into an account held in memory; counted row by row. */
export type MemoryImport =
  | (Extract<ImportOutcome, { outcome: 'processed' }> & {
      readonly created: number;
      readonly updated: number;
      readonly unchanged: number;
    })
  | Extract<ImportOutcome, { outcome: 'refused' }>;

/** Limits that no ordinary test file meets. */
export const TEST_LIMITS: CsvLimits = { maxRows: 2_000_000, maxColumns: 16_384, maxCellBytes: 1024 * 1024 };

/**
 * The import in its shortest form: the libraries and a Map. It says what the real one must give, and shows how the
 * pieces are meant to be put together. `account` holds contacts by phone and is changed.
 */
export async function importInMemory(
  bytes: AsyncIterable<Uint8Array>,
  account: Map<string, Contact> = new Map(),
): Promise<MemoryImport> {
  const counts = { created: 0, updated: 0, unchanged: 0 };
  const rejected: { row: number; line: number; codes: string[] }[] = [];
  let columns: ContactColumns | null = null;
  const rows: CsvRow[] = [];
  try {
    for await (const batch of readCsv(bytes, { limits: TEST_LIMITS })) {
      for (const row of batch) {
        if (columns === null) {
          const header = resolveHeader(row.cells);
          if (!header.ok) return refuseHeader(row, header.missing, header.duplicated);
          columns = header.columns;
        } else rows.push(row);
      }
    }
  } catch (error) {
    if (!(error instanceof CsvRefusal)) throw error;
    return { outcome: 'refused', reasons: [error.code], line: error.line };
  }
  if (columns === null || rows.length === 0) return { outcome: 'refused', reasons: ['no_rows'] };
  const { name } = columns;
  const isSafe = rows.every(({ cells }) => isEscaped(cells[name] ?? ''));
  for (const [index, row] of rows.entries()) {
    const cells = isSafe ? row.cells.map(unescapeFormula) : row.cells;
    const verdict = row.isMalformed ? rejectRow('malformed_row') : checkRow(cells, columns);
    if (verdict.ok) counts[store(account, verdict.contact)]++;
    else rejected.push({ row: index + 1, line: row.line, codes: verdict.issues.map(({ code }) => code) });
  }
  const total = rows.length;
  const accepted = total - rejected.length;
  return { outcome: 'processed', total, accepted, ...counts, rejected, contacts: [...account.values()] };
}

/** The last row wins; an empty e-mail keeps the old one; our own escaping apostrophe renames nobody. */
function store(account: Map<string, Contact>, contact: Contact): 'created' | 'updated' | 'unchanged' {
  const key = contactKey(contact);
  const before = account.get(key);
  if (!before) {
    account.set(key, contact);
    return 'created';
  }
  const name = isSameName(before.name, contact.name) ? before.name : contact.name;
  const email = contact.email ?? before.email;
  if (name === before.name && email === before.email) return 'unchanged';
  account.set(key, { ...contact, name, email });
  return 'updated';
}

function refuseHeader(row: CsvRow, missing: readonly string[], duplicated: readonly string[]): MemoryImport {
  const delimiter = missing.length > 0 ? guessDelimiter(row.cells) : null;
  return {
    outcome: 'refused',
    line: row.line,
    reasons: [
      ...(delimiter === null ? [] : ['wrong_delimiter']),
      ...missing.map((field) => `missing_column:${field}`),
      ...duplicated.map((field) => `duplicate_column:${field}`),
    ],
  };
}

/** Bytes in chunks of a given size, as an upload would bring them. */
export async function* inChunks(
  bytes: Uint8Array,
  size: number = bytes.length || 1,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
