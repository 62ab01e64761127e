import { checkRow, resolveHeader, type Contact, type ContactColumns } from '@ponte/contacts';
import { readCsv } from '@ponte/tabular';
import { createReadStream } from 'node:fs';

const LIMITS = { maxRows: 1_048_576, maxColumns: 16_384, maxCellBytes: 1024 * 1024 };

/** The file through our own reader and rules: for peers whose writing alone is compared. */
export async function* checkedRows(file: string): AsyncGenerator<Contact | 'rejected'> {
  let columns: ContactColumns | null = null;
  for await (const rows of readCsv(createReadStream(file), { limits: LIMITS })) {
    for (const { cells, isMalformed } of rows) {
      if (columns === null) {
        const header = resolveHeader(cells);
        if (!header.ok) throw new Error('The file has no header.');
        columns = header.columns;
        continue;
      }
      const verdict = isMalformed ? null : checkRow(cells, columns);
      yield verdict?.ok === true ? verdict.contact : 'rejected';
    }
  }
}

/** Contacts in chunks. A number that comes twice in a chunk would end the statement: its last row is taken. */
export async function* chunksOf(
  rows: AsyncIterable<Contact | 'rejected'>,
  size: number,
  reject: () => void,
): AsyncGenerator<Contact[]> {
  let chunk = new Map<string, Contact>();
  for await (const row of rows) {
    if (row === 'rejected') {
      reject();
      continue;
    }
    chunk.set(row.phone_number, row);
    if (chunk.size < size) continue;
    yield [...chunk.values()];
    chunk = new Map();
  }
  yield [...chunk.values()];
}
