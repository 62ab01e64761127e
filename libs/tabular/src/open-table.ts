import type { ByteSource } from './byte-source';
import { detectContainer } from './detect-format';
import { openSheet } from './open-sheet';
import { openTextTable } from './open-text-table';
import { SNIFF_BYTES } from './sniff-bytes';
import type { OpenedTable, OpenTableOptions } from './table';
import { TableRefusal } from './table-refusal';
import { openWorkbook } from './xlsx/open-workbook';

/**
 * The one door for every file that people drop, and for cells that they paste: says how the content was understood
 * and gives its rows. What the file is, its content decides, not its name. Throws `TableRefusal` for what cannot be
 * read as a table, the signal's reason when aborted; errors of the source pass through.
 */
export async function openTable(source: ByteSource, options: OpenTableOptions): Promise<OpenedTable> {
  options.signal?.throwIfAborted();
  if (source.size === 0) throw new TableRefusal('empty_file');
  const head = await source.read(0, Math.min(source.size, SNIFF_BYTES));
  if (detectContainer(head) === 'text') return openTextTable(source, options);
  return openSheet(await openWorkbook(source, options), options);
}
