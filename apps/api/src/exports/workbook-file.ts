import { SHEET_CONTACTS } from '@ponte/contracts';
import type { CsvCells } from '@ponte/tabular';
import type { Worksheet } from 'exceljs';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';

/** In characters, as spreadsheets count. */
const WIDTHS: Readonly<Record<string, number>> = { name: 36, phone_number: 22, email: 36, id: 12 };
const DATE_WIDTH = 26;

/** About what the packer takes at once: so it works on one piece while the next is made, and none pile up. */
const ROWS_AT_ONCE = 250;

export interface WorkbookOptions {
  readonly columns: readonly string[];
  /** Of the sheet; further sheets get a number behind it. */
  readonly title: string;
  /** Rows of a sheet without its header. */
  readonly sheetRows?: number;
}

/**
 * Batches of rows to the bytes of an XLSX file. Every cell is a text, whatever it looks like, so that nothing is calculated
 * and every value comes back as it was. Rows that do not fit on a sheet are on the next, with a header of its own.
 */
export async function* workbookFile(
  batches: AsyncIterable<readonly CsvCells[]>,
  options: WorkbookOptions,
): AsyncGenerator<Uint8Array> {
  const file = new PassThrough();
  const ended = writeWorkbook(file, batches, options).catch((error: Error) => void file.destroy(error));
  yield* file as AsyncIterable<Uint8Array>;
  await ended;
}

async function writeWorkbook(
  file: PassThrough,
  batches: AsyncIterable<readonly CsvCells[]>,
  { columns, title, sheetRows = SHEET_CONTACTS }: WorkbookOptions,
): Promise<void> {
  // Loaded when somebody asks for it: a tenth of a second and 20 MB that most processes never need.
  const { default: exceljs } = await import('exceljs');
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream: file, useSharedStrings: false });
  const newSheet = (number: number): Worksheet => {
    const name = number === 1 ? title : `${title} ${number}`;
    const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = columns.map((header) => ({ header, width: WIDTHS[header] ?? DATE_WIDTH }));
    return sheet;
  };
  let sheets = 1;
  let sheet = newSheet(sheets);
  let used = 0;
  for await (const batch of batches) {
    for (let at = 0; at < batch.length;) {
      if (used === sheetRows) {
        sheet.commit();
        sheet = newSheet((sheets += 1));
        used = 0;
      }
      const rows = batch.slice(at, at + Math.min(ROWS_AT_ONCE, sheetRows - used));
      for (const cells of rows) sheet.addRow(cells.map(cellText)).commit();
      at += rows.length;
      used += rows.length;
      await taken(file);
    }
  }
  await workbook.commit();
}

/** Until whoever takes the file wants more of it. Rejects when nobody does any longer. */
async function taken(file: PassThrough): Promise<void> {
  await turn();
  if (file.writableNeedDrain) await Promise.race([once(file, 'drain'), once(file, 'close')]);
  if (file.destroyed) throw new Error('Nobody takes the workbook any more.');
}

/** What XML cannot hold or would change, and underscores that look like the beginning of an escape. */
// eslint-disable-next-line no-control-regex -- finding control characters is what it is for
const SPECIAL = /[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]|_(?=x[\da-f]{4}_)/gi;

/** Workbooks have an escape of their own for such characters: `_x000D_`. */
function cellText(cell: string | null): string | null {
  return (
    cell?.replace(
      SPECIAL,
      (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    ) ?? null
  );
}
