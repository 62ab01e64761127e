import exceljs from 'exceljs';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sampleRows } from './sample-rows';

const TITLES = ['Nome', 'Telefone', 'E-mail'];
const BATCH = 2_000;

/** The CSV that Excel in Portuguese writes: Windows-1252, semicolons, CRLF; with a fourth column where there is a `note`. */
export async function writeCsvFile(path: string, rows: number, note?: string): Promise<void> {
  const [title, rest] = note === undefined ? ['', ''] : [';Observações', `;${note}`];
  const quote = (cell: string) => (/[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  async function* lines(): AsyncGenerator<Buffer> {
    let text = `${TITLES.join(';')}${title}\r\n`;
    let count = 0;
    for await (const { cells } of sampleRows(rows)) {
      text += `${cells.map(quote).join(';')}${rest}\r\n`;
      if (++count % BATCH > 0) continue;
      // No letter is beyond 0xFF or between 0x80 and 0x9F, where Latin-1 and Windows-1252 are the same.
      yield Buffer.from(text, 'latin1');
      text = '';
    }
    yield Buffer.from(text, 'latin1');
  }
  await pipeline(Readable.from(lines()), createWriteStream(path));
}

/** The same rows as a workbook with shared strings, as Excel writes it, and bare digits as numbers. */
export async function writeXlsxFile(path: string, rows: number): Promise<void> {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true });
  const sheet = workbook.addWorksheet('Clientes');
  sheet.addRow(TITLES).commit();
  let count = 0;
  for await (const { cells } of sampleRows(rows)) {
    const [name, phone, email] = cells;
    sheet.addRow([name, /^\d+$/.test(phone) ? Number(phone) : phone, email === '' ? null : email]).commit();
    // The writer's streams need a turn of the event loop to get rid of what they hold.
    if (++count % BATCH === 0) await new Promise((done) => setImmediate(done));
  }
  sheet.commit();
  await workbook.commit();
}
